//! S2: everything with JavaScript switched off.

use end_to_end::{Chrome, System};

use crate::{callback::Client, walk};

/// A browser that runs no script, and proof that it does not.
async fn plain(system: &System) -> Chrome {
    let chrome = Chrome::start().await;
    chrome.without_javascript().await;
    walk::to_sign_in(&chrome, system).await;
    // with scripts the password field gets a button that shows it
    let toggles = chrome.web().find_all(thirtyfour::By::Css(".reveal")).await.expect("a page");
    assert!(toggles.is_empty(), "scripts run");
    chrome
}

#[tokio::test]
async fn s2_registration_and_an_order_need_no_javascript() {
    let system = System::start().await;
    let chrome = plain(&system).await;
    walk::register(&chrome, &system).await;
    chrome.arrive("signed-in-as").await;
    walk::fill_cart(&chrome, &system).await;
    chrome.press("checkout").await;
    chrome.arrive("thanks").await;
    chrome.quit().await;
}

#[tokio::test]
async fn s2_sign_in_and_sign_out_need_no_javascript() {
    let system = System::start().await;
    let chrome = plain(&system).await;
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("signed-in-as").await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;

    // and where the realm asks first
    walk::sign_in_demo(&chrome, &system).await;
    chrome.open(format!("{}/end_session", system.urls.customer_issuer)).await;
    chrome.press("logout-confirm").await;
    chrome.arrive("continue").await;
    walk::until_signed_out(&chrome, &system).await;
    walk::to_sign_in(&chrome, &system).await;
    chrome.quit().await;
}

#[tokio::test]
async fn s2_the_second_factor_needs_no_javascript() {
    let system = System::start().await;
    let chrome = plain(&system).await;
    let staff = walk::set_up_staff(&chrome, &system).await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;

    walk::to_staff_code(&chrome, &system, &staff).await;
    walk::enter_code(&chrome, &system, &staff.seed).await;
    chrome.arrive("roles").await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;

    walk::to_staff_code(&chrome, &system, &staff).await;
    chrome.press("recovery").await;
    chrome.fill("recovery-code", staff.recovery_codes.first().expect("a code")).await;
    chrome.press("login-submit").await;
    chrome.arrive("roles").await;
    chrome.quit().await;
}

#[tokio::test]
async fn s2_consent_needs_no_javascript() {
    let system = System::start().await;
    let client = Client::start(&system).await;
    let chrome = plain(&system).await;
    chrome.open(client.request(&[])).await;
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("consent-allow").await;
    chrome.press("consent-allow").await;
    chrome.arrive("app").await;
    assert!(chrome.url().await.contains("code="), "{}", chrome.url().await);
    chrome.quit().await;
}
