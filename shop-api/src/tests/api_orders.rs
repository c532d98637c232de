//! Orders through the API: R2, R3, R6, R11.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use commerce::{
    cart::{self, Owner},
    party::Customer,
};
use database::sql;
use serde_json::{Value, json};
use test_browser::Page;

use super::world::{CUSTOMERS, NOW, World, world};
use crate::paths;

fn body(product: &str, quantity: i64, amount: i64) -> Value {
    json!({
        "items": [{ "product_id": product, "quantity": quantity }],
        "expected_total": { "amount": amount, "currency": "EUR" },
    })
}

async fn post(world: &World, key: &str, body: Value) -> Page {
    let token = world.token("anna", "checkout");
    world
        .call((Method::POST, paths::api::ORDERS), Some(&token), &[("idempotency-key", key)], Some(body))
        .await
}

#[tokio::test]
async fn an_order_is_placed_found_and_listed_by_its_customer_only() {
    let world = world().await;
    let mug = world.product("stoneware-mug").await.id;
    let placed = post(&world, "k", body(&mug, 2, 3700)).await;
    assert_eq!(placed.status, StatusCode::CREATED);
    let path = placed.header("location").to_owned();
    let order = placed.json();
    assert_eq!((&order["payment"], &order["fulfilment"]), (&json!("due"), &json!("new")));
    assert_eq!(order["timeline"], json!([{ "at": NOW, "by": "customer", "kind": "placed" }]));
    let (anna, carl) = (world.token("anna", "orders"), world.token("carl", "orders"));
    assert_eq!(world.get(&path, Some(&anna)).await.json(), order);
    assert_eq!(world.get(&path, Some(&carl)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get(paths::api::ORDERS, Some(&anna)).await.json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(world.get(paths::api::ORDERS, Some(&carl)).await.json()["items"], json!([]));
}

#[tokio::test]
async fn r3_the_key_is_needed_repeats_the_answer_and_belongs_to_one_body() {
    let world = world().await;
    let mug = world.product("stoneware-mug").await.id;
    let token = world.token("anna", "checkout");
    let bad: [&[(&str, &str)]; 4] = [
        &[],
        &[("idempotency-key", "")],
        &[("idempotency-key", "a b")],
        &[("idempotency-key", "a"), ("idempotency-key", "b")],
    ];
    for headers in bad {
        let answer = world
            .call((Method::POST, paths::api::ORDERS), Some(&token), headers, Some(body(&mug, 1, 1850)))
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.json()["code"], "idempotency_key_required");
    }
    let first = post(&world, "k", body(&mug, 1, 1850)).await;
    let again = post(&world, "k", body(&mug, 1, 1850)).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(again.header("location"), first.header("location"));
    let other = post(&world, "k", body(&mug, 2, 3700)).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.json()["code"], "idempotency_key_reused");
    assert_eq!(world.product("stoneware-mug").await.stock, 39);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r3_fifty_parallel_posts_with_one_key_make_one_order() {
    let world = std::sync::Arc::new(world().await);
    let mug = world.product("stoneware-mug").await.id;
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (world, mug) = (world.clone(), mug.clone());
            tokio::spawn(async move { post(&world, "k", body(&mug, 1, 1850)).await })
        })
        .collect();
    let mut bodies = std::collections::BTreeSet::new();
    for task in tasks {
        let answer = task.await.unwrap();
        match answer.status {
            StatusCode::CREATED => drop(bodies.insert(answer.body)),
            StatusCode::CONFLICT => assert_eq!(answer.json()["code"], "request_in_flight"),
            other => panic!("{other}: {}", answer.body),
        }
    }
    assert_eq!((bodies.len(), world.product("stoneware-mug").await.stock), (1, 39));
}

#[tokio::test]
async fn r11_a_changed_total_is_409_with_the_new_one_and_the_key_stays_free() {
    let world = world().await;
    let mug = world.product("stoneware-mug").await.id;
    let answer = post(&world, "k", body(&mug, 1, 1)).await;
    assert_eq!((answer.status, &answer.json()["code"]), (StatusCode::CONFLICT, &json!("total_changed")));
    assert_eq!(answer.json()["total"], json!({ "amount": 1850, "currency": "EUR" }));
    assert_eq!(post(&world, "k", body(&mug, 1, 1850)).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn an_order_without_items_takes_the_cart() {
    let world = world().await;
    let mug = world.product("stoneware-mug").await.id;
    let anna = Owner::customer(&Customer { issuer: CUSTOMERS.into(), sub: "anna".into() });
    let cart = json!({ "expected_total": { "amount": 1850, "currency": "EUR" } });
    assert_eq!(post(&world, "k", cart.clone()).await.json()["code"], "nothing_to_order");
    cart::add(&world.db, &anna, &mug, 1, NOW).await.unwrap();
    assert_eq!(post(&world, "k", cart).await.status, StatusCode::CREATED);
    assert_eq!(cart::item_count(&world.db, &anna).await.unwrap(), 0);
}

#[tokio::test]
async fn what_can_not_be_ordered_is_told_with_the_right_status() {
    let world = world().await;
    let press = world.product("lemon-press").await.id;
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let cases = [
        (body(&press, 4, 8800), StatusCode::CONFLICT, "out_of_stock"),
        (body("unknown", 1, 0), unprocessable, "not_on_sale"),
        (body("' OR 1=1", 1, 0), unprocessable, "invalid_fields"),
        (body(&press, 0, 0), unprocessable, "invalid_fields"),
        (body(&press, i64::MAX, 0), unprocessable, "invalid_fields"),
        (
            json!({ "items": [], "expected_total": { "amount": 0, "currency": "EUR" } }),
            unprocessable,
            "invalid_fields",
        ),
        (json!({ "items": null }), unprocessable, "invalid_request"),
        (json!([]), unprocessable, "invalid_request"),
    ];
    for (body, status, code) in cases {
        let answer = post(&world, "k", body.clone()).await;
        assert_eq!((answer.status, &answer.json()["code"]), (status, &json!(code)), "{body}");
    }
}

#[tokio::test]
async fn r2_a_body_that_is_no_json_is_refused_before_anything_else_happens() {
    let world = world().await;
    let token = world.token("anna", "checkout");
    let cases = [
        (Some("application/json"), "{", StatusCode::BAD_REQUEST),
        (Some("text/plain"), "{}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (Some("application/x-www-form-urlencoded"), "a=1", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (None, "{}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ];
    for (content_type, body, status) in cases {
        let mut request = Request::post(paths::api::ORDERS)
            .header("authorization", format!("Bearer {token}"))
            .header("idempotency-key", "k");
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let answer = world.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, status, "{content_type:?}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["request_id"], answer.header("x-request-id"));
    }
    let large = json!({ "items": [], "padding": "x".repeat(70_000) });
    assert_eq!(post(&world, "k", large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn r6_lists_have_opaque_cursors_links_and_a_bounded_limit() {
    let world = world().await;
    let first = world.get("/api/products?limit=4", None).await;
    let next = first.json()["next"].as_str().unwrap().to_owned();
    assert_eq!(first.header("link"), format!("</api/products?limit=4&after={next}>; rel=\"next\""));
    let second = world.get(&format!("/api/products?limit=4&after={next}"), None).await;
    assert_eq!(second.json()["items"].as_array().unwrap().len(), 2);
    assert_eq!((second.header("link"), &second.json()["next"]), ("", &json!(null)));
    for query in ["limit=0", "limit=101", "limit=x", "limit=1&limit=2", "after=x", "after=%00", "limit=%ff"] {
        let answer = world.get(&format!("/api/products?{query}"), None).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn e2_a_database_that_is_gone_is_503_and_never_a_success() {
    let world = world().await;
    let mug = world.product("stoneware-mug").await.id;
    sql("UPDATE products SET stock = stock").run(&world.db).await.unwrap();
    world.db.close().await;
    let answer = post(&world, "k", body(&mug, 1, 1850)).await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
}
