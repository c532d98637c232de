//! Health of a realm: whether it is alive, can write and has its schemas, and what it is configured for (E8, H10).

use std::sync::Arc;

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};
use web::health::Health;

use crate::{
    flow::{
        clocks::{self, Finding},
        condition,
    },
    realm::Realm,
};

/// The routes.
pub fn routes(realm: &Arc<Realm>) -> Router {
    let (facts, pending, keys) = (realm.clone(), realm.clone(), realm.clone());
    let (clock, times) = (realm.clone(), realm.clone());
    let health = Health::new()
        .probe("database", move || {
            let realm = facts.clone();
            async move { Ok(condition::write_facts(&realm).await?) }
        })
        .probe("pending sign-ins", move || {
            let realm = pending.clone();
            async move { Ok(condition::write_pending(&realm).await?) }
        })
        .probe("signing keys", move || {
            let realm = keys.clone();
            async move { realm.keys.ready().await.map(drop).ok_or_else(|| "there are none yet".into()) }
        })
        // makes this replica unready: the load balancer can use another one
        .probe("clock", move || {
            let realm = clock.clone();
            async move {
                match clocks::compare(&realm).await? {
                    apart @ Finding::Apart(_) => Err(apart.text().unwrap_or_default().into()),
                    _ => Ok(()),
                }
            }
        })
        // a remark only: the clock may be right and the stored times wrong, and then no replica is better
        .remark(move || {
            let realm = times.clone();
            async move { clocks::compare(&realm).await.ok().and_then(Finding::text) }
        });
    Router::new()
        .route("/health/auth", get(auth))
        .route("/status", get(status))
        .with_state(realm.clone())
        .merge(health.routes())
}

/// The settings of this realm's sign-in. No secret is among them.
async fn auth(State(realm): State<Arc<Realm>>) -> Json<Value> {
    let config = &realm.config;
    Json(json!({
        "realm": config.name,
        "issuer": config.issuer,
        "session_cookie": realm.cookies.session.name(),
        "second_factor": config.factors.everybody.as_str(),
        "session_idle_seconds": config.session.idle,
        "session_absolute_seconds": config.session.absolute,
        "access_token_seconds": config.tokens.access,
        "registration_open": config.registration.open,
    }))
}

/// Whether the databases answer, accept writes and have the schemas of this program. The format is the same as in the
/// APIs.
async fn status(State(realm): State<Arc<Realm>>) -> (StatusCode, Json<Value>) {
    let (facts, pending) = (condition::facts(&realm).await, condition::pending(&realm).await);
    let ok = facts.is_sound() && pending.is_sound();
    let status = if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let stores = json!({ "database": facts, "pending sign-ins": pending });
    let mut report = json!({ "realm": realm.config.name, "ok": ok, "stores": stores });
    // Redis is optional, so an unreachable Redis does not change `ok`
    if let (Some(cache), Some(report)) = (&realm.cache, report.as_object_mut()) {
        report.insert("redis".to_owned(), json!({ "reachable": cache.is_reachable().await }));
    }
    (status, Json(report))
}
