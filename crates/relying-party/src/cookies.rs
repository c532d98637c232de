//! Cookies that extractors set: a middleware adds them to the response.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderValue, header::SET_COOKIE, request::Parts};

/// Collects cookies while a request is handled.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outgoing(Arc<Mutex<Vec<HeaderValue>>>);

/// Middleware that adds the cookies of new visitors to the response; [`MaybeCaller`](crate::MaybeCaller) and
/// [`CsrfForm`](crate::CsrfForm) set them. Every router with such handlers needs it:
/// `.layer(axum::middleware::from_fn(relying_party::send_cookies))`.
pub async fn send_cookies(mut request: Request, next: Next) -> Response {
    let outgoing = Outgoing::default();
    request.extensions_mut().insert(outgoing.clone());
    let mut response = next.run(request).await;
    for cookie in outgoing.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Adds a cookie to the response; `false` when the middleware is missing.
pub(crate) fn add(parts: &Parts, cookie: HeaderValue) -> bool {
    let Some(outgoing) = parts.extensions.get::<Outgoing>() else { return false };
    outgoing.0.lock().unwrap_or_else(PoisonError::into_inner).push(cookie);
    true
}
