//! admin-api: the resource server of the staff realm, and the staff console for content and orders. Tokens and sessions of
//! the staff realm only, and only with a second factor.
//!
//! * [`routes`]: every route; [`paths`]: every path
//! * [`api`]: JSON for programs; [`console`]: pages for people. Both call the same functions of `commerce`
//! * [`realm`]: whose tokens are accepted; [`access`]: who may do what
//! * `query`: what lists are asked for; `reason`: why something is changed; [`state`]: what handlers share
//! * [`error`]: why a request isn't done, with status, code and wording
//! * [`config`]: what the operator says; [`app`]: from there to the running application
//! * `status`: health and status; `assets`: style sheet and icon; `allow_list`: networks that may come in

pub mod access;
mod allow_list;
pub mod api;
pub mod app;
mod assets;
pub mod config;
pub mod console;
pub mod error;
pub mod paths;
mod query;
pub mod realm;
mod reason;
pub mod routes;
pub mod state;
mod status;

#[cfg(test)]
mod tests;

pub use app::{App, start};
pub use config::Config;
