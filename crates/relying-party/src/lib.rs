//! A relying party of exactly one realm: browser sessions, sign-in and sign-out, CSRF protection, back-channel logout.
//! The crate `resource-server` verifies access tokens, also for services without browsers.
//!
//! A service builds one [`RelyingParty`] for one issuer, one audience and one marker type, and takes [`Caller`] in its
//! handlers. A handler can't take a caller of another marker type: the compiler refuses it. The sessions of two realms
//! are in two databases.
//!
//! * [`caller`]: the extractors [`Caller`] and [`MaybeCaller`]
//! * [`form`]: [`CsrfForm`], the only way to take a form
//! * [`refusal`]: every reason to refuse a request, and the only place here that knows statuses and challenges
//! * [`step_up`]: forms that need a fresher sign-in (RFC 9470)
//! * [`routes()`]: sign-in, callback, sign-out, back-channel logout, resource metadata
//! * [`words`]: what people read about refusals and sign-ins, in their language
//! * [`config`]: its configuration; [`RelyingParty`]: the relying party itself; [`paths`]: where its routes are
//!
//! The tokens of a sign-in stay on the server (OAuth 2.0 for Browser-Based Apps, section 6.1): the browser gets only an
//! opaque session id.
//!
//! A handler names its realm:
//!
//! ```
//! # use relying_party::{Caller, RelyingParty, Realm};
//! # use std::sync::Arc;
//! #[derive(Debug, Clone)] struct Staff;
//! impl Realm for Staff { const NAME: &'static str = "staff"; }
//!
//! async fn orders(_caller: Caller<Staff>) {}
//! fn router(state: Arc<RelyingParty<Staff>>) -> axum::Router {
//!     axum::Router::new().route("/orders", axum::routing::get(orders)).with_state(state)
//! }
//! ```
//!
//! The compiler refuses a handler of another realm:
//!
//! ```compile_fail
//! # use relying_party::{Caller, RelyingParty, Realm};
//! # use std::sync::Arc;
//! #[derive(Debug, Clone)] struct Customer;
//! #[derive(Debug, Clone)] struct Staff;
//! impl Realm for Customer { const NAME: &'static str = "customer"; }
//! impl Realm for Staff { const NAME: &'static str = "staff"; }
//!
//! async fn orders(_caller: Caller<Customer>) {}
//! fn router(state: Arc<RelyingParty<Staff>>) -> axum::Router {
//!     axum::Router::new().route("/orders", axum::routing::get(orders)).with_state(state)
//! }
//! ```

mod backchannel;
pub mod caller;
pub mod config;
mod cookies;
mod credentials;
mod flights;
mod forgery;
pub mod form;
mod identify;
pub mod paths;
mod provider;
mod reap;
pub mod refusal;
mod relying_party;
mod routes;
mod session;
mod sign_in;
mod sign_out;
pub mod step_up;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod words;

pub use caller::{Caller, MaybeCaller};
pub use config::{Config, OtherRealm, SessionPolicy};
pub use cookies::send_cookies;
pub use form::CsrfForm;
pub use identify::{Absent, Via};
pub use refusal::{Reason, Refusal};
pub use relying_party::{Dependencies, Realm, RelyingParty};
pub use resource_server::{KeySource, Unreachable};
pub use routes::{caller_routes, realm_routes, routes};
pub use session::Profile;
pub use sign_in::{ChosenLanguage, SignedIn};
pub use step_up::{KeptForm, StepUp};

/// Name of the migration set [`MIGRATIONS`].
pub const MIGRATION_SET: &str = "guard";

/// The schema of a relying party's own database. Two realms never share one.
pub const MIGRATIONS: &[database::Migration] = &[
    database::Migration {
        version: 1,
        name: "sessions",
        up: include_str!("../../../migrations/guard/0001_sessions.up.sql"),
        down: include_str!("../../../migrations/guard/0001_sessions.down.sql"),
    },
    database::Migration {
        version: 2,
        name: "request_buckets",
        up: include_str!("../../../migrations/guard/0002_request_buckets.up.sql"),
        down: include_str!("../../../migrations/guard/0002_request_buckets.down.sql"),
    },
    database::Migration {
        version: 3,
        name: "attempts_by_source",
        up: include_str!("../../../migrations/guard/0003_attempts_by_source.up.sql"),
        down: include_str!("../../../migrations/guard/0003_attempts_by_source.down.sql"),
    },
    database::Migration {
        version: 4,
        name: "kept_forms",
        up: include_str!("../../../migrations/guard/0004_kept_forms.up.sql"),
        down: include_str!("../../../migrations/guard/0004_kept_forms.down.sql"),
    },
];

/// Opens a service's own database of browser sessions and migrates it to the current schema.
pub async fn open_sessions(url: &database::DatabaseUrl) -> database::Result<database::Db> {
    let db = database::Db::open(url, database::Durability::Full).await?;
    db.migrate(MIGRATION_SET, MIGRATIONS).await?;
    Ok(db)
}
