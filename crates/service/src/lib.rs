//! The common parts of `shop-api` and `admin-api`: each is a resource server of one realm with an API for programs and
//! pages for people; both use one shop database.
//!
//! * [`config`]: the configuration keys that both have, and their rules
//! * [`open`]: opens the databases and builds the relying party; [`AppState`]: the state that handlers share; [`App`]:
//!   the running application with its background work
//! * [`CommonError`]: the errors of both; [`error_pages`]: turns an error into a page; [`page`]: rendering pages
//! * [`mod@language`]: the language of a page; [`words`]: the texts that both have; [`filters`]: what templates say
//! * [`status`]: health and status, for machines; [`people`]: stores the names of people who sign in

pub mod app;
pub mod config;
pub mod error;
pub mod error_pages;
pub mod filters;
mod health;
pub mod language;
pub mod open;
pub mod page;
pub mod people;
pub mod state;
pub mod status;
pub mod words;

pub use app::App;
pub use config::{Service, ServiceConfig};
pub use error::CommonError;
pub use open::{Ambient, Databases, Resources};
pub use state::AppState;
