//! Protected resource metadata (RFC 9728): how a client finds the realm that this service trusts.

use crate::guard::{Core, RealmGuard, Side};
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use std::sync::Arc;

/// RFC 9728 section 3.
pub(crate) const PATH: &str = "/.well-known/oauth-protected-resource";

pub(crate) async fn show<R: Side>(State(guard): State<Arc<RealmGuard<R>>>) -> Json<Value> {
    Json(document(&guard.core))
}

fn document(core: &Core) -> Value {
    json!({
        "resource": core.config.audience,
        "authorization_servers": [core.config.issuer],
        "scopes_supported": core.config.scopes,
        "bearer_methods_supported": ["header"],
    })
}
