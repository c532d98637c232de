//! S36: tabs that a fresh browser opens at once all lead on, and a browser that keeps no cookies is told so.

use end_to_end::{Chrome, RelyingParty, System};

use crate::walk;

#[tokio::test]
async fn s36_every_tab_that_a_fresh_browser_opens_at_once_leads_on() {
    let system = System::start().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let chrome = Chrome::start().await;
    let urls: Vec<String> =
        (0..4).map(|_| client.authorize(&[("prompt", "login")]).url.to_string()).collect();
    chrome.open(format!("{}/assets/nothing", system.issuer("customer"))).await;
    chrome.script(&format!("{urls:?}.forEach(url => window.open(url))")).await;
    let tabs = chrome.web().windows().await.expect("tabs");
    assert_eq!(tabs.len(), 1 + urls.len());
    for tab in tabs.into_iter().skip(1) {
        chrome.web().switch_to_window(tab).await.expect("a tab");
        chrome.arrive("username").await;
        chrome.fill("username", walk::demo(&system).0).await;
        chrome.fill("password", "not the password").await;
        chrome.press("login-submit").await;
        chrome.arrive("error-message").await;
    }
    chrome.quit().await;
}

#[tokio::test]
async fn s36_a_browser_that_keeps_no_cookies_is_told_so() {
    let system = System::start().await;
    let chrome = Chrome::start_without_cookies().await;
    for page in ["/account", "/account/totp"] {
        chrome.open(format!("{}{page}", system.issuer("customer"))).await;
        chrome.arrive("error-page").await;
        assert_eq!(chrome.text_at("h1").await, "Cookies are blocked");
        assert_eq!(chrome.text("error-code").await, "cookies_blocked");
    }
    chrome.quit().await;
}
