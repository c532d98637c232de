//! Who calls, and the scopes that they need.

use commerce::party;
use relying_party::{Caller, Realm};

/// Marks the customer realm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Customer;

impl Realm for Customer {
    const NAME: &'static str = "customer";
}

/// The scope that a cart and an order need.
pub const CHECKOUT: &str = "checkout";
/// The scope that the history of orders needs.
pub const ORDERS: &str = "orders";

/// The customer behind a caller: the pair (issuer, sub) of its token (RS3).
pub fn customer(caller: &Caller<Customer>) -> party::Customer {
    party::Customer { issuer: caller.claims.iss.clone(), sub: caller.claims.sub.clone() }
}
