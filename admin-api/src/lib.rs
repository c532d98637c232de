//! admin-api: the resource server of the staff realm, and the staff console for content and orders. It accepts only
//! tokens and sessions of the staff realm, and only with a second factor.
//!
//! * [`routes`]: every route; [`paths`]: every path
//! * [`api`]: JSON for programs; [`console`]: pages for people. Both call the same functions of `commerce`
//! * [`realm`]: the realm whose tokens are accepted; [`access`]: the rights of staff
//! * `query`: parameters of lists; `reason`: reasons for changes; [`state`]: the state that handlers share
//! * [`error`]: the errors, with status, code and wording; [`words`]: the texts that people read
//! * [`config`]: the operator's configuration; [`app`]: starts the application with it
//! * `status`: health and status; `assets`: style sheet and icon; `allow_list`: networks that may use the service

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
pub mod words;

#[cfg(test)]
mod tests;

pub use app::{App, start};
pub use config::Config;
