//! A client asks for a sign-in that can't be phished (`phr`, AUTH-9).

use test_browser::Authenticator;

use crate::{
    app::{Browser, realm_with_apps, redeem, router},
    harness::Scratch,
    passkeys::{ceremony, claims_of, filled},
};

const ADA: &str = "ada@example.com";
const ESSENTIAL: &str = r#"{"id_token":{"acr":{"essential":true,"values":["phr"]}}}"#;

/// A browser where the owner of an account with an authenticator app and a passkey has typed the password.
async fn with_both(scratch: &Scratch) -> (Browser, Authenticator) {
    scratch.account(ADA).await;
    let router = router(&scratch.realm, scratch);
    let browser = Browser::signed_in(scratch, &router, ADA).await;
    let mut device = Authenticator::new("http://localhost:7001");
    let (fields, options) = ceremony(&browser.get("/account/passkeys").await);
    browser.post("/account/passkeys", &filled(fields, &device.create(&options))).await;
    let page = browser.get("/account/totp").await;
    let otp = scratch.code(&page.text_of("totp-secret"));
    let enrolled = browser.send(&page.form("otp").with("otp", &otp)).await;
    assert_eq!(enrolled.status, 200, "{}", enrolled.body);
    (Browser::signed_in(scratch, &router, ADA).await, device)
}

#[tokio::test]
async fn auth9_only_the_passkey_is_asked_for_and_the_client_is_told() {
    let scratch = realm_with_apps().await;
    let (browser, mut device) = with_both(&scratch).await;
    let interaction = browser.interaction("app", &[("acr_values", "phr")]).await;
    let page = browser.get(&interaction).await;
    assert!(!page.has("otp") && !page.has("recovery"), "a code is not what was asked for: {}", page.body);
    let typed = browser
        .post(
            &format!("{interaction}/second-factor"),
            &[("csrf", page.field("csrf")), ("otp", "123456".to_owned())],
        )
        .await;
    assert_eq!(typed.location(), Some(interaction.as_str()), "nor is one taken");
    let (fields, options) = ceremony(&browser.get(&interaction).await);
    let answer = device.get(&options);
    let proved = browser.post(&format!("{interaction}/second-factor"), &filled(fields, &answer)).await;
    assert_eq!(proved.location(), Some(interaction.as_str()), "{}", proved.body);
    let code = browser.get(&interaction).await.param("code").unwrap();
    let claims = claims_of(&redeem(browser.transport(), "app", &code).await.text("id_token"));
    assert_eq!(claims["acr"], "phr");
    assert_eq!(claims["amr"], serde_json::json!(["hwk", "mfa", "pwd", "user"]));
    let again = browser.authorize("app", &[("claims", ESSENTIAL)]).await;
    assert!(again.param("code").is_some(), "once in a session is enough: {}", again.body);
    let usual = browser.tokens("app", "openid").await;
    assert_eq!(claims_of(&usual.id)["acr"], protocol::acr::MULTI, "who doesn't ask is told as before");
}

#[tokio::test]
async fn auth10_who_has_no_passkey_does_not_meet_an_essential_phr() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    let refused = browser.authorize("app", &[("claims", ESSENTIAL)]).await;
    assert_eq!(refused.param("error").as_deref(), Some("unmet_authentication_requirements"));
    let preferred = browser.authorize("app", &[("acr_values", "phr")]).await;
    assert!(preferred.param("code").is_some(), "a preference locks nobody out: {}", preferred.body);
    let discovery = browser.get("/.well-known/openid-configuration").await.json();
    assert!(discovery["acr_values_supported"].as_array().unwrap().contains(&"phr".into()));
}
