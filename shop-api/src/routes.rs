//! Every address of the customer side, with the credential it needs.

use std::sync::Arc;

use axum::{
    Router,
    http::Uri,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use web::edge::{Edge, RequestId};

use crate::{api, app::Shop, assets, cors, error::Fault, pages, status};

/// All routes, inside the edge.
pub fn router(shop: &Shop) -> Router {
    let pages = pages()
        .merge(
            relying_party::routes(&shop.guard).layer(from_fn_with_state(shop.clone(), pages::cart::follow)),
        )
        .fallback(nowhere)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(shop.clone(), pages::errors::as_pages))
        .layer(from_fn(relying_party::send_cookies));
    let api = api()
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(Arc::clone(&shop.config.cors_origins), cors::cors));
    let routes =
        pages.merge(api).merge(assets::routes()).merge(status::routes(shop)).with_state(shop.clone());
    let (clock, random) = (Arc::clone(&shop.clock), Arc::clone(&shop.random));
    let panicked = {
        let shop = shop.clone();
        move |RequestId(id): &RequestId| pages::errors::broken(&shop, id)
    };
    Edge::new("shop-api", &shop.config.public_url, clock, random)
        .limits(shop.config.listener.clone())
        .on_panic(panicked)
        .wrap(routes)
}

fn pages() -> Router<Shop> {
    Router::new()
        // open to everybody
        .route("/", get(pages::catalogue::list))
        .route("/products/{slug}", get(pages::catalogue::product))
        .route("/pages/{slug}", get(pages::content::show))
        .route("/cart", get(pages::cart::show).post(pages::cart::change))
        .route("/signed-out", get(pages::signed_out::show))
        // a session with the scope `checkout`
        .route("/checkout", post(pages::checkout::place))
        // a session with the scope `orders`
        .route("/orders", get(pages::orders::list))
        .route("/orders/{id}", get(pages::orders::show))
}

fn api() -> Router<Shop> {
    Router::new()
        // open to everybody
        .route("/api/products", get(api::products::list))
        .route("/api/products/{id}", get(api::products::show))
        // any credential of this side
        .route("/api/me", get(api::me::show))
        // the scope `checkout`
        .route("/api/cart", get(api::cart::show))
        .route("/api/cart/items/{product_id}", put(api::cart::set).delete(api::cart::remove))
        // the scope `orders`; placing one: the scope `checkout`
        .route("/api/orders", get(api::orders::list).post(api::orders::place))
        .route("/api/orders/{id}", get(api::orders::show))
}

async fn nowhere(uri: Uri) -> Response {
    missing(&uri, Fault::NotFound)
}

async fn wrong_method(uri: Uri) -> Response {
    missing(&uri, Fault::MethodNotAllowed)
}

fn missing(uri: &Uri, fault: Fault) -> Response {
    let mut response = fault.into_response();
    if is_for_programs(uri.path()) {
        response.extensions_mut().insert(pages::errors::ForPrograms);
    }
    response
}

/// Where answers are JSON, whatever they say.
fn is_for_programs(path: &str) -> bool {
    path == "/api"
        || path.starts_with("/api/")
        || path.starts_with("/.well-known/")
        || path.starts_with("/health/")
}
