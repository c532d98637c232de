//! S7: whatever people do with tabs, Back and reload, and however long they wait, there is a way on.

use end_to_end::{Chrome, System};

use crate::walk;

/// Longer than a sign-in may stay open.
const HOURS: i64 = 3 * 3600;

#[tokio::test]
async fn s7_each_of_two_tabs_resumes_its_own_request() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::fill_cart(&chrome, &system).await;
    chrome.press("sign-in-to-order").await;
    chrome.arrive("username").await;

    let first = chrome.web().window().await.expect("a tab");
    let second = chrome.web().new_tab().await.expect("another tab");
    chrome.web().switch_to_window(second.clone()).await.expect("the other tab");
    chrome.open(format!("{}/orders", system.urls.storefront)).await;
    chrome.press("sign-in-here").await;
    chrome.arrive("username").await;

    chrome.web().switch_to_window(first).await.expect("the first tab");
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("checkout").await;

    // the form is from before the sign-in, so it changes nothing, and its request goes on from where it is
    chrome.web().switch_to_window(second).await.expect("the other tab");
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.press("restart").await;
    chrome.arrive("empty").await;
    assert!(chrome.url().await.ends_with("/orders"), "{}", chrome.summary().await);
    chrome.quit().await;
}

#[tokio::test]
async fn s7_a_form_of_the_storefront_from_before_the_sign_in_offers_a_way_on() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.open(&system.urls.storefront).await;
    let old = chrome.web().window().await.expect("a tab");
    let second = chrome.web().new_tab().await.expect("another tab");
    chrome.web().switch_to_window(second).await.expect("the other tab");
    walk::sign_in_demo(&chrome, &system).await;

    chrome.web().switch_to_window(old).await.expect("the first tab");
    chrome.press("sign-in").await;
    if !chrome.has("signed-in-as").await {
        chrome.press_first("main a").await;
        chrome.arrive("signed-in-as").await;
    }
    chrome.quit().await;
}

#[tokio::test]
async fn s7_back_after_signing_in_offers_the_way_to_the_app_and_a_new_start() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::sign_in_demo(&chrome, &system).await;
    chrome.back().await;
    // the storefront page from before the sign-in may lie between
    if !chrome.url().await.starts_with(&system.urls.customer_issuer) {
        chrome.back().await;
    }
    chrome.arrive("restart").await;
    let old = chrome.url().await;
    chrome.press("return").await;
    assert_eq!(chrome.text("signed-in-as").await, "Demo Customer");

    chrome.open(&old).await;
    chrome.press("restart").await;
    chrome.arrive("signed-in-as").await;
    assert!(chrome.url().await.starts_with(&system.urls.storefront), "{}", chrome.url().await);
    chrome.quit().await;
}

#[tokio::test]
async fn s7_reloading_changes_nothing_before_and_after_signing_in() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::to_sign_in(&chrome, &system).await;
    chrome.reload().await;
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("signed-in-as").await;
    chrome.reload().await;
    assert_eq!(chrome.text("signed-in-as").await, "Demo Customer");
    chrome.quit().await;
}

#[tokio::test]
async fn s7_a_sign_in_left_open_for_too_long_can_be_started_again() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::to_sign_in(&chrome, &system).await;
    let old = chrome.url().await;
    system.clock.advance(HOURS);
    walk::enter(&chrome, walk::demo(&system)).await;
    way_on(&chrome).await;

    chrome.open(&old).await;
    way_on(&chrome).await;
    chrome.press("return").await;
    walk::sign_in_demo(&chrome, &system).await;
    chrome.quit().await;
}

#[tokio::test]
async fn s7_staff_who_took_too_long_for_the_code_can_start_again() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    let staff = walk::set_up_staff(&chrome, &system).await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;
    walk::to_staff_code(&chrome, &system, &staff).await;
    system.clock.advance(HOURS);
    walk::enter_code(&chrome, &system, &staff.seed).await;
    way_on(&chrome).await;
    chrome.quit().await;
}

#[tokio::test]
async fn s7_d17_a_sign_in_of_another_browser_leads_to_the_start_page() {
    let system = System::start().await;
    let (one, other) = (Chrome::start().await, Chrome::start().await);
    walk::to_sign_in(&one, &system).await;
    other.open(one.url().await).await;
    assert!(!other.has("password").await, "{}", other.summary().await);
    other.press("home").await;
    other.press("sign-in").await;
    walk::enter(&other, walk::demo(&system)).await;
    other.arrive("account-email").await;
    one.quit().await;
    other.quit().await;
}

/// The page says what happened and has at least one link on.
async fn way_on(chrome: &Chrome) {
    for id in ["return", "restart", "home"] {
        if chrome.has(id).await {
            return;
        }
    }
    panic!("a dead end: {}", chrome.summary().await);
}
