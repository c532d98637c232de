//! S1: the cold sign-in page.

use std::collections::BTreeMap;

use end_to_end::{Chrome, System, http_client};
use serde_json::Value;
use url::Url;

use crate::walk;

const MOST_REQUESTS: usize = 4;
const MOST_BYTES: u64 = 25_000;

/// What the page itself loaded, and how much of the network that took, headers included.
const LOADED: &str = "
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    return entries.map((entry) => [entry.name, entry.transferSize]);
";

#[tokio::test]
async fn s1_the_cold_sign_in_page_takes_few_requests_and_bytes_of_one_origin() {
    let system = System::start().await;
    for (realm, front) in [("customer", &system.urls.storefront), ("admin", &system.urls.console)] {
        // a new profile for each, with an empty cache
        let chrome = Chrome::start().await;
        chrome.open(front).await;
        chrome.press("sign-in").await;
        chrome.arrive("username").await;
        check_cold(&chrome, system.issuer(realm)).await;
        chrome.quit().await;
    }
}

/// Checks the page that a browser with an empty cache has opened.
pub async fn check_cold(chrome: &Chrome, issuer: &str) {
    // a file may be shown in several places of a page, each by its fragment
    let mut loaded: BTreeMap<String, u64> = BTreeMap::new();
    for entry in chrome.script(LOADED).await.as_array().into_iter().flatten() {
        let name = entry.get(0).and_then(Value::as_str).expect("an address");
        let url = name.split('#').next().unwrap_or(name).to_owned();
        *loaded.entry(url).or_default() += entry.get(1).and_then(Value::as_u64).expect("a size");
    }
    let (url, size) = icon(chrome).await;
    loaded.entry(url).or_insert(size);

    let bytes: u64 = loaded.values().sum();
    println!("{issuer}: {} requests, {bytes} bytes", loaded.len());
    assert!(loaded.len() <= MOST_REQUESTS, "{issuer}: {loaded:?}");
    assert!(bytes > 2_000, "{issuer}: measured nothing: {loaded:?}");
    assert!(bytes <= MOST_BYTES, "{issuer}: {bytes} bytes: {loaded:?}");
    for (name, bytes) in &loaded {
        assert!(name.starts_with(issuer), "{issuer}: {name} is of another origin");
        assert!(*bytes > 0, "{issuer}: {name} was not loaded cold");
    }
}

/// The browser loads the icon too, and doesn't always tell the page.
async fn icon(chrome: &Chrome) -> (String, u64) {
    let link = chrome.web().find(thirtyfour::By::Css("link[rel=icon]")).await.expect("an icon");
    let href = link.attr("href").await.expect("a link").expect("an address");
    let page = Url::parse(&chrome.url().await).expect("an address");
    let url = page.join(&href).expect("an address");
    let answer = http_client::client().get(url.clone()).send().await.expect("an icon");
    let body = answer.bytes().await.expect("an icon");
    (url.to_string(), u64::try_from(body.len()).expect("a size"))
}

#[tokio::test]
async fn s1_another_page_of_the_realm_loads_nothing_but_itself() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::to_sign_in(&chrome, &system).await;
    chrome.press("register").await;
    let loaded = chrome.script(LOADED).await;
    let resources = loaded.as_array().into_iter().flatten().skip(1);
    for entry in resources {
        assert_eq!(entry.get(1).and_then(Value::as_u64), Some(0), "{entry} was loaded again");
    }
    chrome.quit().await;
}
