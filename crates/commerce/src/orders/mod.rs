//! Orders: [`status`] has the rules, [`place`](mod@place) makes an order once out of [`goods`], [`read`] finds orders,
//! [`change`](mod@change) moves their statuses.

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
    /// Who ordered.
    pub customer: Customer,
    /// What to call them on pages for staff; nobody else learns it.
    #[serde(skip)]
    pub known_as: Person,
    /// Both statuses.
    #[serde(flatten)]
    pub status: Status,
    /// What it costs, as computed when it was placed.
    pub total: Money,
    /// How many things were ordered.
    pub item_count: i64,
    /// Grows with each change; from 1.
    pub version: i64,
    /// Unix seconds.
    pub placed_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
}

impl Order {
    /// A short name for people to say on the telephone; the random end of the id.
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
    /// Its name then.
    pub name: String,
    /// Its price then.
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

/// What happened to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// It was placed.
    Placed,
    /// The money moved.
    Payment {
        /// Status before.
        from: Payment,
        /// Status after.
        to: Payment,
    },
    /// The goods moved.
    Fulfilment {
        /// Status before.
        from: Fulfilment,
        /// Status after.
        to: Fulfilment,
    },
}

/// One line of an order's timeline: who, what, when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unix seconds.
    pub at: i64,
    /// Who.
    pub actor: Actor,
    /// What.
    #[serde(flatten)]
    pub what: What,
    /// Why, in the words of whoever did it; for staff only.
    #[serde(skip)]
    pub reason: Option<String>,
}

/// An order with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDetail {
    /// The order.
    #[serde(flatten)]
    pub order: Order,
    /// What was ordered, by name.
    pub lines: Vec<Line>,
    /// What happened, oldest first.
    pub timeline: Vec<Event>,
}
