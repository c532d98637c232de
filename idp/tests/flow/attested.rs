//! A realm that lists the authenticators that may make passkeys (X10), and clients that ask for such hardware (AUTH-9).

use tempfile::NamedTempFile;
use test_browser::{Authenticator, MODEL, Maker, Page};

use crate::{
    app::{Browser, realm_with, realm_with_more, redeem, router},
    harness::Scratch,
    passkeys::{ceremony, claims_of, filled},
};

const ADA: &str = "ada@example.com";
const ISSUER: &str = "http://localhost:7001";
const LIST: &str = "/account/passkeys";

/// A realm that lists the model of this maker.
async fn listing(maker: &Maker) -> Scratch {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &maker.authority).unwrap();
    let model = uuid::Uuid::from_bytes(MODEL);
    let table =
        format!("[[factors.attestation]]\nca_file = \"{}\"\nmodels = [\"{model}\"]\n", file.path().display());
    realm_with_more(&table, &[]).await
}

async fn add(browser: &Browser, device: &mut Authenticator, maker: Option<&Maker>) -> Page {
    let (fields, options) = ceremony(&browser.get(LIST).await);
    let answer = device.create_saying(&options, |said| {
        if let Some(maker) = maker {
            said.attest(maker);
        }
    });
    browser.post(LIST, &filled(fields, &answer)).await
}

async fn signed_in(scratch: &Scratch) -> Browser {
    scratch.account(ADA).await;
    Browser::signed_in(scratch, &router(&scratch.realm, scratch), ADA).await
}

async fn claims(browser: &Browser, changes: &[(&str, &str)]) -> serde_json::Value {
    let code = browser.authorize("app", changes).await.param("code").unwrap();
    claims_of(&redeem(browser.transport(), "app", &code).await.text("id_token"))
}

#[tokio::test]
async fn auth9_a_key_in_listed_hardware_is_told_and_can_be_asked_for() {
    let maker = Maker::new(MODEL);
    let scratch = listing(&maker).await;
    let browser = signed_in(&scratch).await;
    let refused = add(&browser, &mut Authenticator::new(ISSUER), None).await;
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("not one of those that are allowed here"), "{}", refused.body);
    let mut device = Authenticator::new(ISSUER);
    assert_eq!(add(&browser, &mut device, Some(&maker)).await.location(), Some(LIST));
    let told = claims(&browser, &[("acr_values", "phrh")]).await;
    assert_eq!(told["acr"], "phrh");
    assert_eq!(told["amr"], serde_json::json!(["attested", "hwk", "mfa", "pwd", "user"]));
    assert_eq!(claims(&browser, &[("acr_values", "phr")]).await["acr"], "phr");
    assert_eq!(claims(&browser, &[]).await["acr"], protocol::acr::MULTI, "who doesn't ask is told as before");
    // another sign-in, by the password: nothing but that passkey is what the client asks for
    let other = Browser::signed_in(&scratch, browser.transport(), ADA).await;
    let interaction = other.interaction("app", &[("acr_values", "phrh")]).await;
    let page = other.get(&interaction).await;
    assert!(!page.has("otp") && !page.has("recovery"), "{}", page.body);
    let (fields, options) = ceremony(&page);
    let answer = device.get(&options);
    let proved = other.post(&format!("{interaction}/second-factor"), &filled(fields, &answer)).await;
    assert_eq!(proved.location(), Some(interaction.as_str()), "{}", proved.body);
    let code = other.get(&interaction).await.param("code").unwrap();
    let told = claims_of(&redeem(other.transport(), "app", &code).await.text("id_token"));
    assert_eq!(told["acr"], "phrh");
    let discovery = other.get("/.well-known/openid-configuration").await.json();
    assert!(discovery["acr_values_supported"].as_array().unwrap().contains(&"phrh".into()));
}

#[tokio::test]
async fn x10_a_passkey_of_before_signs_in_and_is_no_listed_hardware() {
    let maker = Maker::new(MODEL);
    let scratch = realm_with(&[]).await;
    let browser = signed_in(&scratch).await;
    let mut device = Authenticator::new(ISSUER);
    // its maker vouches for it, but nobody asked
    assert_eq!(add(&browser, &mut device, Some(&maker)).await.location(), Some(LIST));
    let refused = browser.authorize("app", &[("claims", ESSENTIAL)]).await;
    assert_eq!(refused.param("error").as_deref(), Some("unmet_authentication_requirements"));
    assert_eq!(claims(&browser, &[("acr_values", "phrh")]).await["acr"], protocol::acr::MULTI);
    let discovery = browser.get("/.well-known/openid-configuration").await.json();
    assert!(!discovery["acr_values_supported"].as_array().unwrap().contains(&"phrh".into()));
}

const ESSENTIAL: &str = r#"{"id_token":{"acr":{"essential":true,"values":["phrh"]}}}"#;
