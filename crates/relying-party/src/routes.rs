//! The guard's own routes.

use crate::guard::{RealmGuard, Side};
use crate::{backchannel, send_cookies, sign_in, sign_out};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::middleware::from_fn;
use axum::routing::{get, post};
use axum::{Json, Router};
use resource_server::metadata;
use std::sync::Arc;

/// All routes of the guard, to be merged into a service's router: [`caller_routes`] and [`realm_routes`].
pub fn routes<R: Side, S>(guard: &Arc<RealmGuard<R>>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    caller_routes(guard).merge(realm_routes(guard))
}

/// What browsers and clients call: `POST /login`, `GET` at the configured callback path, `POST /logout` and the
/// protected resource metadata.
pub fn caller_routes<R: Side, S>(guard: &Arc<RealmGuard<R>>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let config = guard.config();
    Router::new()
        .route("/login", post(sign_in::login::<R>))
        // whoever only looks, such as a link scanner, doesn't use the code up
        .route(&config.redirect_path, get(sign_in::callback::<R>).head(nothing_to_see))
        .route("/logout", post(sign_out::logout::<R>))
        .layer(from_fn(send_cookies))
        .route(metadata::PATH, get(describe_resource::<R>))
        .with_state(Arc::clone(guard))
}

/// What the realm calls: `POST /backchannel-logout`. Its credential is the signed token in it, wherever it comes from.
pub fn realm_routes<R: Side, S>(guard: &Arc<RealmGuard<R>>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    Router::new().route("/backchannel-logout", post(backchannel::receive::<R>)).with_state(Arc::clone(guard))
}

async fn nothing_to_see() -> [(HeaderName, &'static str); 1] {
    [(CACHE_CONTROL, "no-store")]
}

async fn describe_resource<R: Side>(State(guard): State<Arc<RealmGuard<R>>>) -> Json<serde_json::Value> {
    Json(metadata::document(guard.core.resource.config()))
}
