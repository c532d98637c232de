//! Every address of the staff side.

use axum::Router;
use axum::extract::{DefaultBodyLimit, OriginalUri};
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use clock::SharedClock;
use clock::random::SharedRandom;
use web::edge::Edge;

use crate::allow_list::{self, AllowList};
use crate::app::AppState;
use crate::config::Config;
use crate::console::as_pages::{as_pages, is_for_programs};
use crate::console::{self, Desk};
use crate::error::Fault;
use crate::{api, assets, status};

/// Largest body of a page: its text, written as JSON or percent-encoded.
const CONTENT_BYTES: usize = 64 * 1024;

/// All routes without the edge: what tests of single rules need.
pub fn router(app: &AppState, config: &Config) -> Router {
    let list = AllowList::new(config.allowed_addresses.clone(), config.listener.proxies.clone());
    let base = app.settings().base.as_str();
    let sign_in = || {
        relying_party::caller_routes(app.guard())
            .layer(from_fn_with_state(app.clone(), console::people::know))
            .layer(from_fn_with_state(app.clone(), as_pages))
    };
    let pages = console().merge(sign_in());
    let root = if base.is_empty() {
        pages
    } else {
        // the realm calls back at the root of the origin; browsers stay below the prefix
        Router::new()
            .merge(sign_in())
            .route("/", get(to_console))
            .route(&format!("{base}/"), get(console::home::show))
            .nest(base, pages)
    };
    root.merge(api())
        .fallback(nothing_here)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(relying_party::send_cookies))
        .layer(from_fn_with_state((list, app.clone()), allow_list::enforce))
        .merge(for_the_realm(app))
        .merge(status::routes(app))
        .with_state(app.clone())
}

/// Puts limits, request ids, security headers and logging around the routes.
pub fn edge(router: Router, config: &Config, clock: SharedClock, random: SharedRandom) -> Router {
    Edge::new("admin-api", &config.public_url, clock, random).limits(config.listener.clone()).wrap(router)
}

/// The realm needn't be on the allow-list: what it sends is judged by its signature.
fn for_the_realm(app: &AppState) -> Router<AppState> {
    relying_party::realm_routes(app.guard()).method_not_allowed_fallback(|| async { Fault::MethodNotAllowed })
}

fn console() -> Router<AppState> {
    Router::new()
        .route("/", get(console::home::show))
        .route("/signed-out", get(console::home::signed_out))
        .route("/content", get(console::content_list::index))
        .route("/content/new", get(console::content_edit::new).post(console::content_edit::create))
        .route("/content/{id}", get(console::content_edit::show).post(console::content_edit::save))
        .route("/orders", get(console::orders::index))
        .route("/orders/{id}", get(console::order_page::show))
        .route("/orders/{id}/confirm", get(console::order_confirm::show))
        .route("/orders/{id}/status", post(console::order_page::change))
        .route(&assets::CSS_PATH, get(assets::css))
        .route(&assets::ICON_PATH, get(assets::icon))
        .layer(DefaultBodyLimit::max(CONTENT_BYTES))
}

fn api() -> Router<AppState> {
    Router::new()
        .route("/api/me", get(api::me::show))
        .route("/api/content", get(api::content::index).post(api::content::create))
        .route("/api/content/{id}", get(api::content::show).put(api::content::save))
        .route("/api/content/{id}/publish", post(api::content::publish))
        .route("/api/content/{id}/unpublish", post(api::content::unpublish))
        .route("/api/orders", get(api::orders::index))
        .route("/api/orders/{id}", get(api::orders::show))
        .route("/api/orders/{id}/status", post(api::orders::change))
        .layer(DefaultBodyLimit::max(CONTENT_BYTES))
}

async fn to_console(
    axum::extract::State(app): axum::extract::State<AppState>,
    OriginalUri(uri): OriginalUri,
) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let location = format!("{}/{query}", app.settings().base);
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

async fn nothing_here(uri: OriginalUri, desk: Result<Desk, console::fault::PageFault>) -> Response {
    answer(&uri, desk, Fault::NotFound)
}

async fn method_not_allowed(uri: OriginalUri, desk: Result<Desk, console::fault::PageFault>) -> Response {
    answer(&uri, desk, Fault::MethodNotAllowed)
}

/// Programs get problem+json, people a page.
fn answer(
    OriginalUri(uri): &OriginalUri,
    desk: Result<Desk, console::fault::PageFault>,
    fault: Fault,
) -> Response {
    match desk {
        Ok(desk) if !is_for_programs(uri.path()) => desk.fault(fault).into_response(),
        _ => fault.into_response(),
    }
}
