//! The errors of this service. Its statuses, codes and wording are here and in [`CommonError`].

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use commerce::{cart, content::ContentError, money::Money, orders::PlaceError};
use problem::{FieldError, Problem, Words};
use relying_party::Refusal;
use serde_json::json;
use service::CommonError;
use web::json::BadBody;

/// Why a request fails.
#[derive(Debug, Clone)]
pub enum Error {
    /// An error that both services have.
    Common(CommonError),
    /// A parameter of the query or the form is wrong.
    BadParameter(&'static str),
    /// The body is invalid.
    BadBody(BadBody),
    /// Fields of a well-formed body are wrong.
    Fields(Vec<FieldError>),
    /// `Idempotency-Key` is missing or malformed.
    IdempotencyKey(&'static str),
    /// The key was used with another body.
    KeyReused,
    /// A request with this key is under way.
    InFlight,
    /// The total has changed; the value is the current one.
    TotalChanged(Money),
    /// The stock is less than the ordered quantity.
    OutOfStock {
        /// The product's name for people.
        name: String,
        /// The stock.
        stock: i64,
    },
    /// A product is not on sale.
    NotOnSale,
    /// The cart or the order is empty.
    Empty,
    /// More than a cart or an order may contain.
    TooMuch,
    /// Products with two currencies in one order.
    MixedCurrencies,
}

impl Error {
    /// The answer for programs, which also has the words of its page.
    pub fn problem(&self) -> Problem {
        if let Self::Common(error) = self {
            return error.problem();
        }
        let (status, code, title) = self.kind();
        let mut problem = Problem::new(status, code, title).detail(self.detail());
        problem.words = self.words();
        match self {
            Self::Fields(errors) => Problem { errors: errors.clone(), ..problem },
            Self::TotalChanged(total) => problem.member("total", json!(total)),
            _ => problem,
        }
    }

    /// Status, code, and a title that is the same for every error with this code.
    fn kind(&self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::Common(error) => {
                let problem = error.problem();
                (problem.status, problem.code, problem.title)
            }
            Self::BadParameter(_) => (S::BAD_REQUEST, "invalid_request", "Bad request"),
            Self::BadBody(body) => (body.status, "invalid_request", "Bad request"),
            Self::Fields(_) => (S::UNPROCESSABLE_ENTITY, "invalid_fields", "Please check the fields"),
            Self::IdempotencyKey(_) => {
                (S::BAD_REQUEST, "idempotency_key_required", "Idempotency-Key required")
            }
            Self::KeyReused => {
                (S::UNPROCESSABLE_ENTITY, "idempotency_key_reused", "Idempotency-Key used before")
            }
            Self::InFlight => (S::CONFLICT, "request_in_flight", "Request under way"),
            Self::TotalChanged(_) => (S::CONFLICT, "total_changed", "The total has changed"),
            Self::OutOfStock { .. } => (S::CONFLICT, "out_of_stock", "Not enough in stock"),
            Self::NotOnSale => (S::UNPROCESSABLE_ENTITY, "not_on_sale", "No longer on sale"),
            Self::Empty => (S::UNPROCESSABLE_ENTITY, "nothing_to_order", "Nothing to order"),
            Self::TooMuch => (S::UNPROCESSABLE_ENTITY, "too_much", "Too much for one order"),
            Self::MixedCurrencies => (S::UNPROCESSABLE_ENTITY, "mixed_currencies", "Different currencies"),
        }
    }

    /// One sentence for the developer.
    fn detail(&self) -> String {
        match self {
            Self::Common(error) => error.problem().detail.unwrap_or_default(),
            Self::BadParameter(name) => format!("The parameter {name} is missing, repeated or malformed."),
            Self::BadBody(body) => body.detail.clone(),
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
        }
    }

    /// The words of the error's page, where those of the status are too general.
    fn words(&self) -> Option<Words> {
        let (_, _, title) = self.kind();
        let (heading, sentence) = match self {
            Self::TotalChanged(_) => (title, format!("{} Look it over and order again.", self.detail())),
            Self::OutOfStock { .. } => {
                (title, format!("{} Change your cart to order the rest.", self.detail()))
            }
            Self::NotOnSale => (title, format!("{} Take it out to order the rest.", self.detail())),
            Self::TooMuch | Self::MixedCurrencies => (title, self.detail()),
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
            _ => return None,
        };
        Some(Words::new(heading, sentence))
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::Common(error) => error.into_response(),
            other => other.problem().into_response(),
        }
    }
}

impl From<CommonError> for Error {
    fn from(error: CommonError) -> Self {
        Self::Common(error)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Common(refusal.into())
    }
}

impl From<database::Error> for Error {
    fn from(error: database::Error) -> Self {
        Self::Common(error.into())
    }
}

impl From<BadBody> for Error {
    fn from(body: BadBody) -> Self {
        Self::BadBody(body)
    }
}

impl From<ContentError> for Error {
    fn from(error: ContentError) -> Self {
        Self::Common(error.into())
    }
}

impl From<PlaceError> for Error {
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
