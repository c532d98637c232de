//! The routes of the service, with the credential that each requires.

use std::sync::Arc;

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
};
use service::{
    CommonError,
    error_pages::error_pages,
    language::{choose_language, recognise_language},
    people,
};
use web::{
    edge::{Edge, RequestId},
    routing::{delete, get, post, put},
};

use crate::{
    api, assets, cors,
    pages::{self, PageRequest},
    paths,
    state::AppState,
    status,
};

/// All routes, inside the edge.
pub fn router(app: &AppState) -> Router {
    let sign_in = relying_party::routes(&app.relying_party)
        .layer(from_fn_with_state(app.clone(), pages::cart::follow))
        .layer(from_fn_with_state(app.clone(), people::remember));
    let pages = pages()
        .merge(sign_in)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(app.clone(), error_pages::<AppState, PageRequest>))
        .layer(from_fn(relying_party::send_cookies))
        .layer(from_fn_with_state(app.clone(), recognise_language));
    let api = api()
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(Arc::clone(&app.config.cors_origins), cors::cors));
    let routes = pages.merge(api).merge(assets::routes()).merge(status::routes(app)).with_state(app.clone());
    edge(app).wrap(routes)
}

fn edge(app: &AppState) -> Edge {
    let service = app.service();
    let panicked = {
        let app = app.clone();
        move |RequestId(id): &RequestId| pages::message::panicked(&app, id)
    };
    Edge::new(service.service.name, &service.public_url, Arc::clone(&app.clock), Arc::clone(&app.random))
        .limits(service.listener.clone())
        .on_panic(panicked)
}

fn pages() -> Router<AppState> {
    Router::new()
        // public
        .route(paths::HOME, get(pages::catalogue::list))
        .route(&paths::product("{slug}"), get(pages::catalogue::product))
        .route(&paths::content("{slug}"), get(pages::content::show))
        .route(paths::CART, get(pages::cart::show).merge(post(pages::cart::change)))
        .route(paths::SIGNED_OUT, get(pages::signed_out::show))
        .route(paths::LANGUAGE, get(pages::language::show).merge(post(choose_language)))
        // need a session with the scope `checkout`
        .route(paths::CHECKOUT, post(pages::checkout::place))
        // need a session with the scope `orders`
        .route(paths::ORDERS, get(pages::orders::list))
        .route(&paths::order("{id}"), get(pages::orders::show))
}

fn api() -> Router<AppState> {
    Router::new()
        // public
        .route(paths::api::PRODUCTS, get(api::products::list))
        .route(&paths::api::product("{id}"), get(api::products::show))
        // needs any credential of this service
        .route(paths::api::ME, get(api::me::show))
        // need the scope `checkout`
        .route(paths::api::CART, get(api::cart::show))
        .route(&paths::api::cart_item("{product_id}"), put(api::cart::set).merge(delete(api::cart::remove)))
        // need the scope `orders`; placing an order needs the scope `checkout`
        .route(paths::api::ORDERS, get(api::orders::list).merge(post(api::orders::place)))
        .route(&paths::api::order("{id}"), get(api::orders::show))
}

async fn not_found() -> CommonError {
    CommonError::NotFound
}

async fn method_not_allowed() -> CommonError {
    CommonError::MethodNotAllowed
}
