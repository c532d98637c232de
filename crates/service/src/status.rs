//! Health and status of a service, for machines: no secret, no personal data, and public.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use relying_party::Realm;
use serde_json::{Map, Value, json};
use web::health::Health;

use crate::{config::ServiceConfig, health::Database, state::AppState};

/// Path of the report on how callers are verified.
const AUTH: &str = "/health/auth";
/// Path of the report on the databases and Redis.
const STATUS: &str = "/status";

/// `/health/live`, `/health/ready` (a write probe on both databases), `/health/auth` and `/status`.
/// `auth` makes the body of `/health/auth`.
pub fn routes<R: Realm, C>(app: &AppState<R, C>, auth: fn(&AppState<R, C>) -> Value) -> Router<AppState<R, C>>
where
    C: AsRef<ServiceConfig> + Send + Sync + 'static,
{
    let health = databases(app).into_iter().fold(Health::new(), Health::with);
    let auth = async move |State(app): State<AppState<R, C>>| Json(auth(&app));
    health.routes().route(AUTH, get(auth)).route(STATUS, get(status::<R, C>))
}

fn databases<R: Realm, C>(app: &AppState<R, C>) -> [Database; 2] {
    [
        Database::new("database", &app.db, commerce::MIGRATION_SET, commerce::MIGRATIONS),
        Database::new("sessions", &app.sessions, relying_party::MIGRATION_SET, relying_party::MIGRATIONS),
    ]
}

async fn status<R: Realm, C>(State(app): State<AppState<R, C>>) -> (StatusCode, Json<Value>)
where
    C: AsRef<ServiceConfig> + Send + Sync + 'static,
{
    let mut report = Map::new();
    let mut sound = true;
    for database in databases(&app) {
        let (fine, state) = database.report().await;
        sound &= fine;
        report.insert(database.name().to_owned(), state);
    }
    let status = if sound { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut report = json!({ "service": app.service().service.name, "ok": sound, "stores": report });
    // the service works without Redis, so its state doesn't change `ok`
    if let (Some(redis), Some(report)) = (app.relying_party.redis().await, report.as_object_mut()) {
        report.insert("redis".to_owned(), redis);
    }
    (status, Json(report))
}
