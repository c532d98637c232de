//! What somebody wants to order, and why it may not be had.

use crate::{
    cart::{MAX_LINES, MAX_QUANTITY},
    money::Money,
    party::Customer,
};

/// One product and how many of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The product.
    pub product_id: String,
    /// From 1 to [`MAX_QUANTITY`].
    pub quantity: i64,
}

/// What is ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goods {
    /// Everything in the customer's cart, which is empty afterwards.
    Cart,
    /// These things; the cart stays as it is. A product named twice counts together.
    Items(Vec<Item>),
}

/// An order somebody wants to place.
#[derive(Debug, Clone)]
pub struct Placement<'a> {
    /// Who orders.
    pub customer: &'a Customer,
    /// The `Idempotency-Key`.
    pub key: &'a str,
    /// Hash of the request's body.
    pub body_hash: &'a str,
    /// What is ordered.
    pub goods: Goods,
    /// The total the customer agreed to.
    pub expected: Money,
    /// Unix seconds.
    pub now: i64,
}

/// Why no order was placed. Nothing changed and the key may be used again, except as the variant says.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The key was used with another body.
    #[error("the key was used with another body")]
    KeyReused,
    /// A request with this key is under way.
    #[error("a request with this key is under way")]
    InFlight,
    /// Nothing was ordered.
    #[error("there is nothing to order")]
    Empty,
    /// Too many products or too many of one.
    #[error("an order has at most {MAX_LINES} products and {MAX_QUANTITY} of each")]
    TooMuch,
    /// A product is not on sale.
    #[error("a product is not on sale")]
    NotOnSale {
        /// Which.
        product_id: String,
    },
    /// There are fewer than wanted.
    #[error("a product is not in stock in this quantity")]
    OutOfStock {
        /// Which.
        product_id: String,
        /// For people.
        name: String,
        /// How many there are.
        stock: i64,
    },
    /// The total is not the one the customer agreed to.
    #[error("the total is {total}")]
    TotalChanged {
        /// The total now.
        total: Money,
    },
    /// Products in different currencies can't be in one order.
    #[error("the products have different currencies")]
    MixedCurrencies,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] database::Error),
}

impl database::Collision for PlaceError {
    fn collided(&self) -> bool {
        matches!(self, Self::Database(error) if error.collided())
    }
}
