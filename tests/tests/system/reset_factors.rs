//! Back into an account whose second factor is lost (MF8, ACC-6).

use clock::Clock;
use end_to_end::{
    Browser, Page, System,
    people::{Staff, code, recovery_codes_on, seed_on, sign_in, sign_in_staff},
};
use idp::flow::accounts;

use crate::support::{FULL, staff};

const DAY: i64 = 86_400;
const NEW_PASSWORD: &str = "copper lantern 27 estuary";

async fn reset(system: &System, staff: &Staff) -> String {
    accounts::reset_factors(system.realm("admin"), &staff.email, DAY).await.unwrap().unwrap()
}

/// Behind the link: a new password, then the page with the seed.
async fn choose_password(browser: &Browser, link: &str, password: &str) -> Page {
    let page = browser.visit(link).await;
    browser.submit(&page.form("setup-submit").with("password", password)).await
}

/// The whole way behind the link.
async fn set_up_again(system: &System, browser: &Browser, link: &str, staff: &Staff) -> Staff {
    let page = choose_password(browser, link, NEW_PASSWORD).await;
    let seed = seed_on(&page);
    let otp = code(&seed, system.clock.now());
    let page = browser.submit(&page.form("otp").with("otp", &otp)).await;
    let recovery_codes = recovery_codes_on(&page);
    Staff { email: staff.email.clone(), password: NEW_PASSWORD.to_owned(), seed, recovery_codes }
}

#[tokio::test]
async fn mf8_a_reset_ends_sessions_tokens_password_and_factors_at_once() {
    let system = System::start().await;
    let (staff, browser, client) = staff(&system).await;
    let tokens = client.tokens(&browser, FULL).await;
    reset(&system, &staff).await;
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    let page = browser.visit(client.authorize(&[("prompt", "none")]).url.as_str()).await;
    assert_eq!(page.callback_param("error").as_deref(), Some("login_required"));
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    let page = sign_in(&browser, &page, (&staff.email, &staff.password)).await;
    assert_eq!(page.status, 400, "the old password: {}", page.summary());
}

#[tokio::test]
async fn mf8_the_link_leads_back_into_the_same_account_with_new_password_and_factor() {
    let system = System::start().await;
    let (staff, browser, client) = staff(&system).await;
    let subject = client.tokens(&browser, FULL).await.json["id_token"].clone();
    let link = reset(&system, &staff).await;
    let page = browser.visit(&link).await;
    assert_eq!(page.form("setup-submit").value("email"), Some(staff.email.as_str()));
    let short = choose_password(&browser, &link, "short").await;
    assert!(short.has("password-error"), "{}", short.summary());
    let again = set_up_again(&system, &browser, &link, &staff).await;
    assert_ne!(again.seed, staff.seed);
    let page = browser.visit(&link).await;
    assert_eq!(page.error_code().as_deref(), Some("not_found"), "once");

    let fresh = system.browser();
    let page = fresh.visit(client.authorize(&[("scope", FULL)]).url.as_str()).await;
    let page = sign_in_staff(&system, &fresh, &page, &again).await;
    assert!(!page.code().is_empty(), "{}", page.summary());
    let sub =
        |token: &serde_json::Value| end_to_end::relying_party::claims(token.as_str().unwrap())["sub"].clone();
    let now = client.tokens(&fresh, FULL).await.json["id_token"].clone();
    assert_eq!(sub(&now), sub(&subject));
}

#[tokio::test]
async fn mf8_whoever_sends_another_address_changes_only_the_account_of_the_link() {
    let system = System::start().await;
    let (staff, _, client) = staff(&system).await;
    let link = reset(&system, &staff).await;
    let browser = system.browser();
    let page = browser.visit(&link).await;
    let form = page.form("setup-submit").with("email", "eve@staff.example").with("password", NEW_PASSWORD);
    let page = browser.submit(&form).await;
    let otp = code(&seed_on(&page), system.clock.now());
    browser.submit(&page.form("otp").with("otp", &otp)).await;
    let page = browser.visit(format!("{}/account", system.urls.admin_issuer)).await;
    assert_eq!(page.text_of("account-email"), staff.email);
    let page = system.browser().visit(client.authorize(&[]).url.as_str()).await;
    assert!(page.has("login-submit"));
}

#[tokio::test]
async fn mf8_a_newer_link_and_a_disabled_account_stop_the_link() {
    let system = System::start().await;
    let (staff, _, _) = staff(&system).await;
    let old = reset(&system, &staff).await;
    let new = reset(&system, &staff).await;
    let browser = system.browser();
    assert_eq!(browser.visit(&old).await.error_code().as_deref(), Some("not_found"));
    let page = choose_password(&browser, &new, NEW_PASSWORD).await;
    let realm = system.realm("admin");
    assert!(accounts::disable(realm, &staff.email).await.unwrap());
    let otp = code(&seed_on(&page), system.clock.now());
    let page = browser.submit(&page.form("otp").with("otp", &otp)).await;
    assert_eq!(page.error_code().as_deref(), Some("not_found"), "{}", page.summary());
    assert!(accounts::reset_factors(realm, &staff.email, DAY).await.unwrap().is_none());
    assert!(accounts::reset_factors(realm, "nobody@staff.example", DAY).await.unwrap().is_none());
}
