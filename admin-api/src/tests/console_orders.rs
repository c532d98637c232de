//! Orders on the console (C5, C1).

use axum::http::StatusCode;

use super::{api_orders::order, world::World};
use crate::paths;

#[tokio::test]
async fn c5_only_legal_moves_are_offered_and_they_leave_a_trace() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let path = paths::order(&id);
    let page = world.get(&path, ("cookie", &cookie)).await;
    assert_eq!(
        (page.element("payment").as_deref(), page.element("fulfilment").as_deref()),
        (Some("Due"), Some("New"))
    );
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
    assert_eq!(page.element("payment").as_deref(), Some("Paid"));
    assert!(page.body.contains("Payment: Due → Paid") && page.body.contains(", you</span>"));
    assert!(page.body.contains("The order is changed."));
}

#[tokio::test]
async fn c5_a_stale_or_illegal_move_changes_nothing_and_shows_the_order_as_it_is() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let path = paths::order(&id);
    let csrf = world.get(&path, ("cookie", &cookie)).await.field("csrf");
    let press = async |version: &str, change: &str| {
        let fields = [("csrf", &*csrf), ("version", version), ("change", change), ("reason", "Sold out")];
        world.post(&format!("{path}/status"), &cookie, &fields).await
    };
    let illegal = press("1", "fulfilment-delivered").await;
    assert_eq!((illegal.status, illegal.field("version")), (StatusCode::CONFLICT, "1".to_owned()));
    assert!(illegal.body.contains("Nothing was changed"));
    assert_eq!(press("1", "payment-paid").await.status, StatusCode::SEE_OTHER);
    let stale = press("1", "fulfilment-packed").await;
    assert_eq!((stale.status, stale.field("version")), (StatusCode::CONFLICT, "2".to_owned()));
    assert!(stale.body.contains("You changed this order in another tab"));
    assert_eq!(press("2", "price-free").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(press("2", "fulfilment-cancelled").await.status, StatusCode::SEE_OTHER);
    assert_eq!(press("3", "payment-refunded").await.status, StatusCode::SEE_OTHER);
    let ended = world.get(&path, ("cookie", &cookie)).await;
    assert!(ended.element("no-moves").is_some());
    assert!(ended.body.contains("<q class=\"reason\">Sold out</q>"));
}

#[tokio::test]
async fn what_cannot_be_taken_back_is_asked_about_with_a_reason() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let path = paths::order(&id);
    let page = world.get(&path, ("cookie", &cookie)).await;
    let link = format!("id=\"fulfilment-cancelled\" href=\"{path}/confirm?change=fulfilment-cancelled\"");
    assert!(page.body.contains(&link), "it is no button: {}", page.body);
    let ask = world.get(&format!("{path}/confirm?change=fulfilment-cancelled"), ("cookie", &cookie)).await;
    assert_eq!(
        (ask.status, ask.element("confirm-yes").as_deref()),
        (StatusCode::OK, Some("Cancel the order"))
    );
    assert!(ask.body.contains("class=\"danger\" id=\"confirm-yes\""));
    let (csrf, version) = (ask.field("csrf"), ask.field("version"));
    let because = async |reason: &str| {
        let change = ("change", "fulfilment-cancelled");
        let fields = [("csrf", &*csrf), ("version", &*version), change, ("reason", reason)];
        world.post(&format!("{path}/status"), &cookie, &fields).await
    };
    for reason in ["", "  ", &"a".repeat(501)] {
        let again = because(reason).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reason.len());
        assert!(
            again.body.contains("<title>Error: Cancel the order") && again.element("reason-fault").is_some()
        );
    }
    assert_eq!(world.get(&path, ("cookie", &cookie)).await.element("fulfilment").as_deref(), Some("New"));
    assert_eq!(because("The glaze was cracked").await.status, StatusCode::SEE_OTHER);
    let page = world.get(&path, ("cookie", &cookie)).await;
    assert_eq!(page.element("fulfilment").as_deref(), Some("Cancelled"));
    assert!(page.body.contains("The glaze was cracked"));
    // an impossible or unknown change redirects to the order
    for change in ["fulfilment-cancelled", "fulfilment-delivered", "x", ""] {
        let gone = world.get(&format!("{path}/confirm?change={change}"), ("cookie", &cookie)).await;
        assert_eq!((gone.status, gone.header("location")), (StatusCode::SEE_OTHER, &*path), "{change}");
    }
}

#[tokio::test]
async fn staff_read_names_and_addresses_and_no_bare_ids() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let detail = commerce::orders::load(&world.app.state().db, &id).await.unwrap().unwrap();
    let customer = detail.order.customer;
    world.knows(&customer.issuer, &customer.sub, "Anna Customer").await;
    let mut claims = world.claims(&["sales_management"]);
    "bob".clone_into(&mut claims.sub);
    world.knows(&claims.iss, "bob", "Bob Builder").await;
    let bob = world.browser(&claims).await;
    let path = paths::order(&id);
    let seen = world.get(&path, ("cookie", &bob)).await;
    let fields = [("csrf", &*seen.field("csrf")), ("version", "1"), ("change", "payment-paid")];
    world.post(&format!("{path}/status"), &bob, &fields).await;

    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let contact = format!("Anna Customer, {}@example.org", customer.sub);
    for path in [paths::ORDERS, path.as_str()] {
        let page = world.get(path, ("cookie", &cookie)).await;
        assert!(page.body.contains(&contact), "{path}");
        assert!(!page.body.contains(&format!(">{}<", customer.sub)), "{path}");
    }
    let page = world.get(&path, ("cookie", &cookie)).await;
    assert!(page.body.contains(", Bob Builder, bob@example.org</span>"));
    let fields = [("csrf", &*page.field("csrf")), ("version", "1"), ("change", "fulfilment-packed")];
    let stale = world.post(&format!("{path}/status"), &cookie, &fields).await;
    assert!(stale.body.contains("Changed meanwhile by Bob Builder, bob@example.org."));
}

#[tokio::test]
async fn q5_a_move_that_is_sent_twice_is_made_once_and_shown_as_made() {
    let world = World::new().await;
    let id = order(&world, "k1").await;
    let path = paths::order(&id);
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
    assert!(page.body.contains("<option value=\"due\" selected>"));
    let next = page.elements("#next[rel=next]").remove(0).get("href").unwrap().to_owned();
    assert!(next.starts_with("/orders?payment=due&limit=1&after="), "{next}");
    let page = world.get(&next, ("cookie", &cookie)).await;
    assert!(page.body.contains("id=\"orders\"") && page.element("next").is_none());
}

#[tokio::test]
async fn an_order_that_is_not_there_is_a_page() {
    let world = World::new().await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let page = world.get("/orders/nothing", ("cookie", &cookie)).await;
    assert_eq!(
        (page.status, page.element("error-code").as_deref()),
        (StatusCode::NOT_FOUND, Some("not_found"))
    );
}
