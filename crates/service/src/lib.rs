//! What `shop-api` and `admin-api` are both made of: resource servers of one realm each, on one shop's database, with an
//! API for programs and pages for people.
//!
//! * [`config`]: the keys that both have, and the rules for them
//! * [`open`]: opens the databases and makes the relying party; [`AppState`]: what handlers share; [`App`]: the running
//!   application with its background work
//! * [`CommonError`]: what both refuse alike; [`error_pages`]: an error becomes a page; [`page`]: rendering pages
//! * [`status`]: health and status, for machines; [`people`]: keeps what to call whoever signed in

pub mod app;
pub mod config;
pub mod error;
pub mod error_pages;
mod health;
pub mod open;
pub mod page;
pub mod people;
pub mod state;
pub mod status;

pub use app::App;
pub use config::{Service, ServiceConfig};
pub use error::CommonError;
pub use open::{Ambient, Databases, Resources};
pub use state::AppState;
