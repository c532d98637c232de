//! The storefront's pages, without JavaScript.

use axum::http::{Method, StatusCode};
use commerce::{
    cart::{self, Owner},
    orders::{Change, ChangeOrder, Payment, change},
    party::{Actor, Customer},
};
use database::sql;

use super::world::{CUSTOMERS, NOW, STAFF, world};
use crate::paths;

#[tokio::test]
async fn a_guest_browses_and_fills_a_cart_that_follows_through_the_sign_in() {
    let world = world().await;
    let browser = world.browser();
    let home = browser.get("/").await;
    assert!(home.body.contains("Stoneware mug") && home.body.contains("€18.50"));
    assert_eq!(browser.add("stoneware-mug", "2").await.status, StatusCode::SEE_OTHER);
    let cart = browser.get(paths::CART).await;
    assert!(cart.body.contains("€37.00") && cart.body.contains("id=\"sign-in-to-order\""));
    browser.sign_in("anna").await;
    let cart = browser.get(paths::CART).await;
    assert!(cart.body.contains("€37.00") && cart.body.contains("id=\"checkout\""));
    assert!(cart.body.contains("Ada"), "the name from the realm");
    browser.get(paths::CART).await;
    let anna = Owner::customer(&Customer { issuer: CUSTOMERS.into(), sub: "anna".into() });
    assert_eq!(cart::item_count(&world.db, &anna).await.unwrap(), 2, "merged once");
    browser.forget_cookie(paths::HOME, "rk_shop_session");
    assert!(browser.get(paths::CART).await.body.contains("Your cart is empty"));
}

#[tokio::test]
async fn a_cart_is_changed_by_its_forms() {
    let world = world().await;
    let browser = world.browser();
    browser.add("beeswax-candle", "3").await;
    let cart = browser.get(paths::CART).await;
    let (csrf, id) = (cart.field("csrf"), cart.field("product_id"));
    let base = [("csrf", &*csrf), ("product_id", &*id)];
    browser.post(paths::CART, &[base[0], base[1], ("action", "set"), ("quantity", "5")]).await;
    assert!(browser.get(paths::CART).await.body.contains("€47.50"));
    for wrong in ["", "x", "-1", "100", "1.5"] {
        let answer =
            browser.post(paths::CART, &[base[0], base[1], ("action", "set"), ("quantity", wrong)]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
        assert!(answer.body.contains("id=\"error-page\""));
    }
    browser.post(paths::CART, &[base[0], base[1], ("action", "remove"), ("quantity", "x")]).await;
    assert!(browser.get(paths::CART).await.body.contains("Your cart is empty"));
}

#[tokio::test]
async fn rp4_a_form_without_its_token_or_from_elsewhere_changes_nothing() {
    let world = world().await;
    let browser = world.browser();
    let page = browser.get("/products/stoneware-mug").await;
    let (csrf, id) = (page.field("csrf"), page.field("product_id"));
    let fields = [("product_id", &*id), ("action", "add"), ("quantity", "1")];
    let answer = browser.post(paths::CART, &fields).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("This page was out of date"));
    assert!(answer.body.contains(">csrf<") && answer.body.contains("id=\"error-page\""));
    let stranger = world.browser();
    stranger.get("/").await;
    let stolen = [("csrf", &*csrf), fields[0], fields[1], fields[2]];
    assert_eq!(stranger.post(paths::CART, &stolen).await.status, StatusCode::FORBIDDEN);
    let headers = [("sec-fetch-site", "cross-site"), ("content-type", "application/x-www-form-urlencoded")];
    let answer = world.call((Method::POST, paths::CART), None, &headers, None).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn my_orders_ask_for_a_sign_in_that_returns_to_them() {
    let world = world().await;
    let browser = world.browser();
    let answer = browser.get(paths::ORDERS).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.body.contains("id=\"sign-in-here\""));
    assert_eq!(answer.field("return_to"), paths::ORDERS);
    browser.sign_in("anna").await;
    assert!(browser.get(paths::ORDERS).await.body.contains("No orders yet"));
}

#[tokio::test]
async fn j5_the_order_page_shows_each_step_and_no_name_of_staff() {
    let world = world().await;
    let browser = world.browser();
    browser.sign_in("anna").await;
    browser.add("walnut-board", "1").await;
    let location = super::checkout::order(&browser).await;
    let id = location.strip_prefix("/orders/").unwrap().split_once('?').unwrap().0;
    let paid = Change::Payment(Payment::Paid);
    let wanted = ChangeOrder {
        id,
        version: 1,
        change: paid,
        actor: Actor::staff(STAFF, "berta"),
        reason: Some("secret"),
        now: NOW + 60,
    };
    change(&world.db, &wanted).await.unwrap();
    let page = browser.get(&location).await;
    assert!(page.body.contains("Payment received") && page.body.contains("the shop"));
    assert!(page.body.contains("id=\"thanks\"") && !page.body.contains("berta"));
    assert!(!page.body.contains("secret"), "a reason is for staff");
    assert!(page.body.contains("<span class=\"badge good\" id=\"payment-status\">Paid</span>"));
    assert!(browser.get(paths::ORDERS).await.body.contains("Paid"));
    let other = world.browser();
    other.sign_in("carl").await;
    assert_eq!(other.get(&location).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn h7_a_published_page_is_shown_and_linked_and_a_draft_is_not() {
    let world = world().await;
    let browser = world.browser();
    let page = browser.get("/pages/delivery-and-returns").await;
    assert!(page.body.contains("<h2>Delivery</h2>") && page.body.contains("within thirty days"));
    assert!(browser.get("/").await.body.contains("href=\"/pages/delivery-and-returns\""));
    sql("UPDATE content_pages SET published_at = NULL").run(&world.db).await.unwrap();
    assert_eq!(browser.get("/pages/delivery-and-returns").await.status, StatusCode::NOT_FOUND);
    assert!(!browser.get("/").await.body.contains("/pages/delivery-and-returns"));
}

#[tokio::test]
async fn h7_the_footer_leads_staff_to_their_own_side() {
    let world = world().await;
    let home = world.browser().get("/").await;
    assert!(home.body.contains("<a id=\"staff-sign-in\" href=\"http://localhost:7102\">Staff sign-in</a>"));
}

#[tokio::test]
async fn z17_text_from_the_database_stays_text() {
    let world = world().await;
    let script = "<script>alert(1)</script>";
    sql("UPDATE products SET name = $1, description = $1").bind(script).run(&world.db).await.unwrap();
    let browser = world.browser();
    for path in ["/", "/products/stoneware-mug"] {
        let page = browser.get(path).await;
        assert!(!page.body.contains("<script") && page.body.contains("&#60;script&#62;"), "{path}");
    }
}

#[tokio::test]
async fn a_product_that_ran_out_can_not_be_put_into_the_cart_by_the_page() {
    let world = world().await;
    sql("UPDATE products SET stock = 0 WHERE slug = 'stoneware-mug'").run(&world.db).await.unwrap();
    let page = world.browser().get("/products/stoneware-mug").await;
    assert!(page.body.contains("Sold out") && !page.body.contains("id=\"add-to-cart\""));
}

#[tokio::test]
async fn a_sign_in_that_came_to_nothing_is_explained_and_other_words_are_ignored() {
    let world = world().await;
    let browser = world.browser();
    assert!(browser.get("/?signin=cancelled").await.body.contains("You cancelled the sign-in"));
    assert!(!browser.get("/?signin=%3Cb%3E").await.body.contains("id=\"notice\""));
    assert!(browser.get("/signed-out").await.body.contains("You are signed out"));
}

#[tokio::test]
async fn a_realm_that_can_not_be_reached_is_a_page_and_no_dead_end() {
    let world = world().await;
    let browser = world.browser();
    let csrf = browser.get("/").await.field("csrf");
    let answer = browser.post("/login", &[("csrf", csrf.as_str()), ("return_to", paths::HOME)]).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("id=\"error-page\"") && answer.body.contains("href=\"/\""));
}

#[tokio::test]
async fn p1_after_signing_out_the_old_cookie_is_refused() {
    let world = world().await;
    let browser = world.browser();
    browser.sign_in("anna").await;
    let page = browser.get(paths::ORDERS).await;
    assert_eq!(page.status, StatusCode::OK);
    let before = browser.clone();
    let answer = browser.post("/logout", &[("csrf", &page.field("csrf"))]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/signed-out"));
    assert_eq!(browser.cookie(paths::HOME, "rk_shop_session"), None);
    assert_eq!(before.get(paths::ORDERS).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn p1_while_the_realm_is_away_the_shop_stays_open_and_signing_out_works() {
    let world = world().await;
    let browser = world.browser();
    browser.get("/").await;
    let token = world.token("anna", "openid checkout orders");
    let cookie =
        relying_party::testing::sign_in(&world.app.state().relying_party, &token, Some("refresh")).await;
    let (name, value) = cookie.split_once('=').unwrap();
    browser.set_cookie("/", name, value);
    world.clock.advance(301);
    for path in ["/", "/products/stoneware-mug", paths::CART] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains("id=\"realm-away\"") && page.body.contains("id=\"sign-out\""), "{path}");
        assert!(!page.body.contains("id=\"sign-in\""), "{path}");
    }
    let orders = browser.get(paths::ORDERS).await;
    assert_eq!(orders.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(orders.body.contains("id=\"error-page\"") && orders.body.contains("id=\"sign-out\""));
    let out = browser.post("/logout", &[("csrf", &orders.field("csrf"))]).await;
    assert_eq!((out.status, out.header("location")), (StatusCode::SEE_OTHER, "/signed-out"));
    assert!(browser.get(paths::HOME).await.body.contains("id=\"sign-in\""));
}

#[tokio::test]
async fn rp4_looking_at_a_page_moves_nothing_from_cart_to_cart() {
    let world = world().await;
    let browser = world.browser();
    browser.sign_in("anna").await;
    browser.get("/").await;
    let visitor = Owner::guest(&protocol::secret::hash(&browser.cookie("/", "rk_shop_visitor").unwrap()));
    let mug = world.product("stoneware-mug").await;
    cart::add(&world.db, &visitor, &mug.id, 2, NOW).await.unwrap();
    for path in ["/", paths::CART, paths::ORDERS] {
        browser.get(path).await;
        assert_eq!(cart::item_count(&world.db, &visitor).await.unwrap(), 2, "{path}");
    }
    browser.add("walnut-board", "1").await;
    let anna = Owner::customer(&Customer { issuer: CUSTOMERS.into(), sub: "anna".into() });
    assert_eq!(cart::item_count(&world.db, &visitor).await.unwrap(), 0);
    assert_eq!(cart::item_count(&world.db, &anna).await.unwrap(), 3);
}
