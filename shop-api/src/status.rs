//! Whether this side works, for machines: no secret, no user, and open without a credential.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use relying_party::health::Store;
use serde_json::{Map, Value, json};
use web::health::Health;

use crate::{CHECKOUT, ORDERS, app::Shop};

/// `/health/live`, `/health/ready` (a write probe on both databases), `/health/auth`, `/status`.
pub fn routes(shop: &Shop) -> Router<Shop> {
    let health = stores(shop).into_iter().fold(Health::new(), Health::with);
    health.routes().route("/health/auth", get(auth)).route("/status", get(status))
}

fn stores(shop: &Shop) -> [Store; 2] {
    [
        Store::new("database", &shop.db, commerce::MIGRATION_SET, commerce::MIGRATIONS),
        Store::new("sessions", &shop.sessions, relying_party::MIGRATION_SET, relying_party::MIGRATIONS),
    ]
}

async fn auth(State(shop): State<Shop>) -> Json<Value> {
    let cookie = shop.guard.config().session.cookie.clear();
    // name and Max-Age come first
    let attributes: Vec<&str> = cookie.to_str().unwrap_or_default().split("; ").skip(2).collect();
    let mut stack = shop.guard.describe();
    if let Some(stack) = stack.as_object_mut() {
        stack.insert("cookie_attributes".into(), json!(attributes));
        stack.insert("scopes".into(), scopes());
    }
    Json(stack)
}

/// Which scope a route needs, by method.
fn scopes() -> Value {
    json!({
        "/api/cart": { "GET": CHECKOUT },
        "/api/cart/items/{product_id}": { "PUT": CHECKOUT, "DELETE": CHECKOUT },
        "/api/orders": { "GET": ORDERS, "POST": CHECKOUT },
        "/api/orders/{id}": { "GET": ORDERS },
    })
}

async fn status(State(shop): State<Shop>) -> (StatusCode, Json<Value>) {
    let mut report = Map::new();
    let mut sound = true;
    for store in stores(&shop) {
        let (fine, state) = store.report().await;
        sound &= fine;
        report.insert(store.name().to_owned(), state);
    }
    let status = if sound { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let mut report = json!({ "service": "shop-api", "ok": sound, "stores": report });
    // nothing depends on it, so it makes nothing unsound
    if let (Some(redis), Some(report)) = (shop.guard.redis().await, report.as_object_mut()) {
        report.insert("redis".to_owned(), redis);
    }
    (status, Json(report))
}
