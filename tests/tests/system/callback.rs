//! The way back from a realm to a side (RP5 to RP9).

use end_to_end::{
    Browser, Page, System,
    people::{enter_shop, go_to_sign_in, sign_in_demo},
};
use url::Url;

/// Signs in at the realm and stops before the browser opens the shop's callback.
async fn callback_url(system: &System, browser: &Browser) -> Url {
    let page = go_to_sign_in(browser, &system.urls.storefront).await;
    let form = page.form("login-submit").with("username", &system.demo.email);
    let mut page = browser.send(&form.with("password", &system.demo.password)).await;
    loop {
        let next = page.next().unwrap_or_else(|| panic!("{}", page.summary()));
        if next.path() == "/callback" {
            return next;
        }
        page = browser.get(next).await;
    }
}

fn with_param(url: &Url, name: &str, value: Option<&str>) -> Url {
    let kept: Vec<(String, String)> = url.query_pairs().into_owned().filter(|(key, _)| key != name).collect();
    let mut url = url.clone();
    url.query_pairs_mut().clear().extend_pairs(kept).extend_pairs(value.map(|value| (name, value)));
    url
}

fn inside(page: &Page) -> bool {
    page.has("signed-in-as")
}

#[tokio::test]
async fn rp5_the_answer_belongs_to_the_browser_that_asked() {
    let system = System::start().await;
    let (browser, victim) = (system.browser(), system.browser());
    victim.visit(&system.urls.storefront).await;
    let url = callback_url(&system, &browser).await;
    assert!(!inside(&victim.visit(url.as_str()).await), "login CSRF");
    assert!(inside(&browser.visit(url.as_str()).await), "and it was not used up by being shown");
}

#[tokio::test]
async fn rp6_an_answer_that_was_tampered_with_signs_nobody_in_and_is_used_up() {
    let system = System::start().await;
    let other = system.urls.admin_issuer.clone();
    let changes: [(&str, Option<&str>); 6] = [
        ("iss", Some(&other)),
        ("iss", None),
        ("code", Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        ("code", None),
        ("state", Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        ("error", Some("access_denied")),
    ];
    for (name, value) in changes {
        let browser = system.browser();
        let url = callback_url(&system, &browser).await;
        let page = browser.visit(with_param(&url, name, value).as_str()).await;
        assert!(page.status.as_u16() < 500 && !inside(&page), "{name}={value:?}: {}", page.summary());
        if name != "state" {
            assert!(!inside(&browser.visit(url.as_str()).await), "{name}={value:?}: the attempt is over");
        }
    }
}

#[tokio::test]
async fn rp6_an_answer_works_once_and_going_back_to_it_does_no_harm() {
    let system = System::start().await;
    let browser = system.browser();
    let url = callback_url(&system, &browser).await;
    assert!(inside(&browser.visit(url.as_str()).await));
    let again = browser.visit(url.as_str()).await;
    assert!(again.status.as_u16() < 500, "{}", again.summary());
    assert!(inside(&browser.visit(&system.urls.storefront).await), "still signed in");
}

#[tokio::test]
async fn rp5_two_tabs_that_sign_in_at_once_both_end_signed_in() {
    let system = System::start().await;
    let browser = system.browser();
    let first = go_to_sign_in(&browser, &system.urls.storefront).await;
    let second = go_to_sign_in(&browser, &system.urls.storefront).await;
    assert!(inside(&sign_in_demo(&system, &browser, &first).await));
    let page = browser.visit(second.url.as_str()).await;
    assert!(inside(&page), "the second tab goes on with the session: {}", page.summary());
}

#[tokio::test]
async fn rp5_an_attempt_ends_after_ten_minutes() {
    let system = System::start().await;
    let browser = system.browser();
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    system.clock.advance(601);
    let page = sign_in_demo(&system, &browser, &page).await;
    assert!(page.status.as_u16() < 500 && !inside(&page), "{}", page.summary());
}

#[tokio::test]
async fn rp9_after_the_sign_in_a_person_is_on_the_shops_pages_whatever_was_asked() {
    let system = System::start().await;
    let browser = system.browser();
    enter_shop(&system, &browser).await;
    let hostile = [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%2f%2fevil.example",
        "/..//evil.example",
        "javascript:alert(1)",
        "/@evil.example",
        "http:evil.example",
    ];
    for wanted in hostile {
        let guest = system.browser();
        let form = guest.visit(&system.urls.storefront).await.form("sign-in").with("return_to", wanted);
        let page = guest.submit(&form).await;
        let page = sign_in_demo(&system, &guest, &page).await;
        assert!(page.left_to.is_none(), "{wanted}: {:?}", page.left_to);
        assert_eq!(page.url.origin().ascii_serialization(), system.urls.storefront, "{wanted}");
    }
    let form = system.browser().visit(format!("{}/cart", system.urls.storefront)).await.form("sign-in");
    assert_eq!(form.value("return_to"), Some("/cart"));
}
