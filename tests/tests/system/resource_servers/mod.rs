//! Both APIs and their credentials (RS, RP).

mod bearer;
mod cookies;
mod disabled;
pub mod signed_in;
mod wrong_tokens;
