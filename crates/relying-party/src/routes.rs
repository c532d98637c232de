//! The routes that every relying party has.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::header::{CACHE_CONTROL, HeaderName},
    middleware::from_fn,
    routing::{get, post},
};
use resource_server::metadata;

use crate::{
    backchannel, paths,
    relying_party::{Realm, RelyingParty},
    send_cookies, sign_in, sign_out,
};

/// All routes, to be merged into a service's router: [`caller_routes`] and [`realm_routes`].
pub fn routes<R: Realm, S>(relying_party: &Arc<RelyingParty<R>>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    caller_routes(relying_party).merge(realm_routes(relying_party))
}

/// The routes for browsers and clients: `POST /login`, `GET` at the configured callback path, `POST /logout` and the
/// protected resource metadata.
pub fn caller_routes<R: Realm, S>(relying_party: &Arc<RelyingParty<R>>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let config = relying_party.config();
    Router::new()
        .route(paths::LOGIN, post(sign_in::login::<R>))
        // a HEAD request, for example of a link scanner, must not use up the code
        .route(&config.redirect_path, get(sign_in::callback::<R>).head(nothing_to_see))
        .route(paths::LOGOUT, post(sign_out::logout::<R>))
        .layer(from_fn(send_cookies))
        .route(metadata::PATH, get(describe_resource::<R>))
        .with_state(Arc::clone(relying_party))
}

/// The route for the realm: `POST /backchannel-logout`. The signed token in the body is its credential; the sender's
/// address doesn't matter.
pub fn realm_routes<R: Realm, S>(relying_party: &Arc<RelyingParty<R>>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    Router::new()
        .route(paths::BACKCHANNEL_LOGOUT, post(backchannel::receive::<R>))
        .with_state(Arc::clone(relying_party))
}

async fn nothing_to_see() -> [(HeaderName, &'static str); 1] {
    [(CACHE_CONTROL, "no-store")]
}

async fn describe_resource<R: Realm>(
    State(relying_party): State<Arc<RelyingParty<R>>>,
) -> Json<serde_json::Value> {
    Json(metadata::document(relying_party.core.resource.config()))
}
