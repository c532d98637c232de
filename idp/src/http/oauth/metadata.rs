//! The discovery document and the keys: rendered in advance, and cacheable.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderValue, header},
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

fn document(body: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static(MAX_AGE)),
    ];
    (headers, body).into_response()
}
