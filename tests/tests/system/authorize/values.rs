//! Values that come back exactly: state, nonce, iss, claims, acr (A8 to A10, AUTH-9 to AUTH-11).

use end_to_end::{System, relying_party::claims};
use serde_json::json;

use crate::support::{customer, staff};

#[tokio::test]
async fn a8_a9_auth2_auth3_state_comes_back_exactly_and_the_answer_names_its_issuer() {
    let (_system, browser, client) = customer().await;
    client.tokens(&browser, "openid").await;
    let printable: String = (' '..='~').collect();
    let long = printable.repeat(20);
    for state in [long.as_str(), "a b+c&d=e%20", "\"><script>alert(1)</script>", "ünï 漢字 🦀", "x"] {
        let page = browser.visit(client.authorize(&[("state", state)]).url.as_str()).await;
        assert_eq!(page.callback_param("state").as_deref(), Some(state));
        assert_eq!(page.callback_param("iss").as_deref(), Some(client.issuer()));
        let names: Vec<String> = page.callback().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), 3, "{names:?}");
    }
    let page = browser.visit(client.authorize(&[("state", "")]).url.as_str()).await;
    assert_eq!(page.callback_param("state"), None);
}

#[tokio::test]
async fn a9_state_that_passes_the_sign_in_page_is_not_in_it_and_comes_back() {
    let (system, _, client) = customer().await;
    let browser = system.browser();
    let state = "\"><img src=x onerror=alert(1)>".repeat(18);
    let page = browser.visit(client.authorize(&[("state", &state)]).url.as_str()).await;
    assert!(!page.body.contains("onerror"), "{}", page.summary());
    let page = end_to_end::people::sign_in_demo(&system, &browser, &page).await;
    let page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    assert_eq!(page.callback_param("state"), Some(state));
}

#[tokio::test]
async fn a10_auth11_the_nonce_is_copied_exactly_or_absent() {
    let (_system, browser, client) = customer().await;
    for nonce in ["n".repeat(64), "n".repeat(384), "a b\"c\\d".to_owned(), String::new()] {
        let (attempt, code) = client.code(&browser, &[("nonce", &nonce)]).await;
        let id = claims(client.redeem(&attempt, &code).await.ok().id_token());
        assert_eq!(id.get("nonce").and_then(|nonce| nonce.as_str()).unwrap_or_default(), nonce);
    }
}

#[tokio::test]
async fn auth9_the_acr_is_what_was_done_and_one_of_those_published() {
    let (system, browser, client) = customer().await;
    let (_, staff_browser, staff_client) = staff(&system).await;
    for (browser, client, acr) in [
        (&browser, &client, "urn:realmkeep:acr:single-factor"),
        (&staff_browser, &staff_client, "urn:realmkeep:acr:multi-factor"),
    ] {
        let wish = [("acr_values", "urn:realmkeep:acr:multi-factor urn:other")];
        let (attempt, code) = client.code(browser, &wish).await;
        let id = claims(client.redeem(&attempt, &code).await.ok().id_token());
        assert_eq!(id["acr"], acr);
        assert!(client.metadata["acr_values_supported"].as_array().unwrap().contains(&json!(acr)));
    }
}

#[tokio::test]
async fn auth10_a_claim_that_is_asked_for_userinfo_is_there_and_not_in_the_id_token() {
    let (_system, browser, client) = customer().await;
    let asked = r#"{"userinfo":{"name":{"essential":true},"email":null}}"#;
    let (attempt, code) = client.code(&browser, &[("claims", asked)]).await;
    let tokens = client.redeem(&attempt, &code).await.ok();
    let user = client.userinfo(tokens.access_token()).await.ok();
    assert_eq!((user.text("name"), user.text("email")), ("Demo Customer", "demo@example.com"));
    let id = claims(tokens.id_token());
    assert!(id.get("name").is_none() && id.get("email").is_none());
    let asked = r#"{"id_token":{"email":null}}"#;
    let (attempt, code) = client.code(&browser, &[("claims", asked)]).await;
    let tokens = client.redeem(&attempt, &code).await.ok();
    assert_eq!(claims(tokens.id_token())["email"], "demo@example.com");
    let user = client.userinfo(tokens.access_token()).await.ok();
    assert!(user.json.get("email").is_none(), "{}", user.body);
}

#[tokio::test]
async fn a19_codes_and_states_leave_with_no_referrer() {
    let system = System::start().await;
    let client = end_to_end::RelyingParty::of(&system, "customer", "demo-web").await;
    let page = system.browser().visit(client.authorize(&[]).url.as_str()).await;
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("cache-control"), "no-store");
}
