//! Health of a realm: alive, ready to take writes, what it is, where its schema stands (E8, H10).

use std::sync::Arc;

use axum::{Json, Router, extract::State, routing::get};
use serde_json::{Value, json};
use service::health::Health;

use crate::{flow, realm::Realm, store::migrations};

/// The routes.
pub fn routes(realm: &Arc<Realm>) -> Router {
    let (facts, pending) = (realm.clone(), realm.clone());
    let health = Health::new()
        .probe("database", move || {
            let realm = facts.clone();
            async move { Ok(realm.store.probe_write(realm.now()).await?) }
        })
        .probe("pending sign-ins", move || {
            let realm = pending.clone();
            async move { Ok(realm.store.probe_pending().await?) }
        });
    Router::new()
        .route("/health/auth", get(auth))
        .route("/status", get(status))
        .with_state(realm.clone())
        .merge(health.routes())
}

/// What this realm's sign-in is like, without a secret.
async fn auth(State(realm): State<Arc<Realm>>) -> Json<Value> {
    let config = &realm.config;
    Json(json!({
        "realm": config.name,
        "issuer": config.issuer,
        "session_cookie": realm.cookies.session.name(),
        "second_factor": if realm.second_factor_required() { "required" } else { "optional" },
        "session_idle_seconds": config.session.idle,
        "session_absolute_seconds": config.session.absolute,
        "access_token_seconds": config.tokens.access,
        "registration_open": config.registration.open,
    }))
}

/// Whether the database answers and the schemas are this program's.
async fn status(State(realm): State<Arc<Realm>>) -> axum::response::Response {
    let report = async {
        let facts = realm.store.facts.migration_status(migrations::FACTS_SET, migrations::FACTS).await?;
        let pending =
            realm.store.pending.migration_status(migrations::PENDING_SET, migrations::PENDING).await?;
        flow::Result::Ok(Json(json!({
            "realm": realm.config.name,
            "database": "connected",
            "schema": { "applied": facts.applied, "known": facts.known },
            "session_store": { "applied": pending.applied, "known": pending.known },
        })))
    };
    match report.await {
        Ok(report) => axum::response::IntoResponse::into_response(report),
        Err(failure) => super::error::json(failure, false, realm.now()),
    }
}
