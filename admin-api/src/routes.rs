//! The routes of the service.

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, OriginalUri, State},
    http::{StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use service::{
    CommonError,
    error_pages::error_pages,
    language::{choose_language, recognise_language},
    people,
};
use web::{
    edge::Edge,
    routing::{get, post, put},
};

use crate::{
    allow_list::{self, Gate},
    api, assets,
    console::{self, PageRequest},
    paths,
    state::AppState,
    status,
};

/// Largest body of a request with a content page, as JSON or percent-encoded.
const CONTENT_BYTES: usize = 64 * 1024;

/// All routes, inside the edge.
pub fn router(app: &AppState) -> Router {
    let pages = pages(app)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(app.clone(), error_pages::<AppState, PageRequest>))
        .layer(from_fn(relying_party::send_cookies));
    let api = api().method_not_allowed_fallback(method_not_allowed);
    let routes = pages
        .merge(api)
        .layer(from_fn_with_state(Gate::new(app), allow_list::enforce))
        .layer(from_fn_with_state(app.clone(), recognise_language))
        .merge(for_the_realm(app))
        .merge(status::routes(app))
        .with_state(app.clone());
    edge(app).wrap(routes)
}

fn edge(app: &AppState) -> Edge {
    let service = app.service();
    Edge::new(service.service.name, &service.public_url, Arc::clone(&app.clock), Arc::clone(&app.random))
        .limits(service.listener.clone())
}

/// The routes for browsers, below the configured path.
fn pages(app: &AppState) -> Router<AppState> {
    let sign_in = || {
        relying_party::caller_routes(&app.relying_party)
            .layer(from_fn_with_state(app.clone(), people::remember))
    };
    let pages = console().merge(sign_in());
    let base = app.config.base();
    if base.is_empty() {
        return pages;
    }
    // the realm redirects to the root of the origin; all other pages are below the prefix
    Router::new()
        .merge(sign_in())
        .route(paths::HOME, get(to_console))
        .route(&format!("{base}{}", paths::HOME), get(console::home::show))
        .nest(base, pages)
}

/// The routes for the realm, which needn't be on the allow-list: the signature of its requests is verified.
fn for_the_realm(app: &AppState) -> Router<AppState> {
    relying_party::realm_routes(&app.relying_party).method_not_allowed_fallback(method_not_allowed)
}

fn console() -> Router<AppState> {
    Router::new()
        .route(paths::HOME, get(console::home::show))
        .route(paths::SIGNED_OUT, get(console::home::signed_out))
        .route(paths::LANGUAGE, get(console::language::show).merge(post(choose_language)))
        .route(paths::CONTENT, get(console::content_list::index))
        .route(paths::NEW_CONTENT, get(console::content_edit::new).merge(post(console::content_edit::create)))
        .route(
            &paths::content("{id}"),
            get(console::content_edit::show).merge(post(console::content_edit::save)),
        )
        .route(paths::ORDERS, get(console::orders::index))
        .route(&paths::order("{id}"), get(console::order_page::show))
        .route(&paths::order_confirm("{id}"), get(console::order_confirm::show))
        .route(&paths::order_status("{id}"), post(console::order_page::change))
        .route(paths::STEP_UP, get(console::step_up::resume))
        .merge(assets::routes())
        .layer(DefaultBodyLimit::max(CONTENT_BYTES))
}

fn api() -> Router<AppState> {
    Router::new()
        .route(paths::api::ME, get(api::me::show))
        .route(paths::api::CONTENT, get(api::content::index).merge(post(api::content::create)))
        .route(&paths::api::content("{id}"), get(api::content::show).merge(put(api::content::save)))
        .route(&paths::api::publish("{id}"), post(api::content::publish))
        .route(&paths::api::unpublish("{id}"), post(api::content::unpublish))
        .route(paths::api::ORDERS, get(api::orders::index))
        .route(&paths::api::order("{id}"), get(api::orders::show))
        .route(&paths::api::order_status("{id}"), post(api::orders::change))
        .layer(DefaultBodyLimit::max(CONTENT_BYTES))
}

async fn to_console(State(app): State<AppState>, OriginalUri(uri): OriginalUri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let location = format!("{}{}{query}", app.config.base(), paths::HOME);
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

async fn not_found() -> CommonError {
    CommonError::NotFound
}

async fn method_not_allowed() -> CommonError {
    CommonError::MethodNotAllowed
}
