//! The endpoints that clients call, and the two that browsers are sent to by clients.

pub mod authorize;
pub mod cors;
pub mod end_session;
pub mod introspect;
pub mod metadata;
pub mod revoke;
pub mod token;
pub mod userinfo;

use axum::http::{HeaderMap, header};

/// The one `Authorization` header; `Err` when there are several or it is not text.
pub(super) fn authorization(headers: &HeaderMap) -> Result<Option<&str>, protocol::error::OAuthError> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let refused = || super::error::malformed("the Authorization header is malformed or sent twice");
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| refused()),
        _ => Err(refused()),
    }
}
