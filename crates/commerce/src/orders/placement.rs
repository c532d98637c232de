//! The request to place an order, and the reasons to refuse it.

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

/// The goods of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goods {
    /// Everything in the customer's cart, which is then emptied.
    Cart,
    /// These products; the cart stays unchanged. Quantities of a product named twice are added.
    Items(Vec<Item>),
}

/// A request to place an order.
#[derive(Debug, Clone)]
pub struct Placement<'a> {
    /// The customer.
    pub customer: &'a Customer,
    /// The `Idempotency-Key`.
    pub key: &'a str,
    /// Hash of the request's body.
    pub body_hash: &'a str,
    /// The goods.
    pub goods: Goods,
    /// The total that the customer agreed to.
    pub expected: Money,
    /// Unix seconds.
    pub now: i64,
}

/// Why no order was placed. Nothing was changed, and the key may be used again unless the variant says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The key was used with another body.
    #[error("the key was used with another body")]
    KeyReused,
    /// A request with this key is under way.
    #[error("a request with this key is under way")]
    InFlight,
    /// No goods were ordered.
    #[error("there is nothing to order")]
    Empty,
    /// Too many products or too many of one.
    #[error("an order has at most {MAX_LINES} products and {MAX_QUANTITY} of each")]
    TooMuch,
    /// A product is not on sale.
    #[error("a product is not on sale")]
    NotOnSale {
        /// The product.
        product_id: String,
    },
    /// The stock is less than the ordered quantity.
    #[error("a product is not in stock in this quantity")]
    OutOfStock {
        /// The product.
        product_id: String,
        /// Its name for people.
        name: String,
        /// The stock.
        stock: i64,
    },
    /// The total differs from the one that the customer agreed to.
    #[error("the total is {total}")]
    TotalChanged {
        /// The current total.
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
