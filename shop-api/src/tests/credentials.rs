//! Every API route with and without the credential it needs (J4), and with the wrong ones (P2, RS1, RS2, H8).

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::world::{NOW, SHOP, STAFF, World, world};
use crate::paths::{self, api};

/// The credential that a route requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    Credential,
    Scope(&'static str),
}

/// Method, path, body and required credential of each route.
fn routes(product: &str) -> Vec<(Method, String, Option<Value>, Needs)> {
    let order = json!({
        "items": [{ "product_id": product, "quantity": 1 }],
        "expected_total": { "amount": 1850, "currency": "EUR" },
    });
    vec![
        (Method::GET, "/api/products".into(), None, Needs::Nothing),
        (Method::GET, format!("/api/products/{product}"), None, Needs::Nothing),
        (Method::GET, "/api/me".into(), None, Needs::Credential),
        (Method::GET, "/api/cart".into(), None, Needs::Scope("checkout")),
        (
            Method::PUT,
            format!("/api/cart/items/{product}"),
            Some(json!({ "quantity": 1 })),
            Needs::Scope("checkout"),
        ),
        (Method::DELETE, format!("/api/cart/items/{product}"), None, Needs::Scope("checkout")),
        (Method::POST, "/api/orders".into(), Some(order), Needs::Scope("checkout")),
        (Method::GET, "/api/orders".into(), None, Needs::Scope("orders")),
        (Method::GET, "/api/orders/nothing".into(), None, Needs::Scope("orders")),
    ]
}

#[test]
fn j4_no_route_of_the_api_is_missing_in_the_table() {
    let declared = include_str!("../routes.rs").split("paths::api::").skip(1);
    let mut methods = 0;
    for route in declared {
        let (name, handlers) = route.split_once([',', '(']).unwrap();
        let handlers = handlers.split_once('\n').unwrap().0;
        methods +=
            ["get(", "post(", "put(", "delete("].iter().filter(|word| handlers.contains(**word)).count();
        let stem = match name {
            "PRODUCTS" => api::PRODUCTS.to_owned(),
            "ME" => api::ME.to_owned(),
            "CART" => api::CART.to_owned(),
            "ORDERS" => api::ORDERS.to_owned(),
            "product" => api::product(""),
            "cart_item" => api::cart_item(""),
            "order" => api::order(""),
            other => panic!("no path of the API: {other}"),
        };
        assert!(routes("x").iter().any(|(_, known, ..)| known.starts_with(&stem)), "{name}");
    }
    assert_eq!(methods, routes("x").len());
}

const KEY: &[(&str, &str)] = &[("idempotency-key", "k-1")];

#[tokio::test]
async fn j4_every_route_answers_to_the_credential_it_needs() {
    let world = world().await;
    let product = world.product("stoneware-mug").await.id;
    for (method, path, body, needs) in routes(&product) {
        let scope = match needs {
            Needs::Scope(scope) => scope,
            _ => "openid",
        };
        let token = world.token("anna", scope);
        let answer = world.call((method.clone(), &path), Some(&token), KEY, body).await;
        let expected = match path.as_str() {
            "/api/orders/nothing" => StatusCode::NOT_FOUND,
            paths::api::ORDERS if method == Method::POST => StatusCode::CREATED,
            _ => StatusCode::OK,
        };
        assert_eq!(answer.status, expected, "{method} {path}: {}", answer.body);
    }
}

#[tokio::test]
async fn r1_without_a_credential_the_answer_is_401_and_says_where_to_get_one() {
    let world = world().await;
    let product = world.product("stoneware-mug").await.id;
    for (method, path, body, needs) in routes(&product) {
        let answer = world.call((method.clone(), &path), None, KEY, body).await;
        if needs == Needs::Nothing {
            assert_eq!(answer.status, StatusCode::OK);
            continue;
        }
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
        let challenge = answer.header("www-authenticate");
        let metadata = format!("Bearer resource_metadata=\"{SHOP}/.well-known/oauth-protected-resource\"");
        assert_eq!(challenge, metadata);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["code"], "sign_in_required");
    }
}

#[tokio::test]
async fn rs2_a_token_without_the_scope_is_403() {
    let world = world().await;
    let product = world.product("stoneware-mug").await.id;
    for (method, path, body, needs) in routes(&product) {
        let Needs::Scope(scope) = needs else { continue };
        let other = if scope == "orders" { "openid checkout" } else { "openid orders" };
        let token = world.token("anna", other);
        let answer = world.call((method.clone(), &path), Some(&token), KEY, body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
        assert!(answer.header("www-authenticate").contains("error=\"insufficient_scope\""));
        assert!(answer.header("www-authenticate").contains(&format!("scope=\"{scope}\"")));
    }
}

async fn refused(world: &World, token: &str) -> String {
    let answer = world.get(paths::api::ME, Some(token)).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.body);
    assert!(answer.header("www-authenticate").contains("error=\"invalid_token\""));
    assert!(!answer.header("www-authenticate").contains(token));
    answer.body
}

#[tokio::test]
async fn rs1_a_token_of_another_realm_audience_type_or_time_is_401() {
    let world = world().await;
    let good = world.realm.claims(SHOP, NOW);
    for change in ["audience", "expired", "future", "id token", "other key"] {
        let mut claims = good.clone();
        let mut realm = world.realm.clone();
        let mut typ = "at+jwt";
        match change {
            "audience" => claims.aud = vec!["http://localhost:7102".into()],
            "expired" => (claims.iat, claims.exp) = (NOW - 600, NOW - 300),
            "future" => (claims.iat, claims.exp) = (NOW + 300, NOW + 600),
            "id token" => typ = "JWT",
            _ => realm = relying_party::testing::TestRealm::new(&good.iss),
        }
        refused(&world, &realm.sign(typ, &claims)).await;
    }
    refused(&world, "opaque").await;
    assert_eq!(
        world.get(paths::api::ME, Some(&world.realm.access_token(&good))).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn h8_a_staff_token_is_refused_with_the_side_that_accepts_it() {
    let world = world().await;
    let staff = relying_party::testing::TestRealm::new(STAFF);
    let text = refused(&world, &staff.access_token(&staff.claims(SHOP, NOW))).await;
    assert!(text.contains("staff side") && text.contains("http://localhost:7102"), "{text}");
}

#[tokio::test]
async fn p2_a_staff_session_cookie_is_refused_with_403_where_a_customer_is_needed() {
    let world = world().await;
    let browser = world.browser();
    browser.set_cookie(paths::HOME, "rk_console_session", &"x".repeat(43));
    for path in [paths::ORDERS, paths::api::ORDERS, paths::api::ME, paths::api::CART] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(answer.body.contains("staff side"), "{path}: {}", answer.body);
    }
    assert_eq!(browser.get("/").await.status, StatusCode::OK, "what is open stays open");
}

#[tokio::test]
async fn rs5_a_token_in_the_query_is_no_credential_and_two_credentials_are_refused() {
    let world = world().await;
    let token = world.token("anna", "orders");
    let answer = world.get(&format!("/api/orders?access_token={token}"), None).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let two = [("authorization", "Bearer other")];
    let answer = world.call((Method::GET, paths::api::ORDERS), Some(&token), &two, None).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn rp11_a_session_cookie_changes_nothing_without_the_csrf_token() {
    let world = world().await;
    let product = world.product("stoneware-mug").await.id;
    let path = format!("/api/cart/items/{product}");
    let cookie = {
        let browser = world.browser();
        browser.sign_in("anna").await;
        browser.cookie_header("/")
    };
    let same = ("sec-fetch-site", "same-origin");
    for headers in [vec![("cookie", &*cookie)], vec![("cookie", &*cookie), same]] {
        let body = Some(json!({ "quantity": 1 }));
        let answer = world.call((Method::PUT, &path), None, &headers, body).await;
        assert_eq!((answer.status, &answer.json()["code"]), (StatusCode::FORBIDDEN, &json!("csrf")));
    }
}
