//! The staff side: a JSON API and a console for content and orders, for tokens and sessions of the staff realm only,
//! and only with a second factor.
//!
//! - [`config`]: what it is told; [`app`]: from there to a router; [`routes`]: every address in one file.
//! - [`access`]: who may do what; [`error`]: every refusal and its status.
//! - [`api`]: answers for programs; [`console`]: pages for people. Both call the same functions of `commerce`.

pub mod access;
mod allow_list;
pub mod api;
pub mod app;
mod assets;
pub mod config;
pub mod console;
pub mod error;
mod query;
pub mod routes;
mod status;
#[cfg(test)]
mod tests;

pub use app::{App, start};
pub use config::Config;
