//! A resource server of exactly one realm: it accepts the realm's access tokens and answers every other request with a
//! challenge that says how to get one.
//!
//! It needs no browser, no database and no settings: [`Config`] names the trusted realm, a [`KeySource`] provides the
//! realm's keys ([`Discovery`] fetches them), and handlers take [`Bearer`]. The crate `relying-party`, which builds on
//! this one, signs people in.
//!
//! ```
//! use resource_server::{Bearer, Refusal, ResourceServer};
//! use std::sync::Arc;
//!
//! async fn notes(bearer: Bearer) -> Result<String, Refusal> {
//!     bearer.require_scope("notes")?;
//!     Ok(format!("the notes of {}", bearer.claims.sub))
//! }
//! fn router(server: Arc<ResourceServer>) -> axum::Router {
//!     let metadata = resource_server::metadata_route(&server);
//!     axum::Router::new().route("/notes", axum::routing::get(notes)).merge(metadata).with_state(server)
//! }
//! ```

pub mod bearer;
pub mod config;
pub mod discovery;
pub mod keys;
pub mod metadata;
pub mod refusal;
mod routes;
pub mod server;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod token;

pub use bearer::Bearer;
pub use config::{BadConfig, Config};
pub use discovery::Discovery;
pub use keys::{KeySource, Unreachable};
pub use outbound::cached;
pub use refusal::{Reason, Refusal};
pub use routes::metadata_route;
pub use server::ResourceServer;
pub use {clock, outbound, protocol};
