//! Answers to unknown paths, and to methods that a known path does not take.

use axum::{
    body::Body,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{context::Context, error, respond};
use crate::paths::page_of_form;

/// The answer to an unknown path: a page for people, 404 without one for programs.
pub async fn not_found(headers: HeaderMap, context: Context) -> Response {
    if wants_page(&headers) {
        return context.finish(Ok(error::no_page(&context)));
    }
    StatusCode::NOT_FOUND.into_response()
}

/// Answers 405; the router adds `Allow`. After a failed form its URL stays in the address bar: a person who opens it
/// again is redirected to the page of that form (S7).
pub async fn method_not_allowed(method: Method, headers: HeaderMap, context: Context) -> Response {
    if wants_page(&headers) {
        let form = page_of_form(&context.path).filter(|_| method.is_safe());
        let response = form.map_or_else(|| error::not_a_page(&context), |page| respond::see_other(&page));
        return context.finish(Ok(response));
    }
    let mut response = error::no_such_method();
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

/// Whether a browser's page is wanted, judged by the `Accept` header.
fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}
