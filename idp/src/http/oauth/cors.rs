//! CORS: browser apps may read the metadata and the keys, and call the token, userinfo and revocation endpoints, from
//! the origins that their clients registered (WEB-9). These endpoints ignore cookies, so credentials are not allowed.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::realm::Realm;

/// Lets the app that sent a request read the response, including every kind of refusal.
pub async fn share(State(realm): State<Arc<Realm>>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin.filter(|origin| registered(&realm, origin)) {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        // with the request id the app can name the log line of its request
        let readable = HeaderValue::from_static("x-request-id, www-authenticate, retry-after");
        response.headers_mut().insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, readable);
    }
    response
}

fn registered(realm: &Realm, origin: &HeaderValue) -> bool {
    origin.to_str().is_ok_and(|text| realm.has_origin(text))
}

/// Answers a CORS preflight request.
pub async fn preflight(State(realm): State<Arc<Realm>>, headers: HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if headers.get(header::ORIGIN).is_some_and(|origin| registered(&realm, origin)) {
        let allowed = response.headers_mut();
        allowed.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
        // MCP clients send the last one, also when they read the metadata
        let names = HeaderValue::from_static("authorization, content-type, mcp-protocol-version");
        allowed.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names);
        allowed.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    response
}
