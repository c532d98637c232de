//! Health and status, for machines.

use axum::Router;
use serde_json::{Value, json};

use crate::{
    access::{CHECKOUT, ORDERS},
    paths::api,
    state::AppState,
};

/// `/health/live`, `/health/ready`, `/health/auth`, `/status`.
pub fn routes(app: &AppState) -> Router<AppState> {
    service::status::routes(app, auth)
}

fn auth(app: &AppState) -> Value {
    let cookie = app.relying_party.config().session.cookie.clear();
    // skips the name and Max-Age, which come first
    let attributes: Vec<&str> = cookie.to_str().unwrap_or_default().split("; ").skip(2).collect();
    let mut auth = app.relying_party.describe();
    if let Some(auth) = auth.as_object_mut() {
        auth.insert("cookie_attributes".into(), json!(attributes));
        auth.insert("scopes".into(), scopes());
    }
    auth
}

/// The scope that each route needs, by method.
fn scopes() -> Value {
    json!({
        api::CART: { "GET": CHECKOUT },
        api::cart_item("{product_id}"): { "PUT": CHECKOUT, "DELETE": CHECKOUT },
        api::ORDERS: { "GET": ORDERS, "POST": CHECKOUT },
        api::order("{id}"): { "GET": ORDERS },
    })
}
