//! The realm whose tokens and sessions this service accepts.

use relying_party::Realm;

/// Marks the customer realm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Customer;

impl Realm for Customer {
    const NAME: &'static str = "customer";
}
