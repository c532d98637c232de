//! Answers of a provider that are none. Each leaves a way on, and nobody signed in.

use idp::store::users;
use serde_json::{Value, json};

use super::{ADA, World, leads};
use crate::{app::Browser, harness::NOW};

/// The answer is refused with a page that goes on, and is used up.
async fn refused(world: &World, what: &Value) {
    let there = world.fresh().await;
    world.provider.says(what);
    let back = there.back().await;
    assert_eq!(back.status, 400, "{what}: {}", back.summary());
    assert!(back.has("login-submit") && back.has("upstream-up"), "a way on: {}", back.summary());
    assert!(!there.browser.is_signed_in().await, "{what}");
    assert!(world.user(ADA).await.is_none(), "{what}");
    world.provider.says(&json!({}));
    let again = there.back().await;
    assert_eq!(leads(&again).as_deref(), Some(there.interaction.as_str()), "{what}: it was used up");
    assert!(!there.browser.is_signed_in().await, "{what}");
}

#[tokio::test]
async fn up2_an_id_token_that_breaks_one_rule_is_refused() {
    let world = World::trusted(&[]).await;
    for what in [
        json!({ "nonce": "another" }),
        json!({ "nonce": null }),
        json!({ "aud": "another" }),
        json!({ "aud": ["realmkeep", "another"] }),
        json!({ "azp": "another" }),
        json!({ "iss": "https://another.example" }),
        json!({ "exp": NOW - 61 }),
        json!({ "exp": null }),
        json!({ "iat": NOW - 3600 }),
        json!({ "iat": NOW + 3600, "exp": NOW + 4000 }),
        json!({ "sub": null }),
        json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }),
    ] {
        refused(&world, &what).await;
    }
    let there = world.fresh().await;
    assert!(there.arrives().await.param("code").is_some(), "the same without a broken rule");
}

#[tokio::test]
async fn up2_an_unsigned_token_and_one_with_another_key_are_refused() {
    let world = World::trusted(&[]).await;
    world.provider.leaves_unsigned();
    refused(&world, &json!({})).await;
    let world = World::trusted(&[]).await;
    world.provider.forges();
    refused(&world, &json!({})).await;
}

#[tokio::test]
async fn up2_userinfo_about_somebody_else_is_refused() {
    let world = World::trusted(&[]).await;
    let incomplete = json!({ "email": null, "email_verified": null });
    world.provider.tells(json!({ "sub": "somebody else", "email": ADA, "email_verified": true }));
    let there = world.fresh().await;
    world.provider.says(&incomplete);
    assert_eq!(there.back().await.status, 400);
    assert!(world.user(ADA).await.is_none());
    world.provider.tells(json!({ "sub": "subject-1", "email": ADA, "email_verified": true }));
    let there = world.fresh().await;
    assert!(there.arrives().await.param("code").is_some());
    assert!(world.user(ADA).await.unwrap().email_verified_at.is_some());
}

#[tokio::test]
async fn up2_a_state_counts_for_its_browser_its_upstream_its_time_and_once() {
    let world = World::trusted(&[]).await;
    let there = world.fresh().await;
    let state = there.state();
    let path = format!("/upstream/up/callback?state={state}&code=good");
    let stranger = world.browser();
    assert_eq!(stranger.get(&path).await.status, 400, "a browser without a cookie");
    stranger.interaction("app", &[]).await;
    assert_eq!(stranger.get(&path).await.status, 400, "another browser");
    let wrong = there.browser.get("/upstream/up/callback?state=wrong&code=good").await;
    assert_eq!((wrong.status.as_u16(), wrong.error_code().as_deref()), (400, Some("unexpected_answer")));
    for query in ["code=good".to_owned(), format!("state={state}&state={state}&code=good")] {
        assert_eq!(there.browser.get(format!("/upstream/up/callback?{query}")).await.status, 400, "{query}");
    }
    assert_eq!(world.provider.redemptions(), 0);
    assert!(there.arrives().await.param("code").is_some(), "none of that has used it up");
    let replayed = there.back().await;
    assert_eq!(leads(&replayed).as_deref(), Some(there.interaction.as_str()));
    assert_eq!(world.provider.redemptions(), 1);
    let there = world.fresh().await;
    let mixed =
        there.browser.get(format!("/upstream/other/callback?state={}&code=good", there.state())).await;
    assert_eq!((mixed.status.as_u16(), world.provider.redemptions()), (400, 1), "of another upstream");
    let there = world.fresh().await;
    world.scratch.clock.advance(600);
    let late = there.back().await;
    assert_eq!(leads(&late).as_deref(), Some(there.interaction.as_str()));
    assert_eq!(world.provider.redemptions(), 1);
    assert!(!there.browser.is_signed_in().await);
}

#[tokio::test]
async fn up2_a_state_of_one_realm_is_refused_by_another_and_not_used_up() {
    let (world, other) = (World::trusted(&[]).await, World::trusted(&[]).await);
    let there = world.fresh().await;
    let jar = there.browser.jar();
    let elsewhere = Browser::fresh(&other.router);
    elsewhere.set_jar(jar);
    let path = format!("/upstream/up/callback?state={}&code=good", there.state());
    assert_eq!(elsewhere.get(&path).await.status, 400);
    assert_eq!((world.provider.redemptions(), other.provider.redemptions()), (0, 0));
    assert!(there.arrives().await.param("code").is_some());
}

#[tokio::test]
async fn up2_the_answer_names_the_issuer_that_was_asked() {
    let world = World::trusted(&[]).await;
    let there = world.fresh().await;
    let back = there.answer("iss=https%3A%2F%2Fanother.example&code", "good").await;
    assert_eq!((back.status.as_u16(), world.provider.redemptions()), (400, 0));
    let there = world.fresh().await;
    let right = format!("iss={}&code", world.provider.issuer.replace("://", "%3A%2F%2F"));
    assert_eq!(leads(&there.answer(&right, "good").await).as_deref(), Some(there.interaction.as_str()));
    let world = World::trusted(&[]).await;
    world.provider.publishes(&json!({ "authorization_response_iss_parameter_supported": true }));
    let there = world.fresh().await;
    assert_eq!(
        (there.back().await.status.as_u16(), world.provider.redemptions()),
        (400, 0),
        "it always names it"
    );
}

#[tokio::test]
async fn up8_an_error_leads_to_a_page_with_the_other_ways() {
    let world = World::trusted(&[]).await;
    for (error, status, words) in [
        ("access_denied", 400, "You did not sign in at Upland"),
        ("temporarily_unavailable", 503, "does not answer"),
        ("invalid_scope", 400, "did not work"),
    ] {
        let there = world.fresh().await;
        let back = there.answer("error", error).await;
        assert_eq!(back.status, status, "{error}");
        assert!(back.has("login-submit") && back.summary().contains(words), "{}", back.summary());
        assert!(back.has("cancel"));
    }
    let there = world.fresh().await;
    assert_eq!(there.answer("code", "used").await.status, 400, "the provider refuses the code");
    let there = world.fresh().await;
    world.provider.breaks(true);
    assert_eq!(there.back().await.status, 400, "it gives no tokens");
    world.provider.breaks(false);
    let retry = world.goes_from(there.browser.clone(), there.interaction.clone()).await;
    assert!(retry.arrives().await.param("code").is_some(), "the same request goes on");
}

#[tokio::test]
async fn up8_a_provider_that_is_away_or_lies_about_itself_costs_only_its_own_button() {
    let world = World::trusted(&[]).await;
    world.provider.publishes(&json!({ "issuer": "https://another.example" }));
    let browser = world.browser();
    let interaction = browser.interaction("app", &[]).await;
    let page = browser.get(&interaction).await;
    let answer = browser.send(&page.form("upstream-up")).await;
    assert_eq!(answer.status, 503, "{}", answer.summary());
    assert!(answer.has("login-submit"));
    let csrf = page.field("csrf");
    let fields = [("csrf", csrf.as_str()), ("upstream", "none")];
    let unknown = browser.post(format!("{interaction}/upstream"), &fields).await;
    assert_eq!(leads(&unknown).as_deref(), Some(interaction.as_str()));
}

#[tokio::test]
async fn rp4_the_button_is_a_form_with_a_token() {
    let world = World::trusted(&[]).await;
    let browser = world.browser();
    let interaction = browser.interaction("app", &[]).await;
    for fields in [vec![("upstream", "up")], vec![("upstream", "up"), ("csrf", "wrong")]] {
        assert_eq!(browser.post(format!("{interaction}/upstream"), &fields).await.status, 403);
        assert_eq!(browser.post(format!("{interaction}/connect"), &fields).await.status, 403);
    }
    assert!(users::by_email(&world.scratch.realm.store.facts, ADA).await.unwrap().is_none());
}
