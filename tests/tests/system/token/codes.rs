//! Codes: what they are redeemed for, and how they end.

use clock::Clock;
use end_to_end::{
    Browser, RelyingParty,
    relying_party::{JsonAnswer, claims, header},
};
use serde_json::Value;

use crate::support::{FULL, customer, staff};

/// Nothing that came of a code works any more.
pub async fn assert_dead(client: &RelyingParty, tokens: &JsonAnswer) {
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401, "the access token is dead");
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    let reported = client.introspect(tokens.access_token()).await.ok();
    assert_eq!(reported.json, serde_json::json!({ "active": false }));
}

async fn code_of(browser: &Browser, client: &RelyingParty) -> (end_to_end::relying_party::Attempt, String) {
    client.code(browser, &[("scope", FULL)]).await
}

#[tokio::test]
async fn tok1_t17_the_answer_says_how_long_the_token_works_and_is_not_cached() {
    let (system, browser, client) = customer().await;
    let (_, staff_browser, staff_client) = staff(&system).await;
    for (browser, client, life) in [(&browser, &client, 600), (&staff_browser, &staff_client, 300)] {
        let answer = client.tokens(browser, FULL).await;
        assert_eq!(answer.text("token_type"), "Bearer");
        assert_eq!(answer.json["expires_in"], life);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let access = claims(answer.access_token());
        assert_eq!(access["exp"].as_i64().unwrap() - access["iat"].as_i64().unwrap(), life);
    }
}

#[tokio::test]
async fn k8_id1_the_tokens_of_a_code_say_what_they_have_to() {
    let (system, browser, client) = customer().await;
    let (attempt, code) = code_of(&browser, &client).await;
    let tokens = client.redeem(&attempt, &code).await.ok();
    let (access, id) = (claims(tokens.access_token()), claims(tokens.id_token()));
    assert_eq!(header(tokens.access_token())["typ"], "at+jwt");
    assert_eq!(header(tokens.id_token())["alg"], "RS256");
    assert_eq!(access["iss"], system.urls.customer_issuer);
    assert_eq!(access["aud"], system.urls.storefront);
    assert_eq!(access["client_id"], "demo-web");
    assert_eq!(access["acr"], "urn:realmkeep:acr:single-factor");
    assert_eq!(access["amr"], serde_json::json!(["pwd"]));
    assert_eq!(access["auth_time"], system.clock.now());
    assert_eq!(
        (&id["iss"], &id["sub"], &id["nonce"]),
        (&access["iss"], &access["sub"], &Value::from(attempt.nonce))
    );
    assert_eq!(id["aud"], "demo-web");
    for personal in ["email", "name"] {
        assert!(access.get(personal).is_none(), "{personal} is no business of a resource");
        assert!(id.get(personal).is_some(), "ID-3: {personal} was granted");
    }
}

#[tokio::test]
async fn id2_a_token_for_openid_alone_has_no_claim_beyond_the_protocols() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, "openid").await;
    let allowed = "iss sub aud exp iat auth_time nonce acr amr azp at_hash sid jti";
    let claims = claims(tokens.id_token());
    let beyond =
        claims.as_object().unwrap().keys().filter(|name| !allowed.split(' ').any(|word| word == *name));
    assert_eq!(beyond.collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(tokens.refresh_token(), "", "only offline_access brings one");
}

#[tokio::test]
async fn t6_tok2_a_replayed_code_is_refused_and_kills_what_came_of_it() {
    let (system, browser, client) = customer().await;
    let (attempt, code) = code_of(&browser, &client).await;
    let tokens = client.redeem(&attempt, &code).await.ok();
    client.userinfo(tokens.access_token()).await.ok();
    system.clock.advance(30);
    client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
    assert_dead(&client, &tokens).await;
}

#[tokio::test]
async fn t6_a_replay_by_another_client_kills_the_grant_too() {
    let (system, browser, client) = customer().await;
    let (attempt, code) = code_of(&browser, &client).await;
    let tokens = client.redeem(&attempt, &code).await.ok();
    let thief = RelyingParty::of(&system, "customer", "demo-app").await;
    thief.redeem(&attempt, &code).await.refused(400, "invalid_grant");
    assert_dead(&client, &tokens).await;
}

#[tokio::test]
async fn t6_a_code_replayed_after_a_restart_is_still_used() {
    let (mut system, browser, client) = customer().await;
    let (attempt, code) = code_of(&browser, &client).await;
    let tokens = client.redeem(&attempt, &code).await.ok();
    system.restart().await;
    client.userinfo(tokens.access_token()).await.ok();
    client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
    assert_dead(&client, &tokens).await;
}

#[tokio::test]
async fn t7_t8_t9_a_code_that_is_shown_wrongly_is_burnt_without_a_word_about_why() {
    let (system, browser, client) = customer().await;
    let app = RelyingParty::of(&system, "customer", "demo-app").await;
    let elsewhere =
        RelyingParty { redirect_uri: "http://127.0.0.1:8080/callback".to_owned(), ..client.clone() };
    let mut answers = Vec::new();
    for wrong in 0..5 {
        let (attempt, code) = code_of(&browser, &client).await;
        let other = "A".repeat(43);
        let answer = match wrong {
            0 => client.redeem_with(&code, &other).await,
            1 => client.redeem_with(&code, "").await,
            2 => client.redeem_with(&code, "too-short").await,
            3 => elsewhere.redeem(&attempt, &code).await,
            _ => app.redeem(&attempt, &code).await,
        };
        answer.refused(400, "invalid_grant");
        answers.push(answer.body);
        client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
    }
    let (attempt, _) = code_of(&browser, &client).await;
    for unknown in ["", "x", &"A".repeat(43), &"A".repeat(4000)] {
        let answer = client.redeem(&attempt, unknown).await;
        assert_eq!(answer.status, 400);
        answers.extend((!unknown.is_empty()).then_some(answer.body));
    }
    assert!(answers.iter().all(|body| *body == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn a17_tok2_a_code_works_for_sixty_seconds() {
    let (system, browser, client) = customer().await;
    let (attempt, code) = code_of(&browser, &client).await;
    system.clock.advance(59);
    client.redeem(&attempt, &code).await.ok();
    let (attempt, code) = code_of(&browser, &client).await;
    system.clock.advance(60);
    client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn auth12_a17_codes_have_256_bits_and_never_repeat() {
    let (_system, browser, client) = customer().await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..5 {
        let (_, code) = code_of(&browser, &client).await;
        assert_eq!(code.len(), 43, "32 bytes in base64url");
        assert!(seen.insert(code));
    }
}

#[tokio::test]
async fn a_code_issued_before_sign_out_is_dead_after_it() {
    let (system, browser, client) = customer().await;
    let (attempt, code) = code_of(&browser, &client).await;
    let page = browser.visit(format!("{}/account", system.urls.customer_issuer)).await;
    browser.submit(&page.form_to("/sign-out")).await;
    client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
}
