//! shop-api: the resource server of the customer realm, and the storefront.
//!
//! Every handler takes [`Caller<Customer>`](relying_party::Caller), which can't come from a staff token or session.
//!
//! * [`routes`]: every route, with the credential it needs; [`paths`]: every path
//! * [`api`]: JSON for programs, with bearer tokens; [`pages`]: HTML for people, with a session kept on the server
//! * [`realm`]: the realm whose tokens are accepted; [`access`]: the scopes that routes require; [`query`]: parameters
//!   of lists
//! * [`state`]: the state that handlers share
//! * [`error`]: the errors, with status, code and wording; [`words`]: the texts that people read
//! * [`config`]: the operator's configuration; [`app`]: starts the application with it
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
pub mod words;

#[cfg(test)]
mod tests;

pub use app::{App, start};
pub use config::Config;
