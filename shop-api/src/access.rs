//! The scopes that callers need, and the customers behind them.

use commerce::party;
use relying_party::Caller;

use crate::realm::Customer;

/// The scope that a cart and an order need.
pub const CHECKOUT: &str = "checkout";
/// The scope that the history of orders needs.
pub const ORDERS: &str = "orders";

/// The customer behind a caller: the pair (issuer, sub) of its token (RS3).
pub fn customer(caller: &Caller<Customer>) -> party::Customer {
    party::Customer { issuer: caller.claims.iss.clone(), sub: caller.claims.sub.clone() }
}
