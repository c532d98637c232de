//! Texts on pages: one product name, plain words, local times, a link to the person's account (S34, ACC-15).

use super::world::{NOW, config, world, world_with};
use crate::paths;

#[tokio::test]
async fn s34_pages_have_one_product_and_no_words_of_an_interface() {
    let world = world().await;
    let (guest, anna) = (world.browser(), world.browser());
    anna.sign_in("anna").await;
    for path in [
        "/",
        paths::CART,
        paths::ORDERS,
        "/orders/x",
        "/nothing",
        "/?after=zzz",
        "/?a=%ff",
        paths::CHECKOUT,
        paths::SIGNED_OUT,
    ] {
        for browser in [&guest, &anna] {
            let page = browser.get(path).await;
            let title = page.title();
            assert!(title.ends_with(" – Realmkeep Shop"), "{path}: {title}");
            let mut text = page.all_text().to_lowercase();
            for code in ["method_not_allowed", "invalid_request", "malformed_parameters"] {
                text = text.replace(code, "");
            }
            for word in ["token", "parameter", "invalid", "query", "bearer", "scope", "method", "malformed"] {
                assert!(!text.contains(word), "{path}: {word} in {text}");
            }
        }
    }
}

#[tokio::test]
async fn acc15_the_name_leads_to_the_account_which_is_told_where_it_was_come_from() {
    let world = world().await;
    let browser = world.browser();
    assert!(!browser.get("/").await.body.contains("id=\"account-link\""));
    browser.sign_in("anna").await;
    let page = browser.get("/").await;
    let link = "id=\"account-link\" href=\"http://localhost:7001/account?client_id=storefront\"";
    assert!(page.body.contains(link) && page.body.contains("class=\"who-name\">Ada</span>"), "{}", page.body);
}

#[tokio::test]
async fn s34_times_are_those_of_the_configured_zone_which_is_named() {
    let zone = clock::when::Zone::named("Europe/Berlin").unwrap();
    let mut config = config();
    config.service.time_zone = zone.clone();
    let world = world_with(config).await;
    let browser = world.browser();
    browser.sign_in("anna").await;
    browser.add("walnut-board", "1").await;
    super::checkout::order(&browser).await;
    let at = zone.at(NOW);
    assert!(at.text.ends_with("CET") || at.text.ends_with("CEST"), "{}", at.text);
    let page = browser.get(paths::ORDERS).await;
    assert!(
        page.body.contains(&format!("<time datetime=\"{}\">{}</time>", at.iso, at.text)),
        "{}",
        page.body
    );
}
