//! The page of connected sign-ins.

use serde_json::json;
use test_browser::Page;

use super::{ADA, MAIL, World, leads};
use crate::app::Browser;

const PAGE: &str = "/account/connections";

/// Goes to the provider by the button of the page, and comes back.
async fn connects(world: &World, browser: &Browser) -> Page {
    let page = browser.get(PAGE).await;
    let leaving = browser.send(&page.form("connect-up").press("connect-up")).await;
    let url = leaving.link("continue");
    let param = |name: &str| {
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap()
    };
    world.provider.expect(&param("nonce"));
    browser.get(format!("/upstream/up/callback?state={}&code=good", param("state"))).await
}

async fn signed_in(world: &World, email: &str) -> Browser {
    Browser::signed_in(&world.scratch, &world.router, email).await
}

#[tokio::test]
async fn up7_a_signed_in_person_connects_and_disconnects() {
    let world = World::new(&MAIL).await;
    let id = world.scratch.account(ADA).await;
    let browser = signed_in(&world, ADA).await;
    assert!(browser.get("/account").await.has("connections"));
    assert!(browser.get(PAGE).await.has("no-connections"));
    assert_eq!(leads(&connects(&world, &browser).await).as_deref(), Some(PAGE));
    assert_eq!(leads(&connects(&world, &browser).await).as_deref(), Some(PAGE), "twice is once");
    let page = browser.get(PAGE).await;
    assert_eq!(page.elements("#connections li").len(), 1, "{}", page.summary());
    assert!(page.summary().contains("Upland") && page.summary().contains(ADA), "{}", page.summary());
    let said = world.id_token(&world.fresh().await.arrives().await).await;
    assert_eq!(said["sub"], json!(id));
    assert!(browser.get(PAGE).await.summary().contains("last used"));
    let page = browser.get(PAGE).await;
    let form = page.forms().into_iter().find(|form| form.value("id").is_some()).unwrap();
    let form = form.with("change", "remove");
    assert_eq!(leads(&browser.send(&form).await).as_deref(), Some(PAGE));
    assert_eq!(leads(&browser.send(&form).await).as_deref(), Some(PAGE), "twice is once");
    assert!(browser.get(PAGE).await.has("no-connections"));
    assert!(world.fresh().await.arrives().await.has("forget"), "nobody is connected");
    let subjects: Vec<String> = world.scratch.mails().await.into_iter().map(|mail| mail.subject).collect();
    assert!(
        subjects.iter().any(|subject| subject.starts_with("A way to sign in was disconnected")),
        "{subjects:?}"
    );
}

#[tokio::test]
async fn up7_an_upstream_account_of_somebody_else_stays_theirs() {
    let world = World::trusted(&[]).await;
    world.fresh().await.arrives().await;
    world.scratch.account("grace@example.com").await;
    let browser = signed_in(&world, "grace@example.com").await;
    let refused = connects(&world, &browser).await;
    assert_eq!(refused.status, 409, "{}", refused.summary());
    assert!(refused.summary().contains("another account"));
    let ada = world.fresh().await;
    ada.arrives().await;
    let page = ada.browser.get(PAGE).await;
    let form = page.forms().into_iter().find(|form| form.value("id").is_some()).unwrap();
    let id = form.value("id").unwrap().to_owned();
    browser.fill(PAGE, PAGE, &[("id", &id), ("change", "remove")]).await;
    assert_eq!(ada.browser.get(PAGE).await.elements("#connections li").len(), 1);
}

#[tokio::test]
async fn up7_the_last_way_in_stays() {
    let world = World::trusted(&[]).await;
    let there = world.fresh().await;
    there.arrives().await;
    let page = there.browser.get(PAGE).await;
    let form = page.forms().into_iter().find(|form| form.value("id").is_some()).unwrap();
    let form = form.with("change", "remove");
    let refused = there.browser.send(&form).await;
    assert_eq!(refused.status, 400, "{}", refused.summary());
    assert!(refused.summary().contains("last way into your account"));
    assert_eq!(there.browser.get(PAGE).await.elements("#connections li").len(), 1);
    let set = [("password", "another tundra 94 marimba")];
    assert_eq!(there.browser.fill("/account/password", "/account/password", &set).await.status, 303);
    let page = there.browser.get(PAGE).await;
    let form = page.forms().into_iter().find(|form| form.value("id").is_some()).unwrap();
    assert_eq!(leads(&there.browser.send(&form.with("change", "remove")).await).as_deref(), Some(PAGE));
}

#[tokio::test]
async fn up7_the_page_wants_a_fresh_sign_in_and_the_answer_the_session_that_went() {
    let world = World::new(&[]).await;
    world.scratch.account(ADA).await;
    let browser = signed_in(&world, ADA).await;
    let page = browser.get(PAGE).await;
    let form = page.form("connect-up").press("connect-up");
    world.scratch.clock.advance(301);
    let later = browser.get(PAGE).await;
    assert!(leads(&later).as_deref().unwrap().starts_with("/interaction/"));
    assert!(leads(&browser.send(&form).await).as_deref().unwrap().starts_with("/interaction/"));
    let browser = signed_in(&world, ADA).await;
    let page = browser.get(PAGE).await;
    let leaving = browser.send(&page.form("connect-up").press("connect-up")).await;
    let url = leaving.link("continue");
    let query = |name: &str| url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    world.provider.expect(&query("nonce"));
    world.provider.says(&json!({ "iat": crate::harness::NOW + 301, "exp": crate::harness::NOW + 500 }));
    let page = browser.get("/account").await;
    browser.send(&page.form("sign-out")).await;
    let back = browser.get(format!("/upstream/up/callback?state={}&code=good", query("state"))).await;
    assert!(leads(&back).as_deref().unwrap().starts_with("/interaction/"), "{}", back.summary());
    assert_eq!(world.events("account.upstream_connected").await, 0);
}

#[tokio::test]
async fn acc11_a_copy_of_ones_data_names_what_is_connected() {
    let world = World::trusted(&[]).await;
    let there = world.fresh().await;
    there.arrives().await;
    let copy = there.browser.get("/account/export").await.json();
    let connected = &copy["ways_to_sign_in"]["connected_sign_ins"][0];
    assert_eq!((&connected["provider"], &connected["subject"]), (&json!("up"), &json!("subject-1")));
}
