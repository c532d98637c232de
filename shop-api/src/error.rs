//! Every way to say no: the only place of this crate that knows status codes, stable words and wording.

use axum::{
    http::{HeaderValue, StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use commerce::{cart, money::Money, orders::PlaceError};
use problem::{FieldError, Problem, Words};
use relying_party::{Reason, Refusal};
use serde_json::json;

/// Why a request is refused.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The guard says no.
    Guard(Box<Refusal>),
    /// There is nothing here, or nothing of this customer's.
    NotFound,
    /// Not with this method.
    MethodNotAllowed,
    /// A parameter of the query or the form is wrong.
    BadParameter(&'static str),
    /// The body is not what it should be: 400, 413, 415 or 422.
    BadBody {
        /// Which of them.
        status: StatusCode,
        /// What is wrong.
        detail: String,
    },
    /// Fields of a well-formed body are wrong.
    Fields(Vec<FieldError>),
    /// `Idempotency-Key` is missing or malformed.
    IdempotencyKey(&'static str),
    /// The key was used with another body.
    KeyReused,
    /// A request with this key is under way.
    InFlight,
    /// The total is another one now.
    TotalChanged(Money),
    /// Fewer than wanted.
    OutOfStock {
        /// For people.
        name: String,
        /// How many there are.
        stock: i64,
    },
    /// Not on sale.
    NotOnSale,
    /// The cart is empty, or the order would be.
    Empty,
    /// More than a cart or an order holds.
    TooMuch,
    /// Two currencies in one order.
    MixedCurrencies,
    /// The database can't be used now; nothing happened.
    Unavailable,
    /// A defect, already logged.
    Internal,
}

impl Fault {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Guard(refusal) => refusal.status(),
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BadParameter(_) | Self::IdempotencyKey(_) => StatusCode::BAD_REQUEST,
            Self::BadBody { status, .. } => *status,
            Self::Fields(_)
            | Self::KeyReused
            | Self::NotOnSale
            | Self::Empty
            | Self::TooMuch
            | Self::MixedCurrencies => StatusCode::UNPROCESSABLE_ENTITY,
            Self::InFlight | Self::TotalChanged(_) | Self::OutOfStock { .. } => StatusCode::CONFLICT,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable word for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Guard(refusal) => refusal.code(),
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::BadParameter(_) | Self::BadBody { .. } => "invalid_request",
            Self::Fields(_) => "invalid_fields",
            Self::IdempotencyKey(_) => "idempotency_key_required",
            Self::KeyReused => "idempotency_key_reused",
            Self::InFlight => "request_in_flight",
            Self::TotalChanged(_) => "total_changed",
            Self::OutOfStock { .. } => "out_of_stock",
            Self::NotOnSale => "not_on_sale",
            Self::Empty => "nothing_to_order",
            Self::TooMuch => "too_much",
            Self::MixedCurrencies => "mixed_currencies",
            Self::Unavailable => "temporarily_unavailable",
            Self::Internal => "server_error",
        }
    }

    /// A short heading, the same for every fault with this code.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Guard(refusal) => refusal.title(),
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::BadParameter(_) | Self::BadBody { .. } => "Bad request",
            Self::Fields(_) => "Please check the fields",
            Self::IdempotencyKey(_) => "Idempotency-Key required",
            Self::KeyReused => "Idempotency-Key used before",
            Self::InFlight => "Request under way",
            Self::TotalChanged(_) => "The total has changed",
            Self::OutOfStock { .. } => "Not enough in stock",
            Self::NotOnSale => "No longer on sale",
            Self::Empty => "Nothing to order",
            Self::TooMuch => "Too much for one order",
            Self::MixedCurrencies => "Different currencies",
            Self::Unavailable => "Temporarily unavailable",
            Self::Internal => "Internal error",
        }
    }

    /// What a page says of it.
    pub fn words(&self) -> Words {
        let (heading, sentence) = match self {
            Self::Guard(refusal) => return refusal.words(),
            Self::TotalChanged(_) => {
                (self.title(), format!("{} Look it over and order again.", self.detail()))
            }
            Self::OutOfStock { .. } => {
                (self.title(), format!("{} Change your cart to order the rest.", self.detail()))
            }
            Self::NotOnSale => (self.title(), format!("{} Take it out to order the rest.", self.detail())),
            Self::TooMuch | Self::MixedCurrencies => (self.title(), self.detail()),
            Self::Empty => ("Your cart is empty", "Choose something first, then order it.".into()),
            Self::InFlight => (
                "One moment, please",
                "Your order is being placed. You find it in a moment below \u{201c}My orders\u{201d}.".into(),
            ),
            Self::KeyReused => (
                "Your cart has changed",
                "It is not what this page showed any more. Look it over and order again.".into(),
            ),
            Self::BadParameter("quantity") => (
                "Please check the quantity",
                format!("Choose a whole number from 1 to {}. Nothing was changed.", cart::MAX_QUANTITY),
            ),
            _ => return Words::of(self.status()),
        };
        Words::new(heading, sentence)
    }

    /// One sentence for the developer.
    pub fn detail(&self) -> String {
        match self {
            Self::Guard(refusal) => refusal.detail(),
            Self::NotFound => "There is nothing at this address.".into(),
            Self::MethodNotAllowed => "This address does not take this method.".into(),
            Self::BadParameter(name) => format!("The parameter {name} is missing, repeated or malformed."),
            Self::BadBody { detail, .. } => detail.clone(),
            Self::Fields(_) => "Some fields of the body are wrong.".into(),
            Self::IdempotencyKey(detail) => (*detail).into(),
            Self::KeyReused => {
                "This Idempotency-Key was used with another body. Use a new key for a new order.".into()
            }
            Self::InFlight => {
                "A request with this Idempotency-Key is under way. Try again in a moment.".into()
            }
            Self::TotalChanged(total) => format!("Prices have changed. The total is {total} now."),
            Self::OutOfStock { name, stock: 0 } => format!("{name} is sold out."),
            Self::OutOfStock { name, stock } => format!("{name}: only {stock} left."),
            Self::NotOnSale => "One of the products is not on sale any more.".into(),
            Self::Empty => "There is nothing to order.".into(),
            Self::TooMuch => format!(
                "An order has at most {} different products and {} of each.",
                cart::MAX_LINES,
                cart::MAX_QUANTITY
            ),
            Self::MixedCurrencies => "Products in different currencies can't be in one order.".into(),
            Self::Unavailable => "The shop can't do this at the moment. Try again shortly.".into(),
            Self::Internal => "Something went wrong on our side.".into(),
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        match refusal.reason() {
            Reason::Internal => Self::Internal,
            _ => Self::Guard(Box::new(refusal)),
        }
    }
}

impl From<database::Error> for Fault {
    /// An outage or a collision is told as such, so that clients try again; anything else is a defect of ours.
    fn from(error: database::Error) -> Self {
        match error {
            database::Error::Unavailable(_) | database::Error::Retry(_) => {
                tracing::warn!(%error, "the database is unavailable");
                Self::Unavailable
            }
            _ => {
                tracing::error!(?error, "a statement failed");
                Self::Internal
            }
        }
    }
}

impl From<commerce::content::ContentError> for Fault {
    fn from(error: commerce::content::ContentError) -> Self {
        match error {
            commerce::content::ContentError::Database(error) => error.into(),
            _ => Self::NotFound,
        }
    }
}

impl From<PlaceError> for Fault {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::KeyReused => Self::KeyReused,
            PlaceError::InFlight => Self::InFlight,
            PlaceError::Empty => Self::Empty,
            PlaceError::TooMuch => Self::TooMuch,
            PlaceError::NotOnSale { .. } => Self::NotOnSale,
            PlaceError::OutOfStock { name, stock, .. } => Self::OutOfStock { name, stock },
            PlaceError::TotalChanged { total } => Self::TotalChanged(total),
            PlaceError::MixedCurrencies => Self::MixedCurrencies,
            PlaceError::Database(error) => error.into(),
        }
    }
}

impl IntoResponse for Fault {
    /// For programs: problem+json, with the guard's challenge where there is one.
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = match self {
            Self::Guard(refusal) => refusal.into_response(),
            fault => {
                let mut problem = Problem::new(status, fault.code(), fault.title())
                    .detail(fault.detail())
                    .words(fault.words());
                match fault {
                    Self::Fields(errors) => problem.errors = errors,
                    Self::TotalChanged(total) => problem = problem.member("total", json!(total)),
                    _ => {}
                }
                problem.into_response()
            }
        };
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}
