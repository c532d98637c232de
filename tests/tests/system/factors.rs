//! Second factors of customers, who choose them (MF1, MF4, MF7, AUTH-9).

use clock::Clock;
use end_to_end::{
    Browser, Page, RelyingParty, System,
    people::{Staff, code, enter_code, recovery_codes_on, seed_on, sign_in_demo},
    relying_party::claims,
};

use crate::support::{FULL, customer};

/// The demo customer sets up an authenticator app.
async fn enrol(system: &System, browser: &Browser) -> Staff {
    let page = browser.visit(format!("{}/account/totp", system.urls.customer_issuer)).await;
    let seed = seed_on(&page);
    let now = code(&seed, system.clock.now());
    let page = browser.submit(&page.form("otp").with("otp", &now)).await;
    let (email, password) = (system.demo.email.clone(), system.demo.password.clone());
    Staff { email, password, seed, recovery_codes: recovery_codes_on(&page) }
}

async fn at_second_factor(system: &System, browser: &Browser, client: &RelyingParty) -> Page {
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    let page = sign_in_demo(system, browser, &page).await;
    assert!(page.has("otp"), "{}", page.summary());
    page
}

#[tokio::test]
async fn mf7_who_enrolled_is_asked_each_time_and_the_tokens_say_so() {
    let (system, browser, client) = customer().await;
    client.tokens(&browser, FULL).await;
    let person = enrol(&system, &browser).await;
    let tokens = client.tokens(&browser, FULL).await;
    assert_eq!(claims(tokens.id_token())["acr"], "urn:realmkeep:acr:multi-factor", "done in this session");

    let fresh = system.browser();
    let page = at_second_factor(&system, &fresh, &client).await;
    let silent = fresh.visit(client.authorize(&[("prompt", "none")]).url.as_str()).await;
    assert_eq!(silent.callback_param("error").as_deref(), Some("interaction_required"));
    let page = enter_code(&system, &fresh, &page, &person).await;
    assert!(!page.code().is_empty());
    let id = claims(client.tokens(&fresh, "openid").await.id_token());
    let mut amr: Vec<&str> =
        id["amr"].as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect();
    amr.sort_unstable();
    assert_eq!(amr, ["mfa", "otp", "pwd"]);
}

#[tokio::test]
async fn mf7_a_refresh_does_not_raise_what_the_sign_in_was() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    enrol(&system, &browser).await;
    let next = client.refresh(tokens.refresh_token()).await.ok();
    assert_eq!(claims(next.access_token())["acr"], "urn:realmkeep:acr:single-factor");
}

#[tokio::test]
async fn mf2_a_seed_counts_only_after_a_code_of_it() {
    let (system, browser, client) = customer().await;
    let url = format!("{}/account/totp", system.urls.customer_issuer);
    let page = browser.visit(&url).await;
    assert_eq!(seed_on(&browser.visit(&url).await), seed_on(&page), "a reload shows the same one");
    let wrong = browser.submit(&page.form("otp").with("otp", "000000")).await;
    assert_eq!(wrong.status, 400, "{}", wrong.summary());
    let fresh = system.browser();
    let page = fresh.visit(client.authorize(&[]).url.as_str()).await;
    let page = sign_in_demo(&system, &fresh, &page).await;
    assert!(page.has("consent-allow"), "no second factor yet: {}", page.summary());
}

#[tokio::test]
async fn mf4_new_recovery_codes_end_the_old_ones() {
    let (system, browser, client) = customer().await;
    client.tokens(&browser, "openid").await;
    let person = enrol(&system, &browser).await;
    let page = browser.visit(format!("{}/account/recovery-codes", system.urls.customer_issuer)).await;
    let page = browser.submit(&page.form_to("/account/recovery-codes")).await;
    let new = recovery_codes_on(&page);
    assert_eq!(new.len(), 10);
    let fresh = system.browser();
    let page = at_second_factor(&system, &fresh, &client).await;
    let page = fresh.visit(page.link("recovery")).await;
    let form = page.form("recovery-code");
    let old = fresh.submit(&form.clone().with("recovery_code", &person.recovery_codes[0])).await;
    assert_eq!(old.status, 400, "{}", old.summary());
    let loose = new[0].to_lowercase().replace('-', " ");
    let entered = fresh.submit(&form.with("recovery_code", &loose)).await;
    assert!(!entered.code().is_empty(), "S23: written loosely it is the same code");
}

#[tokio::test]
async fn a12_a_code_of_the_app_alone_does_not_stand_in_for_a_new_sign_in() {
    let (system, browser, client) = customer().await;
    client.tokens(&browser, FULL).await;
    let person = enrol(&system, &browser).await;
    system.clock.advance(60);
    let page = browser.visit(client.authorize(&[("prompt", "login")]).url.as_str()).await;
    let now = code(&person.seed, system.clock.now());
    let csrf = page.form("login-submit").value("csrf").unwrap_or_default().to_owned();
    let factor = page.url.join(&format!("{}/second-factor", page.url.path())).unwrap();
    let fields = [("csrf".to_owned(), csrf), ("otp".to_owned(), now)];
    let page = browser.post(&factor, &fields).await;
    let page = browser.follow(page).await;
    assert!(page.has("login-submit"), "the password is still wanted: {}", page.summary());
}
