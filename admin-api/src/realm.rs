//! The realm whose tokens and sessions this service accepts.

use relying_party::Realm;

/// Marks the staff realm. A [`Caller<Admin>`](relying_party::Caller) can only come from a token or session of this
/// realm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admin;

impl Realm for Admin {
    const NAME: &'static str = "admin";
}
