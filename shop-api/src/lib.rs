//! shop-api: the resource server of the customer realm, and the storefront.
//!
//! Everything here takes [`Caller<Customer>`](relying_party::Caller): a staff token or session can't be had in a handler.
//!
//! * [`routes`]: every route, with the credential it needs
//! * [`api`]: JSON for programs, with bearer tokens; [`pages`]: HTML for people, with a session kept on the server
//! * [`error`]: every way to say no, and the only place with status codes
//! * [`config`]: what the operator says; [`app`]: the running parts
//! * [`status`]: health and status; [`assets`]: style sheet and icon; [`cors`]: browser
//!   applications of other origins

pub mod api;
pub mod app;
pub mod assets;
pub mod config;
pub mod cors;
pub mod error;
pub mod pages;
pub mod routes;
pub mod status;

pub use app::{App, Shop, start};
pub use config::Config;

/// Marks the customer side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Customer;

impl relying_party::Side for Customer {
    const NAME: &'static str = "customer";
}

/// The scope that a cart and an order need.
pub const CHECKOUT: &str = "checkout";
/// The scope that the history of orders needs.
pub const ORDERS: &str = "orders";

#[cfg(test)]
mod tests;
