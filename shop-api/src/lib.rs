//! shop-api: the resource server of the customer realm, and the storefront.
//!
//! Everything here takes [`Caller<Customer>`](relying_party::Caller): a staff token or session can't be had in a handler.
//!
//! * [`routes`]: every route, with the credential it needs; [`paths`]: every path
//! * [`api`]: JSON for programs, with bearer tokens; [`pages`]: HTML for people, with a session kept on the server
//! * [`realm`]: whose tokens are accepted; [`access`]: which scopes they need; [`query`]: which part of a list they want
//! * [`state`]: what handlers share
//! * [`error`]: why a request isn't done, with status, code and wording
//! * [`config`]: what the operator says; [`app`]: from there to the running application
//! * [`status`]: health and status; [`assets`]: style sheet and icon; [`cors`]: browser applications of other origins

pub mod access;
pub mod api;
pub mod app;
pub mod assets;
pub mod config;
pub mod cors;
pub mod error;
pub mod pages;
pub mod paths;
pub mod query;
pub mod realm;
pub mod routes;
pub mod state;
pub mod status;

#[cfg(test)]
mod tests;

pub use app::{App, start};
pub use config::Config;
