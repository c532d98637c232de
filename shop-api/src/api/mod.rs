//! The JSON API for programs: bearer tokens with the scopes `checkout` (cart, placing an order) and `orders` (history).
//!
//! * [`products`]: public; [`cart`], [`orders`], [`me`]: data of the caller

pub mod cart;
pub mod me;
pub mod orders;
pub mod products;

use axum::{
    Json,
    http::{HeaderValue, header::LINK},
    response::{IntoResponse, Response},
};
use commerce::page::Cursor;
use serde::Serialize;

use crate::error::Error;

/// A JSON body.
type JsonBody<T> = web::json::JsonBody<T, Error>;

/// One page of a list.
#[derive(Debug, Serialize)]
struct Listed<T> {
    items: Vec<T>,
    next: Option<Cursor>,
}

/// The response of a list, with `Link: rel="next"` when there is a next page (R6).
fn listed<T: Serialize>(path: &str, limit: i64, items: Vec<T>, next: Option<Cursor>) -> Response {
    let link = next.as_ref().map(|next| format!("<{path}?limit={limit}&after={next}>; rel=\"next\""));
    let mut response = Json(Listed { items, next }).into_response();
    if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
        response.headers_mut().insert(LINK, link);
    }
    response
}
