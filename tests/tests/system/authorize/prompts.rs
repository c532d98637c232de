//! `prompt`, `max_age`, hints (AUTH-6 to AUTH-8, A11 to A13).

use end_to_end::{
    Browser, Page, RelyingParty, System,
    people::{register, sign_in_demo},
    relying_party::claims,
};

use crate::support::{FULL, customer, staff};

async fn ask(browser: &Browser, client: &RelyingParty, changes: &[(&str, &str)]) -> Page {
    browser.visit(client.authorize(changes).url.as_str()).await
}

fn error(page: &Page) -> Option<String> {
    page.callback_param("error")
}

#[tokio::test]
async fn a11_auth6_prompt_none_shows_nothing_and_says_what_is_missing() {
    let (system, browser, client) = customer().await;
    let none = [("prompt", "none"), ("scope", "openid email")];
    assert_eq!(error(&ask(&system.browser(), &client, &none).await).as_deref(), Some("login_required"));
    assert_eq!(error(&ask(&browser, &client, &none).await).as_deref(), Some("consent_required"));
    client.tokens(&browser, "openid email").await;
    assert!(!ask(&browser, &client, &none).await.code().is_empty(), "consent is remembered");
    let more = [("prompt", "none"), ("scope", "openid email profile")];
    assert_eq!(error(&ask(&browser, &client, &more).await).as_deref(), Some("consent_required"));
    let less = [("prompt", "none"), ("scope", "openid")];
    assert!(!ask(&browser, &client, &less).await.code().is_empty());
}

#[tokio::test]
async fn a11_auth6_a_missing_second_factor_is_interaction_required() {
    let system = System::start().await;
    let (staff, _, client) = staff(&system).await;
    let browser = system.browser();
    let page = ask(&browser, &client, &[]).await;
    end_to_end::people::sign_in(&browser, &page, (&staff.email, &staff.password)).await;
    let page = ask(&browser, &client, &[("prompt", "none")]).await;
    assert_eq!(error(&page).as_deref(), Some("interaction_required"));
}

#[tokio::test]
async fn a12_auth7_prompt_login_and_a_passed_max_age_sign_in_again_with_a_new_auth_time() {
    let (system, browser, client) = customer().await;
    let first = claims(client.tokens(&browser, "openid").await.id_token());
    for changes in [[("prompt", "login")], [("max_age", "0")], [("max_age", "50")]] {
        system.clock.advance(100);
        let attempt = client.authorize(&changes);
        let page = browser.visit(attempt.url.as_str()).await;
        assert!(page.has("login-submit"), "{changes:?}: {}", page.summary());
        let page = sign_in_demo(&system, &browser, &page).await;
        let tokens = client.redeem(&attempt, &page.code()).await.ok();
        let again = claims(tokens.id_token());
        assert!(again["auth_time"].as_i64() > first["auth_time"].as_i64(), "{changes:?}");
        assert_eq!(again["sub"], first["sub"]);
    }
}

#[tokio::test]
async fn a12_auth7_a_sign_in_that_is_recent_enough_is_silent_and_keeps_its_auth_time() {
    let (system, browser, client) = customer().await;
    let first = claims(client.tokens(&browser, "openid").await.id_token());
    system.clock.advance(100);
    let attempt = client.authorize(&[("max_age", "10000")]);
    let page = browser.visit(attempt.url.as_str()).await;
    let again = claims(client.redeem(&attempt, &page.code()).await.ok().id_token());
    assert_eq!(again["auth_time"], first["auth_time"]);
    let page = ask(&browser, &client, &[("prompt", "none"), ("max_age", "50")]).await;
    assert_eq!(error(&page).as_deref(), Some("login_required"));
}

#[tokio::test]
async fn a12_who_lingers_on_the_consent_page_beyond_max_age_signs_in_again() {
    let (system, browser, client) = customer().await;
    let attempt = client.authorize(&[("max_age", "30"), ("prompt", "login consent")]);
    let page = browser.visit(attempt.url.as_str()).await;
    let page = sign_in_demo(&system, &browser, &page).await;
    system.clock.advance(600);
    let page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    assert!(page.has("login-submit"), "{}", page.summary());
    let mut page = sign_in_demo(&system, &browser, &page).await;
    if page.has("consent-allow") {
        page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    }
    let id = claims(client.redeem(&attempt, &page.code()).await.ok().id_token());
    assert_eq!(id["auth_time"], id["iat"]);
}

#[tokio::test]
async fn a13_auth8_a_hint_of_the_same_person_is_silent_and_one_of_another_is_not() {
    let (system, browser, client) = customer().await;
    let own = client.tokens(&browser, FULL).await.id_token().to_owned();
    let other = system.browser();
    let page = ask(&other, &client, &[]).await;
    let page = register(&other, &page, "grace@example.org", "Grace").await;
    let page = system.mailbox().confirm(&other, &page).await;
    assert!(page.has("consent-allow"), "{}", page.summary());
    other.submit(&page.form("consent-allow").press("consent-allow")).await;
    system.clock.advance(24 * 3600 / 4);
    let none = |hint| [("prompt", "none"), ("id_token_hint", hint)];
    assert!(!ask(&browser, &client, &none(&own)).await.code().is_empty(), "though the hint has expired");
    assert_eq!(error(&ask(&other, &client, &none(&own)).await).as_deref(), Some("login_required"));
    let forged = format!("{}x", &own[..own.len() - 5]);
    assert_eq!(error(&ask(&browser, &client, &none(&forged)).await).as_deref(), Some("invalid_request"));
    let shown = ask(&other, &client, &[("id_token_hint", &own)]).await;
    assert!(shown.has("login-submit"), "another person is asked to sign in: {}", shown.summary());
}

#[tokio::test]
async fn prompt_create_leads_a_newcomer_to_the_registration() {
    let (system, _, client) = customer().await;
    let page = ask(&system.browser(), &client, &[("prompt", "create")]).await;
    assert!(page.has("register-submit"), "{}", page.summary());
    let staff_client = RelyingParty::of(&system, "admin", "demo-web").await;
    let page = ask(&system.browser(), &staff_client, &[("prompt", "create")]).await;
    assert!(!page.has("register-submit"), "staff do not register: {}", page.summary());
}

#[tokio::test]
async fn prompt_select_account_asks_and_goes_on_or_signs_somebody_else_in() {
    let (_system, browser, client) = customer().await;
    client.tokens(&browser, "openid").await;
    let page = ask(&browser, &client, &[("prompt", "select_account")]).await;
    let go_on = browser.submit(&page.form("account-continue").press("account-continue")).await;
    assert!(!go_on.code().is_empty());
    let page = ask(&browser, &client, &[("prompt", "select_account")]).await;
    let page = browser.submit(&page.form("account-switch").press("account-switch")).await;
    assert!(page.has("login-submit"), "{}", page.summary());
}

#[tokio::test]
async fn auth6_prompt_consent_asks_again_though_consent_is_remembered() {
    let (_system, browser, client) = customer().await;
    client.tokens(&browser, FULL).await;
    let page = ask(&browser, &client, &[("prompt", "consent"), ("scope", FULL)]).await;
    assert!(page.has("consent-allow"), "{}", page.summary());
    let attempt = client.authorize(&[("prompt", "consent"), ("scope", FULL)]);
    let page = browser.visit(attempt.url.as_str()).await;
    let page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    let tokens = client.redeem(&attempt, &page.code()).await.ok();
    assert_ne!(tokens.refresh_token(), "", "AUTH-11");
}
