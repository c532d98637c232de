//! Browser apps may call the token, userinfo and revocation endpoints from the origins their clients registered (D9).
//! No cookie counts there, so no credentials are allowed.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::realm::Realm;

/// The origin of the app that asks; none from programs and from our own pages.
pub fn origin(headers: &HeaderMap) -> Option<HeaderValue> {
    headers.get(header::ORIGIN).cloned()
}

/// Adds the permission to an answer, when the origin is registered.
pub fn allow(realm: &Realm, origin: Option<HeaderValue>, mut response: Response) -> Response {
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin.filter(|origin| origin.to_str().is_ok_and(|text| realm.has_origin(text))) {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    response
}

/// Answers a browser's question before it calls.
pub async fn preflight(State(realm): State<Arc<Realm>>, headers: HeaderMap) -> Response {
    let mut response = allow(&realm, origin(&headers), StatusCode::NO_CONTENT.into_response());
    if response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        let allowed = response.headers_mut();
        allowed.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
        let names = HeaderValue::from_static("authorization, content-type");
        allowed.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names);
        allowed.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    response
}
