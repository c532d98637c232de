//! Every route of a realm.

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    middleware::{from_fn, from_fn_with_state},
};
use clock::{SharedClock, random::SharedRandom};
use protocol::discovery::path;
use tower::ServiceBuilder;
use web::{
    edge::{Edge, RequestId},
    routing::{get, options, post},
};

use super::{error, fallback, health, limits, oauth, password_form, person, respond};
use crate::{
    flow,
    paths::{self, Action},
    realm::Realm,
};

/// The variable parts of routes.
const ID: &str = "{id}";
const TOKEN: &str = "{token}";

/// The router of one realm, with the middleware around it.
pub fn router(realm: &Arc<Realm>, clock: SharedClock, random: SharedRandom) -> Router {
    let edge = Edge::new(&realm.config.name, &realm.config.issuer, clock, random)
        .limits(realm.config.listener.clone());
    let panicked = realm.clone();
    let edge = edge.on_panic(move |RequestId(id)| {
        error::plain(
            &panicked,
            id,
            panicked.language(),
            flow::Error::Internal(anyhow::anyhow!("a handler panicked")),
        )
    });
    let limited = from_fn_with_state(realm.clone(), limits::endpoints);
    let shared = from_fn_with_state(realm.clone(), oauth::cors::share);
    edge.wrap(
        metadata()
            .route_layer(shared.clone())
            .route(&format!("{}{{file}}", paths::ASSETS), get(person::home::asset))
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
            .fallback(fallback::not_found.layer(from_fn_with_state(realm.clone(), limits::pages)))
            .method_not_allowed_fallback(fallback::method_not_allowed)
            .with_state(realm.clone())
            .merge(health::routes(realm)),
    )
}

/// The published documents, the same for every caller. Browser apps read them too.
fn metadata() -> Router<Arc<Realm>> {
    let discovery = get(oauth::metadata::discovery).merge(options(oauth::cors::preflight));
    Router::new()
        .route(path::CONFIGURATION, discovery.clone())
        .route(path::SERVER_METADATA, discovery)
        .route(paths::PASSKEY_ENDPOINTS, get(oauth::metadata::passkey_endpoints))
        .route(paths::RELATED_ORIGINS, get(oauth::metadata::related_origins))
        .route(path::JWKS, get(oauth::metadata::jwks).merge(options(oauth::cors::preflight)))
}

/// Endpoints for all clients, including those that run in a browser.
fn endpoints_of_apps() -> Router<Arc<Realm>> {
    Router::new()
        .route(path::TOKEN, post(oauth::token::post).merge(options(oauth::cors::preflight)))
        .route(path::REVOKE, post(oauth::revoke::post).merge(options(oauth::cors::preflight)))
        .route(
            path::USERINFO,
            get(oauth::userinfo::get)
                .merge(post(oauth::userinfo::post))
                .merge(options(oauth::cors::preflight)),
        )
}

/// Endpoints for clients with a secret only. Such clients don't run in browsers, so there is no CORS.
fn endpoints_of_servers() -> Router<Arc<Realm>> {
    Router::new().route(path::INTROSPECT, post(oauth::introspect::post))
}

/// Forms with a password.
fn passwords() -> Router<Arc<Realm>> {
    Router::new()
        .route(&Action::SignIn.path(ID), post(person::sign_in::post))
        .route(&Action::Register.path(ID), post(person::register::post))
        .route(paths::PASSWORD, post(person::password::post))
        .route(paths::PASSWORD_ADVICE, post(person::password_advice::post))
        .route(&paths::setup(TOKEN), post(person::setup::begin))
        .route(&paths::reset(TOKEN), post(person::recover::reset))
}

/// The pages: browsers are sent there by clients, or people open them.
fn pages() -> Router<Arc<Realm>> {
    Router::new()
        .route(paths::HOME, get(person::home::show))
        .route(path::AUTHORIZE, get(oauth::authorize::get).merge(post(oauth::authorize::post)))
        .route(path::END_SESSION, get(oauth::end_session::get).merge(post(oauth::end_session::post)))
        .route(&paths::interaction(ID), get(person::interaction::show))
        .route(&Action::Passkey.path(ID), post(person::sign_in::passkey))
        .route(&Action::OfferPasskey.path(ID), post(person::passkey_offer::post))
        .route(&Action::Upstream.path(ID), post(person::upstream::begin))
        .route(&Action::Connect.path(ID), post(person::upstream::decide))
        .route(&paths::upstream_callback(ID), get(person::upstream::callback))
        .route(&Action::SecondFactor.path(ID), post(person::second_factor::post))
        .route(&Action::Recovery.path(ID), post(person::second_factor::recovery))
        .route(&Action::Enrol.path(ID), post(person::enrol::in_sign_in))
        .route(&Action::ChooseAccount.path(ID), post(person::interaction::choose_account))
        .route(&Action::Consent.path(ID), post(person::interaction::decide))
        .route(&Action::Cancel.path(ID), get(person::interaction::cancel))
        .route(&Action::StartAgain.path(ID), get(person::interaction::again))
        .route(paths::SIGN_OUT, post(person::sign_out::post))
        .route(paths::SIGNED_OUT, get(person::sign_out::done))
        .route(paths::ACCOUNT, get(person::account::show))
        .route(paths::SIGN_IN, get(person::account::sign_in))
        .route(paths::PASSWORD, get(person::password::show))
        .route(paths::CHANGE_PASSWORD, get(person::password::well_known))
        .route(paths::ACCOUNTS, get(person::accounts::list).merge(post(person::accounts::change)))
        .route(paths::SESSIONS, get(person::sessions::list).merge(post(person::sessions::end)))
        .route(paths::PASSKEYS, get(person::passkeys::list).merge(post(person::passkeys::change)))
        .route(paths::CONNECTIONS, get(person::connections::list).merge(post(person::connections::change)))
        .route(paths::AUTHENTICATOR, get(person::enrol::show).merge(post(person::enrol::post)))
        .route(
            paths::RECOVERY_CODES,
            get(person::account::ask_new_codes).merge(post(person::account::new_codes)),
        )
        .route(paths::APPS, get(person::apps::list).merge(post(person::apps::end)))
        .route(paths::PROFILE, get(person::profile::show).merge(post(person::profile::post)))
        .route(paths::LANGUAGE, get(person::language::show).merge(post(person::language::choose)))
        .route(paths::DATA, get(person::data::show))
        .route(paths::EXPORT, get(person::data::copy))
        .route(paths::DELETE, get(person::data::ask).merge(post(person::data::delete)))
        .route(paths::DELETION_ASKED, get(person::data::asked))
        .route(paths::ACTIVITY, get(person::activity::list))
        .route(paths::ADDRESS, get(person::address::show).merge(post(person::address::post)))
        .route(paths::RECOVER, get(person::recover::begin))
        .route(paths::PASSWORD_CHANGED, get(person::recover::done))
        .route(paths::SIGNED_OUT_EVERYWHERE, get(person::mail_page::signed_out))
        .route(&Action::Forgot.path(ID), post(person::ask_mail::for_password))
        .route(&Action::Mail.path(ID), post(person::ask_mail::for_sign_in))
        .route(&paths::mailed(ID), get(person::mailed::show).merge(post(person::mailed::post)))
        .route(&paths::mailed_link(TOKEN), get(person::mailed::link).merge(post(person::mailed::confirm)))
        .route(&paths::reset(TOKEN), get(person::recover::reset_page))
        .route(&paths::setup(TOKEN), get(person::setup::show))
        .route(&paths::setup_factor(TOKEN), get(person::setup::factor).merge(post(person::setup::confirm)))
}
