//! Orders on the console (C5, C1).

use axum::http::StatusCode;

use super::api_orders::order;
use super::world::World;

#[tokio::test]
async fn c5_only_legal_moves_are_offered_and_they_leave_a_trace() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let path = format!("/orders/{id}");
    let page = world.get(&path, ("cookie", &cookie)).await;
    assert_eq!((page.element("payment"), page.element("fulfilment")), (Some("due"), Some("new")));
    for offered in ["payment-paid", "fulfilment-packed", "fulfilment-cancelled"] {
        assert!(page.element(offered).is_some(), "{offered}");
    }
    for impossible in ["fulfilment-shipped", "fulfilment-delivered", "payment-refunded"] {
        assert!(page.element(impossible).is_none(), "{impossible}");
    }
    let (csrf, version) = (page.field("csrf"), page.field("version"));
    let fields = [("csrf", &*csrf), ("version", &*version), ("change", "payment-paid")];
    let done = world.post(&format!("{path}/status"), &cookie, &fields).await;
    assert_eq!(
        (done.status, done.header("location")),
        (StatusCode::SEE_OTHER, &*format!("{path}?done=changed"))
    );
    let page = world.get(done.header("location"), ("cookie", &cookie)).await;
    assert_eq!(page.element("payment"), Some("paid"));
    assert!(page.text.contains("Payment: due → paid") && page.text.contains(", you</span>"));
    assert!(page.text.contains("The order is changed."));
}

#[tokio::test]
async fn c5_a_stale_or_illegal_move_changes_nothing_and_shows_the_order_as_it_is() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let path = format!("/orders/{id}");
    let csrf = world.get(&path, ("cookie", &cookie)).await.field("csrf");
    let press = async |version: &str, change: &str| {
        let fields = [("csrf", &*csrf), ("version", version), ("change", change)];
        world.post(&format!("{path}/status"), &cookie, &fields).await
    };
    let illegal = press("1", "fulfilment-delivered").await;
    assert_eq!((illegal.status, illegal.field("version")), (StatusCode::CONFLICT, "1".to_owned()));
    assert!(illegal.text.contains("Nothing was changed"));
    assert_eq!(press("1", "payment-paid").await.status, StatusCode::SEE_OTHER);
    let stale = press("1", "fulfilment-packed").await;
    assert_eq!((stale.status, stale.field("version")), (StatusCode::CONFLICT, "2".to_owned()));
    assert!(stale.text.contains("Somebody else changed this order"));
    assert_eq!(press("2", "price-free").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(press("2", "fulfilment-cancelled").await.status, StatusCode::SEE_OTHER);
    assert_eq!(press("3", "payment-refunded").await.status, StatusCode::SEE_OTHER);
    let ended = world.get(&path, ("cookie", &cookie)).await;
    assert!(ended.element("no-moves").is_some());
}

#[tokio::test]
async fn q5_a_move_that_is_sent_twice_is_made_once_and_shown_as_made() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let path = format!("/orders/{id}");
    let mut browsers = Vec::new();
    for _ in 0..2 {
        let cookie = world.browser(&world.claims(&["sales_management"])).await;
        let csrf = world.get(&path, ("cookie", &cookie)).await.field("csrf");
        browsers.push((cookie, csrf));
    }
    let press = async |(cookie, csrf): &(String, String), change: &str| {
        let fields = [("csrf", &**csrf), ("version", "1"), ("change", change)];
        world.post(&format!("{path}/status"), cookie, &fields).await
    };
    let first = press(&browsers[0], "payment-paid").await;
    let second = press(&browsers[0], "payment-paid").await;
    assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(first.header("location"), second.header("location"));
    let page = world.get(&path, ("cookie", &browsers[0].0)).await;
    assert_eq!(page.field("version"), "2");
    assert_eq!(press(&browsers[0], "fulfilment-packed").await.status, StatusCode::CONFLICT, "another move");
}

#[tokio::test]
async fn c1_the_list_keeps_its_state_in_the_address() {
    let world = World::new().await;
    order(&world, "k1").await;
    order(&world, "k2").await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let page = world.get("/orders?payment=due&fulfilment=&limit=1", ("cookie", &cookie)).await;
    assert!(page.text.contains("<option value=\"due\" selected>"));
    let next = page.text.split("id=\"next\" rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(next.starts_with("/orders?payment=due&#38;limit=1&#38;after="), "{next}");
    let page = world.get(&next.replace("&#38;", "&"), ("cookie", &cookie)).await;
    assert!(page.text.contains("id=\"orders\"") && page.element("next").is_none());
}

#[tokio::test]
async fn an_order_that_is_not_there_is_a_page() {
    let world = World::new().await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let page = world.get("/orders/nothing", ("cookie", &cookie)).await;
    assert_eq!((page.status, page.element("error-code")), (StatusCode::NOT_FOUND, Some("not_found")));
}
