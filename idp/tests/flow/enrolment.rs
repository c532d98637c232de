//! A realm demands a second factor of people who have none yet: they set it up within their sign-in. Staff don't (MF6).

use test_browser::Authenticator;

use crate::{
    app::{Browser, realm_with, redeem, router},
    harness::Scratch,
    passkeys::{ceremony, claims_of, filled},
};

const ADA: &str = "ada@example.com";

/// A browser where the password of an account without a second factor was typed, and its interaction.
async fn at_enrolment(scratch: &Scratch) -> (Browser, String) {
    scratch.account(ADA).await;
    let browser = Browser::signed_in(scratch, &router(&scratch.realm, scratch), ADA).await;
    let interaction = browser.interaction("app", &[("state", "kept")]).await;
    (browser, interaction)
}

async fn demanding(staff: &str) -> Scratch {
    realm_with(&[("factors.second", "required"), ("staff", staff), ("tokens.access", "5m")]).await
}

async fn claims(browser: &Browser, interaction: &str) -> serde_json::Value {
    let answer = browser.get(interaction).await;
    assert_eq!(answer.param("state").as_deref(), Some("kept"), "the app's request goes on: {}", answer.body);
    let tokens = redeem(browser.transport(), "app", &answer.param("code").unwrap()).await;
    claims_of(&tokens.text("id_token"))
}

#[tokio::test]
async fn mf6_an_app_is_set_up_within_the_sign_in_and_counts_in_it() {
    let scratch = demanding("false").await;
    let (browser, interaction) = at_enrolment(&scratch).await;
    let page = browser.get(&interaction).await;
    let wrong = browser.send(&page.form("otp").with("otp", "000000")).await;
    assert_eq!(wrong.status, 400);
    assert!(browser.get(&interaction).await.has("totp-secret"), "the password alone gives no code");
    let otp = scratch.code(&page.text_of("totp-secret"));
    let codes = browser.send(&wrong.form("otp").with("otp", &otp)).await;
    assert!(codes.has("recovery-codes"), "{}", codes.body);
    assert_eq!(codes.link("continue").path(), interaction);
    let claims = claims(&browser, &interaction).await;
    assert_eq!(claims["amr"], serde_json::json!(["mfa", "otp", "pwd"]));
    let other = Browser::signed_in(&scratch, browser.transport(), ADA).await;
    let next = other.interaction("app", &[]).await;
    let page = other.get(&next).await;
    assert!(page.has("otp") && !page.has("totp-secret"), "the next sign-in asks for it: {}", page.body);
}

#[tokio::test]
async fn mf6_a_passkey_is_set_up_within_the_sign_in_with_recovery_codes() {
    let scratch = demanding("false").await;
    let (browser, interaction) = at_enrolment(&scratch).await;
    let (fields, options) = ceremony(&browser.get(&interaction).await);
    let mut device = Authenticator::new("http://localhost:7001");
    let action = format!("{interaction}/enrol");
    let codes = browser.post(&action, &filled(fields.clone(), &device.create(&options))).await;
    assert!(codes.has("recovery-codes"), "{}", codes.body);
    let claims = claims(&browser, &interaction).await;
    assert_eq!(claims["acr"], protocol::acr::MULTI);
    let again = browser.post(&action, &filled(fields, &device.create(&options))).await;
    assert_eq!(again.text_of("recovery-codes"), codes.text_of("recovery-codes"), "q5 twice is once");
}

#[tokio::test]
async fn s36_the_same_code_sent_twice_shows_the_same_recovery_codes() {
    let scratch = demanding("false").await;
    let (browser, interaction) = at_enrolment(&scratch).await;
    let page = browser.get(&interaction).await;
    let form = page.form("otp").with("otp", &scratch.code(&page.text_of("totp-secret")));
    let (twin, first) = (browser.clone(), browser.send(&form).await);
    let second = twin.send(&form).await;
    assert!(first.has("recovery-codes"));
    assert_eq!(first.text_of("recovery-codes"), second.text_of("recovery-codes"));
}

#[tokio::test]
async fn mf6_staff_get_a_second_factor_by_an_invitation_only() {
    let scratch = demanding("true").await;
    let (browser, interaction) = at_enrolment(&scratch).await;
    let page = browser.get(&interaction).await;
    assert_eq!(page.status, 403, "{}", page.body);
    assert!(!page.has("totp-secret"));
    let csrf = page.field("csrf");
    let tried =
        browser.post(&format!("{interaction}/enrol"), &[("csrf", csrf), ("otp", "123456".into())]).await;
    assert_eq!(tried.location(), Some(interaction.as_str()), "{}", tried.body);
}

#[tokio::test]
async fn mf5_the_step_of_setting_one_up_takes_no_other_factor_away() {
    let scratch = realm_with(&[]).await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    let interaction = browser.interaction("app", &[("prompt", "login")]).await;
    let page = browser.get("/account/password").await;
    let fields = [("csrf", page.field("csrf")), ("otp", "123456".into())];
    let tried = browser.post(&format!("{interaction}/enrol"), &fields).await;
    assert_eq!(tried.location(), Some(interaction.as_str()), "nobody is at that step: {}", tried.body);
}
