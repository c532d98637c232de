//! Orders through the API (C5, R4), and an order to work with.

use axum::http::Method;
use clock::random::OsRandom;
use commerce::{
    catalogue, demo,
    money::Money,
    orders::{Goods, Item, Placement, place},
    page::Window,
    party::Customer,
};
use test_browser::Page;

use super::world::{NOW, World};
use crate::paths;

/// Places an order of one product; returns the order's id.
pub async fn order(world: &World, key: &str) -> String {
    let db = &world.app.state().db;
    demo::seed(db, &OsRandom, NOW).await.unwrap();
    let product = catalogue::published(db, &Window::first(1)).await.unwrap().items.remove(0);
    let customer = Customer { issuer: "http://localhost:7001".into(), sub: "customer-1".into() };
    let placement = Placement {
        customer: &customer,
        key,
        body_hash: key,
        goods: Goods::Items(vec![Item { product_id: product.id, quantity: 1 }]),
        expected: Money::new(product.price, product.currency),
        now: NOW,
    };
    place(db, &OsRandom, &placement).await.unwrap().order.order.id
}

async fn change(world: &World, id: &str, if_match: Option<&str>, body: &str) -> Page {
    let bearer = world.bearer();
    let mut headers = vec![("authorization", bearer.as_str())];
    headers.extend(if_match.map(|tag| ("if-match", tag)));
    world.call(Method::POST, &paths::api::order_status(id), &headers, body).await
}

#[tokio::test]
async fn c5_the_two_statuses_move_apart_and_leave_a_timeline() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let packed = change(&world, &id, Some("\"1\""), r#"{"fulfilment":"packed"}"#).await;
    assert_eq!((packed.status.as_u16(), packed.header("etag")), (200, "\"2\""), "{}", packed.body);
    assert_eq!(
        (packed.json()["payment"].as_str(), packed.json()["fulfilment"].as_str()),
        (Some("due"), Some("packed"))
    );
    let event = packed.json()["timeline"][1].clone();
    assert_eq!((event["actor"]["sub"].as_str(), event["to"].as_str()), (Some("user-1"), Some("packed")));
}

#[tokio::test]
async fn c5_an_illegal_move_is_refused_with_the_reason() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let answer = change(&world, &id, Some("\"1\""), r#"{"fulfilment":"delivered"}"#).await;
    assert_eq!((answer.status.as_u16(), answer.text("code").as_str()), (409, "illegal_transition"));
    assert!(answer.json()["detail"].as_str().unwrap().contains("packed"));
}

#[tokio::test]
async fn r4_an_order_changes_only_from_the_version_somebody_saw() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let paid = r#"{"payment":"paid"}"#;
    assert_eq!(change(&world, &id, None, paid).await.status.as_u16(), 428);
    assert_eq!(change(&world, &id, Some("\"1\""), paid).await.status.as_u16(), 200);
    let stale = change(&world, &id, Some("\"1\""), r#"{"fulfilment":"packed"}"#).await;
    assert_eq!((stale.status.as_u16(), stale.text("code").as_str()), (412, "stale_version"));
    for body in
        [r#"{"payment":"free"}"#, r#"{"payment":"paid","fulfilment":"new"}"#, "{}", r#"{"total":"0"}"#]
    {
        assert_eq!(change(&world, &id, Some("\"2\""), body).await.status.as_u16(), 422, "{body}");
    }
    assert_eq!(change(&world, "nothing", Some("\"1\""), paid).await.status.as_u16(), 404);
}

#[tokio::test]
async fn c1_orders_are_filtered_and_paged() {
    let world = World::new().await;
    let first = order(&world, "k1").await;
    order(&world, "k2").await;
    change(&world, &first, Some("\"1\""), r#"{"payment":"paid"}"#).await;
    let bearer = world.bearer();
    let paid = world.get("/api/orders?payment=paid", ("authorization", &bearer)).await.json();
    assert_eq!(
        (paid["items"].as_array().map(Vec::len), paid["items"][0]["id"].as_str()),
        (Some(1), Some(&*first))
    );
    let page = world.get("/api/orders?limit=1", ("authorization", &bearer)).await;
    assert!(page.header("link").contains("limit=1&after="), "{:?}", page.headers);
    assert_eq!(world.get("/api/orders?payment=free", ("authorization", &bearer)).await.status.as_u16(), 400);
}
