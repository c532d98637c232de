//! Whether this side works, for machines: no secret, no user, and open without a credential.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use relying_party::health::Store;
use serde_json::{Value, json};
use web::health::Health;

use crate::app::AppState;

/// `/health/live`, `/health/ready`, `/health/auth`, `/status`.
pub fn routes(app: &AppState) -> Router<AppState> {
    let health = stores(app).into_iter().fold(Health::new(), Health::with);
    health.routes().route("/health/auth", get(auth)).route("/status", get(status))
}

fn stores(app: &AppState) -> [Store; 2] {
    [
        Store::new("database", app.db(), commerce::MIGRATION_SET, commerce::MIGRATIONS),
        Store::new("sessions", app.sessions(), relying_party::MIGRATION_SET, relying_party::MIGRATIONS),
    ]
}

async fn auth(State(app): State<AppState>) -> Json<Value> {
    Json(app.guard().describe())
}

async fn status(State(app): State<AppState>) -> (StatusCode, Json<Value>) {
    let mut report = serde_json::Map::new();
    let mut sound = true;
    for store in stores(&app) {
        let (fine, state) = store.report().await;
        sound &= fine;
        report.insert(store.name().to_owned(), state);
    }
    let status = if sound { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut report = json!({ "service": "admin-api", "ok": sound, "stores": report });
    // nothing depends on it, so it makes nothing unsound
    if let (Some(redis), Some(report)) = (app.guard().redis().await, report.as_object_mut()) {
        report.insert("redis".to_owned(), redis);
    }
    (status, Json(report))
}
