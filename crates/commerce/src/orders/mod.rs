//! Orders: [`status`] has the rules, [`place`](mod@place) creates an order exactly once from [`goods`], [`read`] finds
//! orders, [`change`](mod@change) changes their statuses.

pub mod change;
pub mod counts;
pub mod goods;
pub mod place;
pub mod placement;
pub mod read;
pub mod status;

pub use change::{ChangeError, ChangeOrder, change, is_done};
pub use counts::{Counts, counts};
pub use place::{Placed, place};
pub use placement::{Goods, Item, PlaceError, Placement};
pub use read::{Filter, list, list_own, load, load_own};
pub use status::{Change, Fulfilment, Illegal, Payment, Status};

use serde::{Deserialize, Serialize};

use crate::{
    money::Money,
    party::{Actor, Customer},
    people::Person,
};

/// An order without its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Never changes; grows with time.
    pub id: String,
    /// The customer.
    pub customer: Customer,
    /// The customer's name and e-mail address, only for pages of staff.
    #[serde(skip)]
    pub known_as: Person,
    /// Both statuses.
    #[serde(flatten)]
    pub status: Status,
    /// The total, as computed when the order was placed.
    pub total: Money,
    /// The total quantity of all lines.
    pub item_count: i64,
    /// Grows with each change, starting at 1.
    pub version: i64,
    /// Unix seconds.
    pub placed_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
}

impl Order {
    /// A short name for use on the telephone: the random end of the id.
    pub fn reference(&self) -> String {
        let end: Vec<char> = self.id.chars().rev().take(8).collect();
        end.into_iter().rev().collect::<String>().to_ascii_uppercase()
    }
}

/// One product in an order, as it was when the order was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The product.
    pub product_id: String,
    /// Its name at that time.
    pub name: String,
    /// Its price at that time.
    pub unit_price: Money,
    /// At least 1.
    pub quantity: i64,
}

impl Line {
    /// Price times quantity.
    pub fn total(&self) -> Money {
        Money::new(self.unit_price.amount.saturating_mul(self.quantity), self.unit_price.currency.clone())
    }
}

/// The kind of an event in an order's timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// The order was placed.
    Placed,
    /// The payment status changed.
    Payment {
        /// Status before.
        from: Payment,
        /// Status after.
        to: Payment,
    },
    /// The fulfilment status changed.
    Fulfilment {
        /// Status before.
        from: Fulfilment,
        /// Status after.
        to: Fulfilment,
    },
}

/// One event of an order's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unix seconds.
    pub at: i64,
    /// The author.
    pub actor: Actor,
    /// The kind of event.
    #[serde(flatten)]
    pub what: What,
    /// The reason that the author gave; only for staff.
    #[serde(skip)]
    pub reason: Option<String>,
}

/// An order with its lines and timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDetail {
    /// The order.
    #[serde(flatten)]
    pub order: Order,
    /// The lines, by product name.
    pub lines: Vec<Line>,
    /// The events, oldest first.
    pub timeline: Vec<Event>,
}
