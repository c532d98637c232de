//! Consent, refusal, and forms that are sent twice (A15, A16, S7).

use end_to_end::{RelyingParty, people::sign_in_demo};

use crate::support::{FULL, customer};

#[tokio::test]
async fn a16_a_third_partys_consent_page_names_it_and_what_it_asks_for_once() {
    let (_system, browser, client) = customer().await;
    let page = browser.visit(client.authorize(&[("scope", FULL)]).url.as_str()).await;
    assert!(page.has("consent-allow") && page.has("consent-deny"), "{}", page.summary());
    for text in ["Demo Web App", "localhost", "demo@example.com", "See your orders"] {
        assert!(page.body.contains(text), "{text}");
    }
    browser.submit(&page.form("consent-allow").press("consent-allow")).await.code();
    let again = browser.visit(client.authorize(&[("scope", FULL)]).url.as_str()).await;
    assert!(!again.code().is_empty(), "remembered");
}

#[tokio::test]
async fn a15_a_person_who_says_no_sends_the_client_access_denied() {
    let (_system, browser, client) = customer().await;
    let attempt = client.authorize(&[("scope", FULL)]);
    let page = browser.visit(attempt.url.as_str()).await;
    let no = browser.submit(&page.form("consent-deny").press("consent-deny")).await;
    assert_eq!(no.callback_param("error").as_deref(), Some("access_denied"));
    assert_eq!(no.callback_param("state"), Some(attempt.state));
    let page = browser.visit(client.authorize(&[("scope", FULL)]).url.as_str()).await;
    assert!(page.has("consent-allow"), "nothing is remembered: {}", page.summary());
}

#[tokio::test]
async fn a15_a_form_sent_twice_gives_one_code() {
    let (_system, browser, client) = customer().await;
    let page = browser.visit(client.authorize(&[("scope", FULL)]).url.as_str()).await;
    let form = page.form("consent-allow").press("consent-allow");
    let (one, two) = tokio::join!(browser.submit(&form), browser.submit(&form));
    let third = browser.submit(&form).await;
    let code = one.code();
    assert_eq!(
        (two.code(), third.code()),
        (code.clone(), code),
        "Q5: the first outcome, as long as it is unused"
    );
}

#[tokio::test]
async fn a15_a_request_that_was_answered_is_not_cancelled() {
    let (_system, browser, client) = customer().await;
    let page = browser.visit(client.authorize(&[("scope", FULL)]).url.as_str()).await;
    let cancel = format!("{}/cancel", page.url);
    let cancelled = browser.visit(&cancel).await;
    assert_eq!(cancelled.callback_param("error").as_deref(), Some("access_denied"), "it is open");
    browser.submit(&page.form("consent-allow").press("consent-allow")).await.code();
    let late = browser.visit(&cancel).await;
    assert!(late.status == 200 && late.left_to.is_none(), "{}", late.summary());
}

#[tokio::test]
async fn s7_a_finished_sign_in_offers_a_way_on() {
    let (system, _, client) = customer().await;
    let browser = system.browser();
    let start = browser.visit(client.authorize(&[]).url.as_str()).await;
    let consent = sign_in_demo(&system, &browser, &start).await;
    browser.submit(&consent.form("consent-allow").press("consent-allow")).await.code();
    system.clock.advance(61);
    let back = browser.visit(start.url.as_str()).await;
    assert_eq!(back.status, 200, "{}", back.summary());
    assert!(back.left_to.is_none() && !back.has("login-submit"));
    let again = browser.visit(format!("{}/again", start.url)).await;
    assert!(!again.code().is_empty(), "signed in and consented: a new code at once");
}

#[tokio::test]
async fn a16_consent_for_one_client_is_none_for_another() {
    let (system, browser, client) = customer().await;
    client.tokens(&browser, FULL).await;
    let app = RelyingParty::of(&system, "customer", "demo-app").await;
    let page = browser.visit(app.authorize(&[("scope", "openid")]).url.as_str()).await;
    assert!(page.has("consent-allow"), "{}", page.summary());
}

#[tokio::test]
async fn a15_a_sign_in_that_waited_too_long_can_be_begun_again() {
    let (system, _, client) = customer().await;
    let browser = system.browser();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    system.clock.advance(24 * 3600);
    let late = sign_in_demo(&system, &browser, &page).await;
    assert!(late.left_to.is_none(), "no code");
    assert!(late.status == 200 || late.status == 404, "{}", late.summary());
    let client_page = browser.visit(client.authorize(&[]).url.as_str()).await;
    assert!(client_page.has("login-submit"), "the late form signed nobody in: {}", client_page.summary());
}

#[tokio::test]
async fn auth1_post_and_get_are_alike_for_people() {
    let (system, browser, client) = customer().await;
    client.tokens(&browser, FULL).await;
    for browser in [&browser, &system.browser()] {
        let attempt = client.authorize(&[("scope", FULL)]);
        let fields: Vec<(String, String)> = attempt.url.query_pairs().into_owned().collect();
        let mut bare = attempt.url.clone();
        bare.set_query(None);
        let page = browser.post_from("http://localhost:8080", &bare, &fields).await;
        let page = browser.follow(page).await;
        let page = if page.has("login-submit") { sign_in_demo(&system, browser, &page).await } else { page };
        client.redeem(&attempt, &page.code()).await.ok();
    }
}
