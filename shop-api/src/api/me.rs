//! The caller, as described by the access token.

use axum::Json;
use relying_party::Caller;
use serde::Serialize;

use crate::realm::Customer;

/// The caller.
#[derive(Debug, Serialize)]
pub struct Me {
    issuer: String,
    sub: String,
    client_id: String,
    scope: String,
    roles: Vec<String>,
}

/// `GET /api/me`: for any valid credential of this realm.
pub async fn show(caller: Caller<Customer>) -> Json<Me> {
    let claims = caller.claims;
    Json(Me {
        issuer: claims.iss,
        sub: claims.sub,
        client_id: claims.client_id,
        scope: claims.scope.to_string(),
        roles: claims.roles,
    })
}
