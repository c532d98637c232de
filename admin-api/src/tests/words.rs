//! Texts for staff: one product name, plain words, local times, links to the other parts and to the person's account
//! (S34, C7, ACC-15).

use axum::http::StatusCode;
use test_browser::Page;

use super::{
    api_orders::order,
    world::{World, config},
};
use crate::paths;

async fn open(world: &World, path: &str, cookie: &str) -> Page {
    world.get(path, ("cookie", cookie)).await
}

#[tokio::test]
async fn c7_whoever_is_signed_in_keeps_the_navigation_whatever_is_refused() {
    let world = World::new().await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    for (path, status) in [
        ("/nothing", StatusCode::NOT_FOUND),
        ("/orders/nothing", StatusCode::NOT_FOUND),
        (paths::CONTENT, StatusCode::FORBIDDEN),
        ("/orders?payment=x", StatusCode::BAD_REQUEST),
    ] {
        let page = open(&world, path, &cookie).await;
        assert_eq!(page.status, status, "{path}");
        assert!(page.body.contains("id=\"nav-orders\" href=\"/orders\""), "{path}");
        assert_eq!(page.element("signed-in-as").as_deref(), Some("Ada"), "{path}");
        assert_eq!(page.element("sign-out").as_deref(), Some("Sign out"), "{path}");
    }
}

#[tokio::test]
async fn s34_pages_have_one_product_and_no_words_of_an_interface() {
    let world = World::new().await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let everything = world.claims(&["content_moderation", "sales_management"]);
    let all = world.browser(&everything).await;
    for (path, cookie) in [
        ("/", ""),
        ("/", &cookie),
        (paths::CONTENT, &cookie),
        (paths::CONTENT, &all),
        (paths::NEW_CONTENT, &all),
        ("/content?state=gone", &all),
        (paths::ORDERS, ""),
        (paths::ORDERS, &all),
        ("/orders?payment=x", &all),
        ("/nothing", ""),
        (paths::SIGNED_OUT, ""),
    ] {
        let page = open(&world, path, cookie).await;
        let title = page.title();
        assert!(title.ends_with(" – Realmkeep Staff"), "{path}: {title}");
        let text =
            page.all_text().to_lowercase().replace("invalid_query", "").replace("insufficient_scope", "");
        for word in ["token", "parameter", "invalid", "query", "bearer", "scope", "method"] {
            assert!(!text.contains(word), "{path}: {word} in {text}");
        }
    }
}

#[tokio::test]
async fn acc15_the_console_leads_to_the_account_which_is_told_where_it_was_come_from() {
    let world = World::new().await;
    let page = open(&world, "/", &world.browser(&world.claims(&[])).await).await;
    assert!(
        page.body.contains("id=\"account-link\" href=\"http://localhost:7002/account?client_id=console\"")
    );
}

#[tokio::test]
async fn s34_times_are_those_of_the_configured_zone_which_is_named() {
    let world = World::with(&[("ADMIN_API__TIME_ZONE", "Europe/Berlin")]).await;
    order(&world, "k1").await;
    let cookie = world.browser(&world.claims(&["sales_management"])).await;
    let page = open(&world, paths::ORDERS, &cookie).await;
    assert!(page.body.contains("<time datetime=\"2025-11-21T08:31:46Z\">21 November 2025, 09:31 CET</time>"));
    let wrong = config(&[("ADMIN_API__TIME_ZONE", "Europe/Atlantis")]).unwrap_err().to_string();
    assert!(wrong.contains("must be the name of a time zone"), "{wrong}");
}
