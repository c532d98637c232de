//! Both APIs and their credentials (security.md RS, P).

mod bearer;
mod cookies;
mod disabled;
pub mod side;
mod wrong_tokens;
