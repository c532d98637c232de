//! The cart through the API.

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::world::world;
use crate::paths;

#[tokio::test]
async fn a_cart_is_set_read_and_emptied() {
    let world = world().await;
    let (mug, token) = (world.product("stoneware-mug").await, world.token("anna", "checkout"));
    let item = paths::api::cart_item(&mug.id);
    let body = Some(json!({ "quantity": 2 }));
    let answer = world.call((Method::PUT, &item), Some(&token), &[], body).await;
    assert_eq!(answer.json()["total"], json!({ "amount": 3700, "currency": "EUR" }));
    let cart = world.get(paths::api::CART, Some(&token)).await.json();
    assert_eq!((&cart["item_count"], &cart["items"][0]["quantity"]), (&json!(2), &json!(2)));
    let other = world.token("carl", "checkout");
    assert_eq!(world.get(paths::api::CART, Some(&other)).await.json()["item_count"], 0);
    let answer = world.call((Method::DELETE, &item), Some(&token), &[], None).await;
    assert_eq!((&answer.json()["item_count"], &answer.json()["total"]), (&json!(0), &json!(null)));
}

#[tokio::test]
async fn what_a_cart_can_not_hold_is_told_with_the_right_status() {
    let world = world().await;
    let (mug, token) = (world.product("stoneware-mug").await, world.token("anna", "checkout"));
    let item = paths::api::cart_item(&mug.id);
    let cases = [
        (item.as_str(), json!({ "quantity": 100 }), StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields"),
        (&item, json!({ "quantity": -1 }), StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields"),
        (&item, json!({ "quantity": 1, "price": 1 }), StatusCode::UNPROCESSABLE_ENTITY, "invalid_request"),
        (&item, json!({ "quantity": "1" }), StatusCode::UNPROCESSABLE_ENTITY, "invalid_request"),
        ("/api/cart/items/unknown", json!({ "quantity": 1 }), StatusCode::NOT_FOUND, "not_found"),
        ("/api/cart/items/%00", json!({ "quantity": 1 }), StatusCode::NOT_FOUND, "not_found"),
        ("/api/cart/items/%ff", json!({ "quantity": 1 }), StatusCode::NOT_FOUND, "not_found"),
    ];
    for (path, body, status, code) in cases {
        let answer = world.call((Method::PUT, path), Some(&token), &[], Some(body.clone())).await;
        assert_eq!((answer.status, &answer.json()["code"]), (status, &json!(code)), "{path} {body}");
    }
}
