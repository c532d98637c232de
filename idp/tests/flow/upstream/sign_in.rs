//! What goes to the provider, and what a sign-in there counts for.

use futures_util::future::join_all;
use idp::flow::{accounts, deletion};
use serde_json::json;

use super::{ADA, MAIL, World, leads};
use crate::{app::Browser, factors, harness::NOW};

#[tokio::test]
async fn up2_the_person_is_sent_with_state_nonce_and_a_challenge() {
    let world = World::trusted(&[]).await;
    let there = world.goes(world.browser(), &[("login_hint", ADA), ("ui_locales", "de")]).await;
    assert_eq!(there.url.as_str().split('?').next().unwrap(), format!("{}/authorize", world.provider.issuer));
    let param = |name| there.param(name).unwrap_or_default();
    assert_eq!(param("redirect_uri"), "http://localhost:7001/upstream/up/callback");
    assert_eq!((param("response_type"), param("client_id")), ("code".to_owned(), "realmkeep".to_owned()));
    assert_eq!(param("scope"), "openid profile email");
    assert_eq!((param("code_challenge_method"), param("code_challenge").len()), ("S256".to_owned(), 43));
    assert_eq!((param("state").len(), param("nonce").len()), (43, 43));
    assert_eq!((param("login_hint"), param("ui_locales")), (ADA.to_owned(), "de".to_owned()));
    assert_eq!((there.param("prompt"), there.param("max_age")), (None, None));
    let again = world.fresh().await;
    assert!(again.param("state") != there.param("state") && again.param("nonce") != there.param("nonce"));
    let page = there.browser.get(&there.interaction).await;
    let csp = page.header("content-security-policy");
    assert!(!csp.contains(&world.provider.issuer), "the way leads over a page of our own: {csp}");
}

#[tokio::test]
async fn up3_a_person_who_came_before_has_the_same_account_again() {
    let world = World::trusted(&[]).await;
    let answer = world.fresh().await.arrives().await;
    let first = world.id_token(&answer).await;
    assert_eq!((&first["amr"], &first["acr"]), (&json!(["fed"]), &json!("urn:realmkeep:acr:single-factor")));
    assert_eq!(first["auth_time"], NOW);
    let user = world.user(ADA).await.unwrap();
    assert_eq!((first["sub"].as_str().unwrap(), user.name()), (user.id.as_str(), "Ada Lovelace".to_owned()));
    assert_eq!((user.email_verified_at, user.password_hash), (Some(NOW), None));
    world.provider.says(&json!({ "email": "new@example.com", "name": "Another" }));
    let second = world.id_token(&world.fresh().await.arrives().await).await;
    assert_eq!(second["sub"], first["sub"]);
    let user = world.user(ADA).await.unwrap();
    assert_eq!(user.name(), "Ada Lovelace", "what it says later changes nothing here");
    assert_eq!(world.events("account.registered").await, 1);
    assert_eq!(world.events("sign_in.upstream").await, 1);
    world.provider.says(&json!({ "sub": "subject-2" }));
    let there = world.fresh().await;
    assert!(
        there.arrives().await.has("forget"),
        "a second account there with that address needs a proof of both"
    );
    assert_eq!(world.events("account.registered").await, 1);
}

#[tokio::test]
async fn up3_of_many_who_come_at_once_one_makes_the_account() {
    let world = World::trusted(&[]).await;
    let mut all = Vec::new();
    for _ in 0..8 {
        all.push(world.fresh().await);
    }
    let backs = all.iter().map(async |there| {
        let code = format!("for-{}", there.param("nonce").unwrap());
        there.answer("code", &code).await
    });
    for (there, back) in all.iter().zip(join_all(backs).await) {
        assert_eq!(leads(&back).as_deref(), Some(there.interaction.as_str()), "{}", back.summary());
        assert!(
            there.browser.get(&there.interaction).await.param("code").is_some(),
            "everybody is signed in"
        );
    }
    assert_eq!(world.events("account.registered").await, 1);
    assert_eq!(world.provider.redemptions(), 8);
}

#[tokio::test]
async fn up4_a_fresh_sign_in_is_passed_on_and_confirmed() {
    let world = World::trusted(&[]).await;
    for (asked, prompt, max_age) in [
        (("prompt", "login"), Some("login"), Some("0")),
        (("max_age", "0"), Some("login"), Some("0")),
        (("max_age", "600"), None, Some("600")),
    ] {
        let there = world.goes(world.browser(), &[asked]).await;
        assert_eq!(there.param("prompt").as_deref(), prompt, "{asked:?}");
        assert_eq!(there.param("max_age").as_deref(), max_age, "{asked:?}");
        for stale in [json!({ "auth_time": null }), json!({ "auth_time": NOW - 700 })] {
            let there = world.goes(world.browser(), &[asked]).await;
            world.provider.says(&stale);
            let back = there.back().await;
            assert_eq!(back.status, 400, "{asked:?} {stale}");
            assert!(back.summary().contains("did not confirm"), "{}", back.summary());
            assert!(!there.browser.is_signed_in().await);
        }
        world.provider.says(&json!({}));
        let there = world.goes(world.browser(), &[asked]).await;
        assert!(there.arrives().await.param("code").is_some(), "{asked:?}");
    }
    let there = world.fresh().await;
    world.provider.says(&json!({ "auth_time": NOW - 70_000 }));
    let said = world.id_token(&there.arrives().await).await;
    assert_eq!(said["auth_time"], NOW - 70_000, "nobody asked for a fresh one, and nobody is told of one");
}

#[tokio::test]
async fn mf5_a_sign_in_of_unknown_age_changes_nothing_of_an_account() {
    let world = World::trusted(&[]).await;
    for says in [json!({ "auth_time": null }), json!({ "auth_time": NOW - 400 })] {
        let there = world.fresh().await;
        world.provider.says(&says);
        assert!(there.arrives().await.param("code").is_some(), "{says}: it is a sign-in");
        let page = there.browser.get("/account/passkeys").await;
        assert_eq!(page.status, 303, "{says}: but no fresh one");
    }
}

#[tokio::test]
async fn up6_a_second_factor_follows_unless_the_upstream_is_trusted_with_one() {
    let world = World::trusted(&[]).await;
    let (_, seed) = factors::enrolled(&world.scratch).await;
    world.confirm(ADA).await;
    world
        .provider
        .says(&json!({ "amr": ["pwd", "mfa"], "iat": NOW + 60, "exp": NOW + 400, "auth_time": NOW + 60 }));
    let there = world.fresh().await;
    let page = there.arrives().await;
    assert!(page.has("otp") && page.param("code").is_none(), "{}", page.summary());
    let form = page.form_to("/second-factor").with("otp", &world.scratch.code(&seed));
    assert_eq!(leads(&there.browser.send(&form).await).as_deref(), Some(there.interaction.as_str()));
    let said = world.id_token(&there.browser.get(&there.interaction).await).await;
    assert_eq!(said["amr"], json!(["fed", "mfa", "otp"]));
    let trusting = world.scratch.changed(&[("upstream.0.trusted_amr", "mfa")]).await;
    let router = crate::app::router(&trusting, &world.scratch);
    let browser = Browser::fresh(&router);
    let there = world.goes(browser, &[]).await;
    let said = world.id_token(&there.arrives().await).await;
    assert_eq!(
        (&said["amr"], &said["acr"]),
        (&json!(["fed", "mfa"]), &json!("urn:realmkeep:acr:multi-factor"))
    );
    world.provider.says(&json!({ "amr": ["pwd"], "iat": NOW + 60, "exp": NOW + 400 }));
    let there = world.goes(Browser::fresh(&router), &[]).await;
    assert!(there.arrives().await.has("otp"), "it has not said so");
}

#[tokio::test]
async fn up6_where_two_factors_are_demanded_one_at_the_upstream_is_not_enough() {
    let world = World::new(&[("factors.second", "required"), ("upstream.0.trusted_email", "true")]).await;
    world.scratch.account(ADA).await;
    world.confirm(ADA).await;
    let there = world.fresh().await;
    let page = there.arrives().await;
    assert!(page.has("totp-secret"), "one is set up first: {}", page.summary());
    assert!(page.param("code").is_none() && page.has("account-switch"));
    let vouching = [("upstream.0.trusted_acr", "gold")];
    let realm = world.scratch.changed(&vouching).await;
    let router = crate::app::router(&realm, &world.scratch);
    let there = world.goes(Browser::fresh(&router), &[]).await;
    assert_eq!(there.param("acr_values").as_deref(), Some("gold"), "it is asked for what counts");
    world.provider.says(&json!({ "acr": "gold" }));
    let said = world.id_token(&there.arrives().await).await;
    assert_eq!(said["amr"], json!(["fed", "mfa"]));
}

#[tokio::test]
async fn up7_a_disabled_account_stays_out_and_one_that_was_to_go_stays() {
    let world = World::trusted(&MAIL).await;
    world.fresh().await.arrives().await;
    accounts::disable(&world.scratch.realm, ADA).await.unwrap();
    let there = world.fresh().await;
    let back = there.back().await;
    assert_eq!(back.status, 403, "{}", back.summary());
    assert!(!there.browser.is_signed_in().await && back.has("login-submit"));
    let id = world.user(ADA).await.unwrap().id;
    assert!(accounts::enable(&world.scratch.realm, &id).await.unwrap());
    let there = world.fresh().await;
    assert!(there.arrives().await.param("code").is_some());
    let asked = there.browser.fill("/account/delete", "/account/delete", &[]).await;
    assert_eq!(asked.status, 303, "{}", asked.summary());
    let there = world.fresh().await;
    assert!(there.arrives().await.param("code").is_some());
    world.scratch.clock.advance(20 * 24 * 3600);
    assert_eq!(deletion::carry_out(&world.scratch.realm).await.unwrap(), 0, "its owner has come back");
}

#[tokio::test]
async fn acc14_another_provider_signs_in_to_a_further_account_beside_the_one_in_use() {
    let world = World::trusted(&[]).await;
    world.scratch.account("grace@example.com").await;
    let browser = Browser::signed_in(&world.scratch, &world.router, "grace@example.com").await;
    let page = browser.get("/account/accounts").await;
    let added = browser.send(&page.form("account-add").press("account-add")).await;
    let there = world.goes_from(browser, added.location().unwrap().to_owned()).await;
    there.arrives().await;
    let page = there.browser.get("/account/accounts").await;
    assert!(page.body.contains(ADA) && page.body.contains("grace@example.com"), "{}", page.summary());
    assert_eq!(world.events("session.ended").await, 0);
}
