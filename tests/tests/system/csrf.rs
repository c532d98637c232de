//! Forms that another site sends (P4, RP4, RP13, R9).

use end_to_end::{
    Form, Page, RelyingParty, System,
    people::{enter_shop, fill_cart, go_to_sign_in, sign_in_demo},
};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::support::customer;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()));
    pairs.collect()
}

/// What other sites, and forms of other browsers, can send.
async fn assert_cannot_be_forged(system: &System, browser: &end_to_end::Browser, form: &Form) {
    let own = form.action.origin().ascii_serialization();
    let foreign = system.origins().into_iter().find(|origin| *origin != own).unwrap();
    let forged = [
        headers(&[("origin", "http://evil.example")]),
        headers(&[("sec-fetch-site", "cross-site"), ("origin", "null")]),
        headers(&[("origin", &foreign)]),
        headers(&[("sec-fetch-site", "cross-site"), ("origin", &own)]),
        headers(&[("sec-fetch-site", "same-site"), ("origin", &own)]),
    ];
    for headers in forged {
        let page = browser.post_with(&form.action, &form.fields, headers.clone()).await;
        assert_eq!(page.status, 403, "{headers:?}: {}", page.summary());
    }
    for fields in [
        form.clone().without("csrf"),
        form.clone().with("csrf", ""),
        form.clone().with("csrf", &"A".repeat(43)),
    ] {
        let page = browser.send(&fields).await;
        assert_eq!(page.status, 403, "{}", page.summary());
    }
    let mut twice = form.clone();
    twice.fields.push(("csrf".to_owned(), form.value("csrf").unwrap().to_owned()));
    let page = browser.send(&twice).await;
    assert!(matches!(page.status.as_u16(), 400 | 403), "{}", page.summary());
}

/// The sides take no `Origin: null` either, whatever the token.
async fn assert_side_cannot_be_forged(system: &System, browser: &end_to_end::Browser, form: &Form) {
    assert_cannot_be_forged(system, browser, form).await;
    let page = browser.post_with(&form.action, &form.fields, headers(&[("origin", "null")])).await;
    assert_eq!(page.status, 403, "{}", page.summary());
}

#[tokio::test]
async fn rp4_a_browser_that_says_no_more_than_origin_null_signs_in_by_the_forms_token() {
    let system = System::start().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let browser = system.browser();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    assert_eq!(page.header("referrer-policy"), "no-referrer", "why browsers send null");
    let form = page.form("login-submit");
    let form = form.with("username", &system.demo.email).with("password", &system.demo.password);
    let null = headers(&[("origin", "null")]);
    for forged in [form.clone().without("csrf"), form.clone().with("csrf", &"A".repeat(43))] {
        let page = browser.post_with(&form.action, &forged.fields, null.clone()).await;
        assert_eq!(page.status, 403, "{}", page.summary());
    }
    let page = browser.post_with(&form.action, &form.fields, null).await;
    assert_eq!(page.status, 303, "{}", page.summary());
}

#[tokio::test]
async fn rp4_the_realms_forms_cannot_be_forged() {
    let (system, browser, client) = customer().await;
    let guest = system.browser();
    let page = guest.visit(client.authorize(&[]).url.as_str()).await;
    let form = page
        .form("login-submit")
        .with("username", &system.demo.email)
        .with("password", &system.demo.password);
    assert_cannot_be_forged(&system, &guest, &form).await;
    assert!(guest.cookie(&system.urls.customer_issuer, "rk_customer_session").is_none(), "login CSRF");
    let page = guest.visit(page.link("register")).await;
    assert_cannot_be_forged(&system, &guest, &page.form("register-submit")).await;
    let consent = browser.visit(client.authorize(&[]).url.as_str()).await;
    let form = consent.form("consent-allow").press("consent-allow");
    assert_cannot_be_forged(&system, &browser, &form).await;
    let account = browser.visit(format!("{}/account", system.urls.customer_issuer)).await;
    assert_cannot_be_forged(&system, &browser, &account.form_to("/sign-out")).await;
    assert!(!browser.submit(&form).await.code().is_empty(), "the real one still works");
}

#[tokio::test]
async fn rp4_the_sides_forms_cannot_be_forged() {
    let system = System::start().await;
    let browser = system.browser();
    let page = browser.visit(&system.urls.storefront).await;
    assert_side_cannot_be_forged(&system, &browser, &page.form("sign-in")).await;
    let console = browser.visit(&system.urls.console).await;
    assert_side_cannot_be_forged(&system, &browser, &console.form("sign-in")).await;
    enter_shop(&system, &browser).await;
    let cart = fill_cart(&system, &browser).await;
    for id in ["checkout", "sign-out"] {
        assert_side_cannot_be_forged(&system, &browser, &cart.form(id)).await;
    }
    let cart = browser.visit(format!("{}/cart", system.urls.storefront)).await;
    assert!(cart.has("checkout") && cart.has("signed-in-as"), "nothing happened: {}", cart.summary());
}

#[tokio::test]
async fn r9_the_sides_take_no_form_without_a_word_about_where_it_comes_from() {
    let system = System::start().await;
    let browser = system.browser();
    for side in [&system.urls.storefront, &system.urls.console] {
        let form = browser.visit(side).await.form("sign-in");
        let page = browser.post_with(&form.action, &form.fields, HeaderMap::new()).await;
        assert_eq!(page.status, 403, "{}", page.summary());
    }
}

#[tokio::test]
async fn rp13_the_form_token_changes_with_the_session_and_belongs_to_one_browser() {
    let system = System::start().await;
    let client = RelyingParty::of(&system, "customer", "demo-web").await;
    let (browser, other) = (system.browser(), system.browser());
    let before = browser.visit(client.authorize(&[]).url.as_str()).await;
    let theirs = other.visit(client.authorize(&[]).url.as_str()).await;
    let token = |page: &Page, id: &str| page.form(id).value("csrf").unwrap().to_owned();
    let stolen =
        browser.send(&before.form("login-submit").with("csrf", &token(&theirs, "login-submit"))).await;
    assert_eq!(stolen.status, 403);
    let after = sign_in_demo(&system, &browser, &before).await;
    assert_ne!(token(&before, "login-submit"), token(&after, "consent-allow"));
    let old =
        after.form("consent-allow").press("consent-allow").with("csrf", &token(&before, "login-submit"));
    assert_eq!(browser.send(&old).await.status, 403);
}

#[tokio::test]
async fn p4_the_shops_token_from_before_the_sign_in_does_not_work_after_it() {
    let system = System::start().await;
    let browser = system.browser();
    let page = browser.visit(&system.urls.storefront).await;
    let old = page.form("sign-in").value("csrf").unwrap().to_owned();
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    let page = sign_in_demo(&system, &browser, &page).await;
    let refused = browser.send(&page.form("sign-out").with("csrf", &old)).await;
    assert_eq!(refused.status, 403);
}
