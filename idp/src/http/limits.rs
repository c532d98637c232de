//! Rate limits, checked before any other work is done for a request (POOL-4).

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use cache::Limiter;

use super::{error, request};
use crate::{
    flow::{Error, client_call::Caller, throttle},
    realm::Realm,
    session::language::language,
};

/// Limits requests to pages.
pub async fn pages(State(realm): State<Arc<Realm>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let caller = request::caller(&parts, &realm);
    match admit(&realm, "pages", realm.limits.pages.as_ref(), &caller).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(refused) => {
            let language = language(&realm, &parts.headers, None);
            error::plain(&realm, &caller.request_id, language, refused)
        }
    }
}

/// Limits requests to the endpoints of clients.
pub async fn endpoints(State(realm): State<Arc<Realm>>, request: Request, next: Next) -> Response {
    // a CORS preflight does not count
    if realm.limits.endpoints.is_none() || request.method() == Method::OPTIONS {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let caller = request::caller(&parts, &realm);
    match admit(&realm, "endpoints", realm.limits.endpoints.as_ref(), &caller).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(refused) => error::json(refused, false, realm.now()),
    }
}

async fn admit(realm: &Realm, kind: &str, limiter: Option<&Limiter>, caller: &Caller) -> Result<(), Error> {
    match limiter {
        Some(limiter) => throttle::request(realm, kind, limiter, caller.address).await,
        None => Ok(()),
    }
}
