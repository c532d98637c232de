//! The errors of this service. Its statuses, codes and wording are here and in [`CommonError`].

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use commerce::{cart, content::ContentError, money::Money, orders::PlaceError};
use language::{Message, Words};
use problem::{FieldError, Problem};
use relying_party::Refusal;
use serde_json::json;
use service::{CommonError, filters::amount, words};
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
    /// The answer for programs.
    pub fn problem(&self) -> Problem {
        if let Self::Common(error) = self {
            return error.problem();
        }
        let (status, code, title) = self.kind();
        let problem = Problem::new(status, code, title).detail(self.detail());
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

    /// What the error's page says; `None` where the words of the status say everything.
    fn own_words(&self) -> Option<Words> {
        Some(match self {
            Self::Common(error) => error.words(),
            Self::TotalChanged(total) => {
                Words::new("total-changed", Message::new("total-changed-text").with("total", amount(total)))
            }
            Self::OutOfStock { name, stock: 0 } => {
                Words::new("out-of-stock", Message::new("sold-out-text").with("name", name))
            }
            Self::OutOfStock { name, stock } => {
                let sentence = Message::new("few-left-text").with("name", name).with("stock", *stock);
                Words::new("out-of-stock", sentence)
            }
            Self::NotOnSale => Words::new("not-on-sale", "not-on-sale-text"),
            Self::TooMuch => {
                let sentence = Message::new("too-much-text").with("lines", cart::MAX_LINES);
                Words::new("too-much", sentence.with("most", cart::MAX_QUANTITY))
            }
            Self::MixedCurrencies => Words::new("mixed-currencies", "mixed-currencies-text"),
            Self::Empty => Words::new("cart-empty", "nothing-to-order-text"),
            Self::InFlight => Words::new("one-moment-please", "in-flight-text"),
            Self::KeyReused => Words::new("cart-changed", "cart-changed-text"),
            Self::BadParameter("quantity") => {
                let sentence = Message::new("check-quantity-text").with("most", cart::MAX_QUANTITY);
                Words::new("check-quantity", sentence)
            }
            _ => return None,
        })
    }

    /// What the error's page says.
    pub fn words(&self) -> Words {
        self.own_words().unwrap_or_else(|| words::of(self.kind().0))
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Common(error) = self {
            return error.into_response();
        }
        let mut response = self.problem().into_response();
        response.extensions_mut().insert(self.words());
        response
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
