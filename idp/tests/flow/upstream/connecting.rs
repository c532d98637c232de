//! Connecting an account that exists: by a proof of both, or by a confirmed address of a trusted upstream.

use serde_json::json;
use test_browser::Page;

use super::{ADA, MAIL, There, World, leads};
use crate::{
    app::{Browser, router},
    factors,
    harness::{NOW, PASSWORD},
};

/// The sign-in page, on which the page for somebody unknown leads on to an account that exists.
async fn chosen(there: &There) -> Page {
    let page = there.browser.get(&there.interaction).await;
    if page.has("forget") {
        there.browser.send(&page.form("sign-in").press("sign-in")).await;
    }
    there.browser.get(format!("{}?view=sign-in", there.interaction)).await
}

/// Signs in with the password on the way from the page for somebody unknown.
async fn with_password(there: &There) -> Page {
    let page = chosen(there).await;
    assert!(page.has("connects") && !page.has("upstream-up"), "{}", page.summary());
    let form = page.form("login-submit").with("username", ADA).with("password", PASSWORD);
    there.browser.send(&form).await
}

async fn is_connected(world: &World) -> bool {
    world.events("account.upstream_connected").await == 1
}

#[tokio::test]
async fn up5_an_address_that_is_not_verified_or_not_trusted_connects_nothing() {
    for (more, says, confirmed) in [
        (&[][..], json!({}), true),
        (&[("upstream.0.trusted_email", "true")], json!({ "email_verified": false }), true),
        (&[("upstream.0.trusted_email", "true")], json!({ "email_verified": null }), true),
        (&[("upstream.0.trusted_email", "true")], json!({}), false),
    ] {
        let world = World::new(more).await;
        world.scratch.account(ADA).await;
        if confirmed {
            world.confirm(ADA).await;
        }
        let there = world.fresh().await;
        world.provider.says(&says);
        let page = there.arrives().await;
        assert_eq!(page.status, 200);
        assert!(page.has("forget") && page.param("code").is_none(), "{says}: {}", page.summary());
        assert!(!there.browser.is_signed_in().await && !is_connected(&world).await, "{says}");
    }
}

#[tokio::test]
async fn up5_a_sign_in_here_connects_and_from_then_on_the_upstream_is_enough() {
    let world = World::new(&MAIL).await;
    let id = world.scratch.account(ADA).await;
    let there = world.fresh().await;
    world.provider.says(&json!({ "email": "elsewhere@example.org" }));
    let page = there.arrives().await;
    assert!(page.has("sign-in") && page.summary().contains("elsewhere@example.org"), "{}", page.summary());
    let form = chosen(&there).await.form("login-submit");
    let failed = there.browser.send(&form.with("username", ADA).with("password", "wrong")).await;
    assert!(failed.status == 400 && !is_connected(&world).await);
    assert_eq!(leads(&with_password(&there).await).as_deref(), Some(there.interaction.as_str()));
    assert!(!is_connected(&world).await, "not before the sign-in is complete");
    let said = world.id_token(&there.browser.get(&there.interaction).await).await;
    assert_eq!((&said["sub"], &said["amr"]), (&json!(id), &json!(["pwd"])));
    assert!(is_connected(&world).await);
    let mail = world.scratch.mails().await;
    let notice = mail.iter().find(|mail| mail.subject.starts_with("Another way to sign in")).unwrap();
    assert!(notice.to == ADA && notice.text.contains("Upland"), "{}", notice.text);
    let said = world.id_token(&world.fresh().await.arrives().await).await;
    assert_eq!((&said["sub"], &said["amr"]), (&json!(id), &json!(["fed"])));
}

#[tokio::test]
async fn up5_a_session_that_was_there_before_proves_nothing() {
    let world = World::new(&[]).await;
    world.scratch.account(ADA).await;
    let browser = Browser::signed_in(&world.scratch, &world.router, ADA).await;
    let there = world.goes(browser, &[("prompt", "login")]).await;
    let page = there.arrives().await;
    assert!(page.has("forget") && page.param("code").is_none(), "{}", page.summary());
    assert!(!is_connected(&world).await);
    with_password(&there).await;
    assert!(there.browser.get(&there.interaction).await.param("code").is_some());
    assert!(is_connected(&world).await);
}

#[tokio::test]
async fn up5_the_account_proves_its_second_factor_before_it_is_connected() {
    let world = World::new(&[]).await;
    let (_, seed) = factors::enrolled(&world.scratch).await;
    let there = world.fresh().await;
    world.provider.says(&json!({ "iat": NOW + 60, "exp": NOW + 400 }));
    there.arrives().await;
    with_password(&there).await;
    let page = there.browser.get(&there.interaction).await;
    assert!(page.has("otp") && !is_connected(&world).await, "{}", page.summary());
    let form = page.form_to("/second-factor");
    there.browser.send(&form.clone().with("otp", "000000")).await;
    assert!(!is_connected(&world).await);
    there.browser.send(&form.with("otp", &world.scratch.code(&seed))).await;
    assert!(there.browser.get(&there.interaction).await.param("code").is_some());
    assert!(is_connected(&world).await);
}

#[tokio::test]
async fn up5_nothing_is_connected_that_nobody_has_chosen() {
    let world = World::new(&[]).await;
    world.scratch.account(ADA).await;
    for waits in [0, 601] {
        let there = world.fresh().await;
        there.arrives().await;
        if waits > 0 {
            chosen(&there).await;
            world.scratch.clock.advance(waits);
        }
        // somebody else sits down at this browser and signs in
        let page = there.browser.get(format!("{}?view=sign-in", there.interaction)).await;
        assert!(!page.has("connects"), "{}", page.summary());
        let form = page.form("login-submit").with("username", ADA).with("password", PASSWORD);
        there.browser.send(&form).await;
        assert!(there.browser.get(&there.interaction).await.param("code").is_some());
        assert!(!is_connected(&world).await, "{waits}");
        assert!(there.browser.get("/account/connections").await.status == 200 || waits > 0);
    }
}

#[tokio::test]
async fn mf5_a_trusted_address_connects_only_after_the_second_factor_of_its_account() {
    let world = World::new(&[("upstream.0.trusted_email", "true")]).await;
    let (_, seed) = factors::enrolled(&world.scratch).await;
    world.confirm(ADA).await;
    let now = world.scratch.realm.now();
    world.provider.says(&json!({ "iat": now, "exp": now + 300, "auth_time": now }));
    let there = world.fresh().await;
    let page = there.arrives().await;
    assert!(page.has("otp") && !is_connected(&world).await, "{}", page.summary());
    let form = page.form_to("/second-factor").with("otp", &world.scratch.code(&seed));
    there.browser.send(&form).await;
    assert!(there.browser.get(&there.interaction).await.param("code").is_some());
    assert!(is_connected(&world).await);
}

#[tokio::test]
async fn up5_whoever_would_rather_not_signs_in_without_connecting() {
    let world = World::new(&[]).await;
    world.scratch.account(ADA).await;
    let there = world.fresh().await;
    let page = there.arrives().await;
    let form = page.form("forget").press("forget");
    assert_eq!(leads(&there.browser.send(&form).await).as_deref(), Some(there.interaction.as_str()));
    let page = there.browser.get(&there.interaction).await;
    assert!(page.has("upstream-up") && !page.has("connects"));
    let form = page.form("login-submit").with("username", ADA).with("password", PASSWORD);
    there.browser.send(&form).await;
    assert!(there.browser.get(&there.interaction).await.param("code").is_some());
    assert!(!is_connected(&world).await);
}

#[tokio::test]
async fn up5_a_confirmed_address_of_a_trusted_upstream_connects_and_its_owner_is_told() {
    let world = World::new(&[MAIL.as_slice(), &[("upstream.0.trusted_email", "true")]].concat()).await;
    let id = world.scratch.account(ADA).await;
    world.confirm(ADA).await;
    let there = world.fresh().await;
    world.provider.says(&json!({ "email": "ADA@Example.com" }));
    let said = world.id_token(&there.arrives().await).await;
    assert_eq!(said["sub"], json!(id));
    assert!(is_connected(&world).await);
    assert!(world.scratch.mails().await.iter().any(|mail| mail.subject.starts_with("Another way")));
}

#[tokio::test]
async fn up5_an_upstream_that_is_taken_away_signs_nobody_in_and_what_waits_of_it_is_forgotten() {
    let world = World::trusted(&[]).await;
    world.fresh().await.arrives().await;
    let there = world.fresh().await;
    let moved = world.scratch.changed(&[("upstream.0.issuer", "http://127.0.0.1:9")]).await;
    let browser = there.browser.clone().at(router(&moved, &world.scratch));
    let back = browser.get(format!("/upstream/up/callback?state={}&code=good", there.state())).await;
    assert_eq!(back.status, 503, "the new issuer is asked, not the old one");
    assert!(!browser.is_signed_in().await);
}
