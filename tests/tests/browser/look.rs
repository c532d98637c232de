//! S16: nobody takes one realm for the other, or one side for the other.

use end_to_end::{Chrome, System};
use serde_json::Value;

use crate::walk;

/// The colours of the header, of the page and of the button that sends the form.
const COLOURS: &str = "
    const colour = (selector) => getComputedStyle(document.querySelector(selector)).backgroundColor;
    return ['header', 'body', '.primary'].map(colour);
";

async fn colours(chrome: &Chrome) -> Vec<String> {
    let colours = chrome.script(COLOURS).await;
    colours.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[tokio::test]
async fn s16_the_sign_in_pages_of_the_realms_differ_at_first_sight() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    for scheme in ["light", "dark"] {
        chrome.prefer_scheme(scheme).await;
        let mut seen = Vec::new();
        for (front, names) in [(&system.urls.storefront, false), (&system.urls.console, true)] {
            chrome.open(front).await;
            chrome.press("sign-in").await;
            chrome.arrive("username").await;
            let header = chrome.text_at("header").await;
            assert_eq!(header.contains("Staff sign-in"), names, "{header}");
            let title = chrome.web().title().await.expect("a title");
            assert_eq!(title.contains("Staff sign-in"), names, "{title}");
            seen.push(colours(&chrome).await);
        }
        let [customer, staff] = seen.as_slice() else { panic!("two pages") };
        for (of_customers, of_staff) in customer.iter().zip(staff) {
            assert_ne!(of_customers, of_staff, "{scheme}: {customer:?} {staff:?}");
        }
    }
    chrome.quit().await;
}

#[tokio::test]
async fn s16_storefront_and_console_differ_and_lead_to_each_other() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    for scheme in ["light", "dark"] {
        chrome.prefer_scheme(scheme).await;
        let header = "return getComputedStyle(document.querySelector('header')).backgroundColor";
        chrome.open(&system.urls.storefront).await;
        let shop = chrome.script(header).await;
        chrome.press("staff-sign-in").await;
        chrome.arrive("landing-heading").await;
        assert_ne!(shop, chrome.script(header).await, "{scheme}");
        assert!(chrome.text_at("header").await.contains("Staff console"));
        chrome.press("shop-link").await;
        assert!(chrome.url().await.starts_with(&system.urls.storefront));
    }
    chrome.quit().await;
}

#[tokio::test]
async fn s31_dark_mode_is_what_the_browser_prefers() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::to_sign_in(&chrome, &system).await;
    let light = colours(&chrome).await;
    chrome.prefer_scheme("dark").await;
    let dark = colours(&chrome).await;
    assert_ne!(light.get(1), dark.get(1), "the page's ground");
    chrome.quit().await;
}
