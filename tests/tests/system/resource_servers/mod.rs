//! Both APIs and their credentials (RS, RP).

mod bearer;
mod cookies;
mod disabled;
pub mod side;
mod wrong_tokens;
