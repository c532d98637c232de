//! Every route of a realm.

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use clock::SharedClock;
use clock::random::SharedRandom;
use tower::ServiceBuilder;
use web::edge::{Edge, RequestId};

use super::{error, health, limits, oauth, password_form, person, respond};
use crate::{flow, realm::Realm};

/// The router of one realm, with the edge around it.
pub fn router(realm: &Arc<Realm>, clock: SharedClock, random: SharedRandom) -> Router {
    let edge = Edge::new(&realm.config.name, &realm.config.issuer, clock, random)
        .limits(realm.config.listener.clone());
    let panicked = realm.clone();
    let edge = edge.on_panic(move |RequestId(id)| {
        error::plain(&panicked, id, flow::Error::Internal(anyhow::anyhow!("a handler panicked")))
    });
    let limited = from_fn_with_state(realm.clone(), limits::endpoints);
    let shared = from_fn_with_state(realm.clone(), oauth::cors::share);
    edge.wrap(
        metadata()
            .route_layer(shared.clone())
            .route("/assets/{file}", get(person::home::asset))
            .merge(
                endpoints_of_apps().route_layer(ServiceBuilder::new().layer(shared).layer(limited.clone())),
            )
            .merge(endpoints_of_servers().route_layer(limited))
            .merge(
                passwords()
                    .route_layer(DefaultBodyLimit::max(password_form::MAX_BYTES))
                    .merge(pages())
                    .route_layer(
                        ServiceBuilder::new()
                            .layer(from_fn_with_state(realm.clone(), limits::pages))
                            .layer(from_fn(respond::nothing_to_head)),
                    ),
            )
            .fallback(person::home::not_found.layer(from_fn_with_state(realm.clone(), limits::pages)))
            .method_not_allowed_fallback(error::method_not_allowed)
            .with_state(realm.clone())
            .merge(health::routes(realm)),
    )
}

/// Published, and the same for everybody; apps in a browser read it too.
fn metadata() -> Router<Arc<Realm>> {
    let discovery = get(oauth::metadata::discovery).options(oauth::cors::preflight);
    Router::new()
        .route("/.well-known/openid-configuration", discovery.clone())
        .route("/.well-known/oauth-authorization-server", discovery)
        .route("/jwks", get(oauth::metadata::jwks).options(oauth::cors::preflight))
}

/// What clients call, also those that run in a browser.
fn endpoints_of_apps() -> Router<Arc<Realm>> {
    Router::new()
        .route("/token", post(oauth::token::post).options(oauth::cors::preflight))
        .route("/revoke", post(oauth::revoke::post).options(oauth::cors::preflight))
        .route(
            "/userinfo",
            get(oauth::userinfo::get).post(oauth::userinfo::post).options(oauth::cors::preflight),
        )
}

/// What only clients with a secret call, which no browser keeps.
fn endpoints_of_servers() -> Router<Arc<Realm>> {
    Router::new().route("/introspect", post(oauth::introspect::post))
}

/// Forms with a password.
fn passwords() -> Router<Arc<Realm>> {
    Router::new()
        .route("/interaction/{id}/sign-in", post(person::sign_in::post))
        .route("/interaction/{id}/register", post(person::register::post))
        .route("/setup/{token}", post(person::setup::begin))
}

/// Where browsers go, sent by clients or by themselves.
fn pages() -> Router<Arc<Realm>> {
    Router::new()
        .route("/", get(person::home::show))
        .route("/authorize", get(oauth::authorize::get).post(oauth::authorize::post))
        .route("/end_session", get(oauth::end_session::get).post(oauth::end_session::post))
        .route("/interaction/{id}", get(person::interaction::show))
        .route("/interaction/{id}/second-factor", post(person::second_factor::totp))
        .route("/interaction/{id}/recovery", post(person::second_factor::recovery))
        .route("/interaction/{id}/account", post(person::interaction::choose_account))
        .route("/interaction/{id}/consent", post(person::interaction::decide))
        .route("/interaction/{id}/cancel", get(person::interaction::cancel))
        .route("/interaction/{id}/again", get(person::interaction::again))
        .route("/sign-out", post(person::sign_out::post))
        .route("/signed-out", get(person::sign_out::done))
        .route("/account", get(person::account::show))
        .route("/account/sign-in", get(person::account::sign_in))
        .route("/account/totp", get(person::account::enrol).post(person::account::confirm))
        .route(
            "/account/recovery-codes",
            get(person::account::ask_new_codes).post(person::account::new_codes),
        )
        .route("/setup/{token}", get(person::setup::show))
        .route("/setup/{token}/factor", get(person::setup::factor).post(person::setup::confirm))
}
