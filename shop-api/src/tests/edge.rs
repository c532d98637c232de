//! Health, metadata, and answers to unknown addresses and methods.

use axum::http::{Method, StatusCode};
use database::{DatabaseUrl, testing::TestDatabases};
use serde_json::json;
use service::{Databases, ServiceConfig};

use super::world::{CUSTOMERS, SHOP, config, world};
use crate::paths;

#[tokio::test]
async fn web10_unknown_addresses_and_methods_are_json_for_programs_and_pages_for_people() {
    let world = world().await;
    let cases = [
        (Method::GET, "/api/nothing", StatusCode::NOT_FOUND, true),
        (Method::GET, "/api/products/UPPER", StatusCode::NOT_FOUND, true),
        (Method::DELETE, paths::api::PRODUCTS, StatusCode::METHOD_NOT_ALLOWED, true),
        (Method::GET, "/.well-known/nothing", StatusCode::NOT_FOUND, true),
        (Method::GET, "/nothing", StatusCode::NOT_FOUND, false),
        (Method::GET, "/products/no-such-thing", StatusCode::NOT_FOUND, false),
        (Method::PUT, paths::CART, StatusCode::METHOD_NOT_ALLOWED, false),
        (Method::GET, paths::CHECKOUT, StatusCode::METHOD_NOT_ALLOWED, false),
        (Method::GET, paths::LOGIN, StatusCode::METHOD_NOT_ALLOWED, false),
    ];
    for (method, path, status, json) in cases {
        let answer = world.call((method.clone(), path), None, &[], None).await;
        assert_eq!(answer.status, status, "{method} {path}");
        let expected = if json { "application/problem+json" } else { "text/html; charset=utf-8" };
        assert_eq!(answer.header("content-type"), expected, "{method} {path}");
        assert_eq!(status == StatusCode::METHOD_NOT_ALLOWED, !answer.header("allow").is_empty());
    }
}

#[tokio::test]
async fn d11_an_error_page_has_a_sentence_a_code_and_the_request_id() {
    let world = world().await;
    let page = world.browser().get("/nothing").await;
    assert!(page.body.contains("This page does not exist"));
    assert!(page.body.contains("<code id=\"error-code\">not_found</code>"));
    assert!(page.body.contains(page.header("x-request-id")) && !page.header("x-request-id").is_empty());
}

#[tokio::test]
async fn e8_ready_is_503_once_a_database_takes_no_writes_and_alive_stays_200() {
    let world = world().await;
    assert_eq!(world.get("/health/ready", None).await.status, StatusCode::OK);
    assert_eq!(world.get("/status", None).await.json()["ok"], true);
    world.sessions.close().await;
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert_eq!(world.get("/health/ready", None).await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.get("/status", None).await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.get("/health/live", None).await.status, StatusCode::OK);
}

#[tokio::test]
async fn h10_health_auth_describes_the_stack_without_secrets() {
    let world = world().await;
    let answer = world.get("/health/auth", None).await;
    let stack = answer.json();
    assert_eq!((&stack["issuer"], &stack["audience"]), (&json!(CUSTOMERS), &json!(SHOP)));
    assert_eq!(stack["session_cookie"], "rk_shop_session");
    assert_eq!(stack["cookie_attributes"], json!(["Path=/", "HttpOnly", "SameSite=Lax"]));
    assert_eq!(stack["scopes"][paths::api::ORDERS], json!({ "GET": "orders", "POST": "checkout" }));
    assert!(!answer.body.contains("Wf3kq0Zp8s1TnYb7Rx5mVd2L") && !answer.body.contains("hG8vQ2mZ"));
}

#[tokio::test]
async fn rfc9728_the_metadata_names_the_one_realm() {
    let world = world().await;
    let metadata = world.get("/.well-known/oauth-protected-resource", None).await.json();
    assert_eq!(
        (&metadata["resource"], &metadata["authorization_servers"]),
        (&json!(SHOP), &json!([CUSTOMERS]))
    );
}

#[tokio::test]
async fn what_has_expired_is_deleted_in_the_background() {
    let world = world().await;
    let browser = world.browser();
    browser.add("stoneware-mug", "1").await;
    world.clock.advance(31 * 24 * 60 * 60);
    world.app.reap().await.unwrap();
    assert!(browser.get(paths::CART).await.body.contains("Your cart is empty"));
}

#[tokio::test]
async fn o16_a_shop_whose_file_was_lost_is_not_started_as_an_empty_one() {
    let place = TestDatabases::new();
    let [shop, sessions] = [place.database().await, place.database().await];
    let DatabaseUrl::Sqlite(file) = shop.clone() else { return };
    let config =
        ServiceConfig { database: shop.clone(), sessions_database: sessions.clone(), ..config().service };
    drop(Databases::open(&config).await.unwrap());
    std::fs::rename(&file, file.with_extension("away")).unwrap();
    let refused = Databases::open(&config).await.unwrap_err().to_string();
    assert!(refused.contains("is missing") && !file.exists(), "{refused}");
    std::fs::rename(file.with_extension("away"), &file).unwrap();
    Databases::open(&config).await.unwrap();
}
