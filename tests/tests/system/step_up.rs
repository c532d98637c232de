//! Dangerous actions of staff need a sign-in from a moment ago. Whoever signed in earlier signs in again and loses
//! nothing (C9, RS4).

use end_to_end::{
    Browser, Page, System,
    people::{Staff, enter_code, enter_console, sign_in, sign_in_staff},
};

const LONG: i64 = 20 * 60;

/// A draft with a text of several lines, on the page where it is edited.
async fn draft(system: &System, browser: &Browser) -> Page {
    let page = browser.visit(format!("{}/content/new", system.urls.console)).await;
    let form = page.form("save").with("slug", "opening-hours").with("title", "Opening hours");
    let page = browser.submit(&form.with("body", "Weekdays\n\nNine to five.").press("save")).await;
    assert!(page.has("publish"), "{}", page.summary());
    page
}

/// A browser whose owner signed in to the console long ago, at the page of a [`draft`].
async fn long_ago(system: &System) -> (Browser, Staff, Page) {
    let browser = system.browser();
    let staff = enter_console(system, &browser).await;
    let page = draft(system, &browser).await;
    system.clock.advance(LONG);
    (browser, staff, page)
}

/// Presses a button whose action needs a fresh sign-in, and signs in again.
async fn prove(system: &System, browser: &Browser, page: &Page, staff: &Staff) -> Page {
    assert!(page.url.as_str().starts_with(&system.urls.admin_issuer), "{}", page.summary());
    sign_in_staff(system, browser, page, staff).await
}

#[tokio::test]
async fn c9_publishing_asks_for_a_fresh_sign_in_and_keeps_the_text() {
    let system = System::start().await;
    let (browser, staff, page) = long_ago(&system).await;
    let changed = page.form("publish").with("body", "Every day\n\n\"Ten\" to <six>.").press("publish");
    let page = browser.submit(&changed).await;
    let public = format!("{}/pages/opening-hours", system.urls.storefront);
    assert_eq!(browser.visit(&public).await.status, 404, "nothing happens before the sign-in");
    let page = prove(&system, &browser, &page, &staff).await;
    assert!(page.has("step-up-yes") && page.body.contains("Opening hours"), "{}", page.summary());
    assert_eq!(browser.visit(&public).await.status, 404, "nor by coming back");
    let done = browser.submit(&page.form("step-up-yes").press("step-up-yes")).await;
    assert!(done.has("public-link"), "{}", done.summary());
    let read = system.browser().visit(&public).await;
    assert!(read.body.contains("&#34;Ten&#34; to &#60;six&#62;."), "{}", read.summary());
    let again = browser.submit(&page.form("step-up-yes").press("step-up-yes")).await;
    assert!(again.has("public-link") && !again.has("conflict"), "q5 twice is once: {}", again.summary());
}

#[tokio::test]
async fn c9_who_looks_at_the_text_first_gets_it_back() {
    let system = System::start().await;
    let (browser, staff, page) = long_ago(&system).await;
    let changed = page.form("publish").with("title", "Hours of opening").press("publish");
    let page = prove(&system, &browser, &browser.submit(&changed).await, &staff).await;
    let page = browser.submit(&page.form("step-up-no").press("step-up-no")).await;
    assert!(page.body.contains("value=\"Hours of opening\"") && page.has("publish"), "{}", page.summary());
}

#[tokio::test]
async fn c9_a_cancelled_sign_in_loses_nothing_either() {
    let system = System::start().await;
    let (browser, staff, page) = long_ago(&system).await;
    let asked = browser.submit(&page.form("publish").press("publish")).await;
    let page = browser.visit(asked.link("cancel")).await;
    assert!(page.has("notice") && page.has("step-up-yes"), "{}", page.summary());
    let page = browser.submit(&page.form("step-up-yes").press("step-up-yes")).await;
    let page = prove(&system, &browser, &page, &staff).await;
    let page = browser.submit(&page.form("step-up-yes").press("step-up-yes")).await;
    assert!(page.has("public-link"), "{}", page.summary());
}

#[tokio::test]
async fn c9_what_can_be_taken_back_needs_no_other_sign_in() {
    let system = System::start().await;
    let (browser, _, page) = long_ago(&system).await;
    let page = browser.submit(&page.form("save").with("title", "Hours").press("save")).await;
    assert!(page.has("done"), "{}", page.summary());
}

#[tokio::test]
async fn rs4_the_password_alone_is_no_fresh_sign_in() {
    let system = System::start().await;
    let (browser, staff, page) = long_ago(&system).await;
    let asked = browser.submit(&page.form("publish").press("publish")).await;
    let half = sign_in(&browser, &asked, (&staff.email, &staff.password)).await;
    assert!(half.has("otp"), "{}", half.summary());
    let elsewhere = browser.submit(&page.form("publish").press("publish")).await;
    assert!(!elsewhere.has("public-link"), "{}", elsewhere.summary());
    let page = enter_code(&system, &browser, &half, &staff).await;
    assert!(page.has("step-up-yes"), "{}", page.summary());
}
