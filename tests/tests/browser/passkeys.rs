//! Passkeys, with an authenticator that belongs to the browser.

use end_to_end::{Chrome, System};
use thirtyfour::By;

use crate::walk;

/// The page of the customer's passkeys.
fn list(system: &System) -> String {
    format!("{}/account/passkeys", system.issuer("customer"))
}

/// How many passkeys the page lists.
async fn listed(chrome: &Chrome) -> usize {
    chrome.web().find_all(By::Css("#passkeys li")).await.expect("a list").len()
}

/// From the list to another entry in it.
async fn add(chrome: &Chrome, system: &System) {
    chrome.open(list(system)).await;
    assert_eq!(listed(chrome).await, 0);
    chrome.press("passkey-create").await;
    chrome.arrive("passkeys").await;
    assert_eq!(listed(chrome).await, 1, "{}", chrome.summary().await);
}

#[tokio::test]
async fn s8_s9_a_customer_adds_a_passkey_and_needs_neither_address_nor_password_any_more() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.add_authenticator(true).await;
    walk::sign_in_demo(&chrome, &system).await;
    add(&chrome, &system).await;
    chrome.open(&system.urls.storefront).await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;

    chrome.open(&system.urls.storefront).await;
    chrome.press("sign-in").await;
    // the authenticator answers the field's offer by itself, as somebody who chooses the passkey there does (S8)
    chrome.arrive("signed-in-as").await;

    chrome.open(list(&system)).await;
    chrome.press_first("button[value=remove]").await;
    chrome.arrive("no-passkeys").await;
    chrome.quit().await;
}

#[tokio::test]
async fn s15_a_device_that_can_not_verify_its_user_makes_no_passkey() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.add_authenticator(false).await;
    walk::sign_in_demo(&chrome, &system).await;
    chrome.open(list(&system)).await;
    chrome.element("passkey-create").await.click().await.expect("a button");
    let failed = chrome.web().find(By::Css("[data-failed]")).await.expect("a message");
    while !failed.is_displayed().await.expect("a page") {
        tokio::task::yield_now().await;
    }
    chrome.open(list(&system)).await;
    assert!(chrome.has("no-passkeys").await);
    chrome.quit().await;
}

#[tokio::test]
async fn mf9_staff_set_up_a_passkey_instead_of_an_app_and_sign_in_with_nothing_else() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.add_authenticator(true).await;
    walk::begin_set_up(&chrome, &system).await;
    chrome.press("passkey-create").await;
    chrome.arrive("recovery-codes").await;
    chrome.press("continue").await;
    chrome.arrive("landing-heading").await;
    chrome.press("sign-in").await;
    chrome.arrive("roles").await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;

    chrome.open(&system.urls.console).await;
    chrome.press("sign-in").await;
    chrome.arrive("roles").await;
    chrome.quit().await;
}

#[tokio::test]
async fn s2_without_scripts_the_pages_offer_no_passkey_and_say_so() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.without_javascript().await;
    walk::to_sign_in(&chrome, &system).await;
    let button = chrome.element("passkey-get").await;
    assert!(!button.is_displayed().await.expect("a page"));
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("signed-in-as").await;
    chrome.open(list(&system)).await;
    assert!(!chrome.element("passkey-create").await.is_displayed().await.expect("a page"));
    assert!(chrome.text_at("[data-no-passkey]").await.contains("Scripts have to be allowed"));
    chrome.quit().await;
}

#[tokio::test]
async fn s12_a_new_customer_has_a_passkey_and_no_password_to_remember() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.add_authenticator(true).await;
    walk::to_sign_in(&chrome, &system).await;
    chrome.press("register").await;
    chrome.arrive("email").await;
    chrome.fill("email", walk::CUSTOMER).await;
    chrome.fill("name", "Anna Customer").await;
    chrome.press("register-passkey").await;
    walk::confirm(&chrome, &system).await;
    chrome.arrive("use-password").await;
    chrome.press("passkey-create").await;
    chrome.arrive("signed-in-as").await;
    assert_eq!(chrome.text("signed-in-as").await, "Anna Customer");
    chrome.open(format!("{}/account", system.issuer("customer"))).await;
    assert!(chrome.text("account-password").await.starts_with("None"));
    chrome.quit().await;
}

/// Runs a script in every page before its own.
async fn before_pages(chrome: &Chrome, script: &str) {
    let parameters = serde_json::json!({ "source": script });
    chrome.web().cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", parameters).await.expect("a script");
}

#[tokio::test]
async fn s12_a_device_that_can_make_a_passkey_is_offered_one_after_a_password() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.add_authenticator(true).await;
    // a browser that makes none by itself
    before_pages(&chrome, "PublicKeyCredential.getClientCapabilities = async () => ({});").await;
    walk::to_sign_in(&chrome, &system).await;
    while chrome.script("return document.querySelector('input[name=offer]').value").await != "passkey" {
        tokio::task::yield_now().await;
    }
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("not-now").await;
    chrome.press("passkey-create").await;
    chrome.arrive("signed-in-as").await;
    chrome.open(list(&system)).await;
    assert_eq!(listed(&chrome).await, 1, "{}", chrome.summary().await);
    chrome.quit().await;
}

#[tokio::test]
async fn s11_a_browser_makes_a_passkey_by_itself_and_goes_on() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.add_authenticator(true).await;
    // the authenticator of the tests makes none by itself: what the page asks for is asked as if by a person
    let script = "const { create } = CredentialsContainer.prototype;
        CredentialsContainer.prototype.create = function ({ mediation, ...options }) {
            sessionStorage.asked = mediation;
            return create.call(this, options);
        };";
    before_pages(&chrome, script).await;
    walk::to_sign_in(&chrome, &system).await;
    while chrome.script("return document.querySelector('input[name=offer]').value").await != "passkey-quiet" {
        tokio::task::yield_now().await;
    }
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("signed-in-as").await;
    // the page that changes how one signs in asks for it: so far nobody has proved it
    chrome.open(list(&system)).await;
    chrome.press("passkey-get").await;
    chrome.arrive("passkeys").await;
    assert_eq!(listed(&chrome).await, 1, "{}", chrome.summary().await);
    assert_eq!(chrome.script("return sessionStorage.asked").await, "conditional");
    chrome.quit().await;
}

#[tokio::test]
async fn s11_a_browser_that_makes_none_after_all_goes_on_without_a_word() {
    let system = System::start().await;
    // at once where there is no authenticator, and after a moment where one never answers
    for has_one in [false, true] {
        let chrome = Chrome::start().await;
        if has_one {
            chrome.add_authenticator(true).await;
        }
        walk::sign_in_demo(&chrome, &system).await;
        chrome.open(list(&system)).await;
        assert!(chrome.has("no-passkeys").await);
        chrome.quit().await;
    }
}
