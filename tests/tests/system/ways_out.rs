//! No page of a sign-in holds a person fast (S7, S32, A15).

use clock::Clock;
use end_to_end::{
    Browser, Page, RelyingParty, System,
    people::{begin_set_up, code, register, seed_on, sign_in, sign_in_demo},
};

use crate::support::{FULL, customer, staff};

/// A browser that has entered the password of the first member of staff, and nothing more.
async fn half_signed_in(system: &System) -> (Browser, Page) {
    let (staff, _, client) = staff(system).await;
    let browser = system.browser();
    let page = browser.visit(client.authorize(&[("scope", FULL)]).url.as_str()).await;
    let page = sign_in(&browser, &page, (&staff.email, &staff.password)).await;
    (browser, page)
}

#[tokio::test]
async fn s7_a15_whoever_is_asked_for_a_code_may_cancel() {
    let system = System::start().await;
    let (browser, page) = half_signed_in(&system).await;
    let recovery = browser.visit(page.link("recovery")).await;
    for page in [page, recovery] {
        let left = browser.visit(page.link("cancel")).await;
        assert_eq!(left.callback_param("error").as_deref(), Some("access_denied"));
    }
}

#[tokio::test]
async fn s7_whoever_is_asked_for_a_code_may_sign_in_as_somebody_else() {
    let system = System::start().await;
    let (browser, page) = half_signed_in(&system).await;
    let recovery = browser.visit(page.link("recovery")).await;
    for page in [page, recovery] {
        let other = browser.submit(&page.form("account-switch").press("account-switch")).await;
        assert!(other.has("login-submit") && other.has("password"), "{}", other.summary());
        let left = browser.visit(other.link("cancel")).await;
        assert_eq!(left.callback_param("error").as_deref(), Some("access_denied"), "the same request");
    }
}

#[tokio::test]
async fn s7_the_start_page_calls_nobody_signed_in_before_the_code() {
    let system = System::start().await;
    let (browser, _) = half_signed_in(&system).await;
    let home = browser.visit(&system.urls.admin_issuer).await;
    assert!(!home.has("account"), "{}", home.summary());
    assert!(browser.visit(home.link("sign-in")).await.has("password"));
}

#[tokio::test]
async fn s7_whoever_has_no_factor_where_one_is_needed_may_leave() {
    let system = System::start_with(&[
        ("customer", "factors.second", "required"),
        ("customer", "registration.open", "false"),
    ])
    .await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let browser = system.browser();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    let page = sign_in_demo(&system, &browser, &page).await;
    assert!(!page.body.contains("Staff sign in"), "customers are no staff: {}", page.summary());
    let left = browser.visit(page.link("cancel")).await;
    assert_eq!(left.callback_param("error").as_deref(), Some("access_denied"));
    let other = browser.submit(&page.form("account-switch").press("account-switch")).await;
    assert!(other.has("password"), "{}", other.summary());
}

#[tokio::test]
async fn s32_whoever_is_asked_to_register_may_sign_in_or_leave() {
    let (system, _, client) = customer().await;
    let browser = system.browser();
    let page = browser.visit(client.authorize(&[("prompt", "create")]).url.as_str()).await;
    let left = browser.visit(page.link("cancel")).await;
    assert_eq!(left.callback_param("error").as_deref(), Some("access_denied"));
    let page = browser.visit(page.link("sign-in")).await;
    let wrong = sign_in(&browser, &page, (&system.demo.email, "wrong wrong wrong")).await;
    let waiting = register(&browser, &wrong, &system.demo.email, "Demo").await;
    let again = browser.visit(waiting.link("back")).await;
    assert!(again.has("register-submit"), "and back again: {}", again.summary());
    let page = browser.visit(again.link("sign-in")).await;
    let page = sign_in(&browser, &page, (&system.demo.email, &system.demo.password)).await;
    assert!(page.has("consent-allow"), "{}", page.summary());
}

/// Opens the address of a failed form again, as Enter in the address bar does.
async fn reopened(browser: &Browser, failed: &Page) -> Page {
    let page = browser.visit(failed.url.as_str()).await;
    assert_eq!(page.status, 200, "{}", page.summary());
    page
}

#[tokio::test]
async fn s7_d11_the_address_of_a_failed_form_shows_the_form_again() {
    let (system, _, client) = customer().await;
    let browser = system.browser();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    let failed = sign_in(&browser, &page, (&system.demo.email, "wrong wrong wrong")).await;
    assert!(failed.url.path().ends_with("/sign-in"), "{}", failed.url);
    assert!(reopened(&browser, &failed).await.has("password"));
    let failed = register(&browser, &page, "nonsense", "Ada").await;
    assert!(reopened(&browser, &failed).await.has("register-submit"));
    sign_in_demo(&system, &browser, &page).await;
    let issuer = &system.urls.customer_issuer;
    for (path, id) in [("/sign-out", "logout-confirm"), ("/account/recovery-codes", "new-codes-confirm")] {
        let page = browser.visit(format!("{issuer}{path}")).await;
        assert!(page.has(id), "{path}: {}", page.summary());
    }
    let interaction = page.url.path().to_owned();
    for form in ["consent", "account", "second-factor"] {
        let page = browser.visit(format!("{issuer}{interaction}/{form}")).await;
        assert!(page.has("consent-allow"), "{form}: {}", page.summary());
    }
}

#[tokio::test]
async fn s7_d11_the_address_of_a_failed_code_shows_the_same_page_again() {
    let system = System::start().await;
    let (browser, page) = half_signed_in(&system).await;
    let failed = browser.submit(&page.form("otp").with("otp", "000000")).await;
    assert!(reopened(&browser, &failed).await.has("otp"));
    let page = browser.visit(page.link("recovery")).await;
    let failed = browser.submit(&page.form("recovery-code").with("recovery_code", "nonsense")).await;
    assert!(reopened(&browser, &failed).await.has("recovery-code"));
}

#[tokio::test]
async fn d11_a_person_at_an_endpoint_of_programs_gets_a_page_and_a_program_json() {
    let system = System::start().await;
    let url = format!("{}/token", system.urls.customer_issuer);
    let page = system.browser().visit(&url).await;
    assert_eq!((page.status.as_u16(), page.error_code().as_deref()), (405, Some("invalid_request")));
    assert_eq!(page.header("allow"), "POST,OPTIONS");
    let answer = end_to_end::http_client::client().get(&url).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn d2_s7_a_set_up_that_took_too_long_begins_anew_and_its_link_still_works() {
    let system = System::start().await;
    let browser = system.browser();
    let page = begin_set_up(&browser, &system.setup_link).await;
    system.clock.advance(1801);
    let late = browser.submit(&page.form("otp").with("otp", "000000")).await;
    assert!(late.has("setup-submit"), "{}", late.summary());
    let page = begin_set_up(&browser, &system.setup_link).await;
    let otp = code(&seed_on(&page), system.clock.now());
    let done = browser.submit(&page.form("otp").with("otp", &otp)).await;
    assert!(done.has("recovery-codes"), "{}", done.summary());
    let again = browser.submit(&page.form("otp").with("otp", &otp)).await;
    assert!(again.has("recovery-codes"), "Q5: the first outcome: {}", again.summary());
    assert_eq!(browser.visit(&system.setup_link).await.error_code().as_deref(), Some("not_found"));
}

#[tokio::test]
async fn s7_s26_whoever_has_to_wait_is_led_back_to_the_form() {
    let system = System::start().await;
    let browser = system.browser();
    let page = begin_set_up(&browser, &system.setup_link).await;
    let wrong = page.form("otp").with("otp", "000000");
    for _ in 0..5 {
        assert_eq!(browser.submit(&wrong).await.status, 400);
    }
    let waits = browser.submit(&wrong).await;
    assert_eq!(waits.status, 429, "{}", waits.summary());
    assert!(browser.visit(waits.link("restart")).await.has("otp"));
}
