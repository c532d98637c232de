//! The discovery document and the keys: rendered in advance, and cacheable.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::super::error;
use crate::{flow::Error, realm::Realm};

/// How long caches may keep the documents: 300 seconds. A new key is published for longer than that before it signs
/// (K13).
const MAX_AGE: &str = "public, max-age=300";

/// The metadata, under both of its names: OpenID Connect Discovery 1.0 and RFC 8414.
pub async fn discovery(State(realm): State<Arc<Realm>>) -> Response {
    document(realm.documents.metadata.clone())
}

/// The public keys (RFC 7517).
pub async fn jwks(State(realm): State<Arc<Realm>>) -> Response {
    match realm.keys.ready().await {
        Some(keys) => document(keys.jwks.clone()),
        None => {
            error::json(Error::Internal(anyhow::anyhow!("the realm has no signing keys")), false, realm.now())
        }
    }
}

/// Where people add and manage passkeys (S22); not there in realms without passkeys.
pub async fn passkey_endpoints(State(realm): State<Arc<Realm>>) -> Response {
    match &realm.passkeys {
        Some(_) => document(realm.documents.passkey_endpoints.clone()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The other origins at which the realm's passkeys may be used (Web Authentication section 5.11.1).
pub async fn related_origins(State(realm): State<Arc<Realm>>) -> Response {
    match &realm.documents.related_origins {
        Some(origins) => document(origins.clone()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn document(body: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static(MAX_AGE)),
    ];
    (headers, body).into_response()
}
