//! The scopes that routes require, and the customer of a caller.

use commerce::party;
use relying_party::Caller;

use crate::realm::Customer;

/// The scope for carts and for placing orders.
pub const CHECKOUT: &str = "checkout";
/// The scope for the history of orders.
pub const ORDERS: &str = "orders";

/// The customer of a caller: the pair (issuer, sub) of its token (RS3).
pub fn customer(caller: &Caller<Customer>) -> party::Customer {
    party::Customer { issuer: caller.claims.iss.clone(), sub: caller.claims.sub.clone() }
}
