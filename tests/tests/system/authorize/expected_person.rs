//! Who signs in, and in which browser, is what the client and the browser began with (A13, A15).

use axum::http::HeaderMap;
use end_to_end::{
    people::{register, sign_in_demo},
    relying_party::claims,
};
use serde_json::json;

use crate::support::{FULL, customer, staff};

#[tokio::test]
async fn a13_a_client_that_expects_one_person_gets_no_code_for_another() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let other = system.browser();
    let attempt = client.authorize(&[("id_token_hint", tokens.id_token()), ("scope", "openid")]);
    let page = other.visit(attempt.url.as_str()).await;
    let page = register(&other, &page, "other@example.com", "Other Person").await;
    let page = system.mailbox().confirm(&other, &page).await;
    let page = if page.has("consent-allow") {
        other.submit(&page.form("consent-allow").press("consent-allow")).await
    } else {
        page
    };
    assert_eq!(page.callback_param("error").as_deref(), Some("login_required"));
    assert!(page.callback_param("code").is_none());
}

#[tokio::test]
async fn a13_a_sub_that_claims_demands_is_that_person_or_nobody() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, "openid").await;
    let sub = claims(tokens.id_token())["sub"].as_str().unwrap().to_owned();
    let demand = |sub: &str| json!({ "id_token": { "sub": { "value": sub } } }).to_string();
    let (own, other) = (demand(&sub), demand("somebody-else"));
    let ask = async |changes: &[(&str, &str)]| browser.visit(client.authorize(changes).url.as_str()).await;
    assert!(!ask(&[("prompt", "none"), ("claims", &own)]).await.code().is_empty());
    let refused = async |changes: &[(&str, &str)]| ask(changes).await.callback_param("error").unwrap();
    assert_eq!(refused(&[("prompt", "none"), ("claims", &other)]).await, "login_required");
    let two = [("claims", other.as_str()), ("id_token_hint", tokens.id_token())];
    assert_eq!(refused(&two).await, "invalid_request");
    let page = ask(&[("claims", &other)]).await;
    let page = sign_in_demo(&system, &browser, &page).await;
    assert_eq!(page.callback_param("error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn auth10_an_essential_acr_that_nobody_can_reach_here_is_told_to_the_client() {
    let (system, browser, client) = customer().await;
    client.tokens(&browser, "openid").await;
    let demand =
        |acr: &str| json!({ "id_token": { "acr": { "essential": true, "values": [acr] } } }).to_string();
    let single = demand("urn:realmkeep:acr:single-factor");
    let multi = demand("urn:realmkeep:acr:multi-factor");
    for prompt in ["", "none"] {
        let ask = async |claims: &str| {
            browser.visit(client.authorize(&[("claims", claims), ("prompt", prompt)]).url.as_str()).await
        };
        assert!(!ask(&single).await.code().is_empty());
        let error = ask(&multi).await.callback_param("error");
        assert_eq!(error.as_deref(), Some("unmet_authentication_requirements"), "{prompt}");
    }
    let newcomer = system.browser();
    let page = newcomer.visit(client.authorize(&[("claims", &multi)]).url.as_str()).await;
    let page = sign_in_demo(&system, &newcomer, &page).await;
    assert_eq!(page.callback_param("error").as_deref(), Some("unmet_authentication_requirements"));
    let (_, staff_browser, staff_client) = staff(&system).await;
    staff_client.code(&staff_browser, &[("claims", &multi)]).await;
}

#[tokio::test]
async fn rp4_a_post_from_another_site_does_not_take_a_sign_in_under_way_away() {
    let (system, _, client) = customer().await;
    let browser = system.browser();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    let issuer = client.issuer().to_owned();
    let binding = browser.cookie(&issuer, "rk_customer_browser").expect("the browser is bound");
    // a browser leaves Lax cookies out of such a post; what counts is that the answer sets none
    let stranger = system.browser();
    for path in ["authorize", "end_session", "sign-out"] {
        let url = page.url.join(&format!("/{path}")).unwrap();
        let fields: Vec<(String, String)> =
            client.authorize(&[]).url.query_pairs().map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        let answer = stranger.post_with(&url, &fields, headers).await;
        assert!(answer.headers.get("set-cookie").is_none(), "{path}: {}", answer.summary());
    }
    assert_eq!(browser.cookie(&issuer, "rk_customer_browser").as_deref(), Some(binding.as_str()));
    let page = sign_in_demo(&system, &browser, &page).await;
    assert!(page.has("consent-allow"), "{}", page.summary());
}
