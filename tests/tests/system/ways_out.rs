//! No page of a sign-in holds a person fast (S7, S32, A15).

use end_to_end::{
    Browser, Page, RelyingParty, System,
    people::{register, sign_in, sign_in_demo},
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
    let again = register(&browser, &wrong, &system.demo.email, "Demo").await;
    assert!(again.has("email-error"), "and back again: {}", again.summary());
    let page = browser.visit(again.link("sign-in")).await;
    let page = sign_in(&browser, &page, (&system.demo.email, &system.demo.password)).await;
    assert!(page.has("consent-allow"), "{}", page.summary());
}
