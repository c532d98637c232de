//! What staff do: set up the first account, sign in with two factors, publish a page, change an order.

use clock::Clock;
use end_to_end::{
    Browser, RelyingParty, System,
    people::{
        Staff, begin_set_up, check_out, code, enter_code, enter_console, enter_shop, fill_cart,
        go_to_sign_in, seed_on, set_up_staff, sign_in, sign_in_staff,
    },
};

async fn at_second_factor(system: &System, browser: &Browser, staff: &Staff) -> end_to_end::Page {
    let page = go_to_sign_in(browser, &system.urls.console).await;
    let page = sign_in(browser, &page, (&staff.email, &staff.password)).await;
    assert!(page.has("otp"), "{}", page.summary());
    page
}

#[tokio::test]
async fn d2_the_setup_link_works_once() {
    let system = System::start().await;
    set_up_staff(&system, &system.browser()).await;
    for browser in [system.browser(), system.browser()] {
        let page = browser.visit(&system.setup_link).await;
        assert_eq!(page.status, 404, "{}", page.summary());
        assert!(!page.has("setup-submit"));
    }
}

#[tokio::test]
async fn d2_the_setup_link_ends_with_its_time() {
    let system = System::start().await;
    system.clock.advance(24 * 3600 + 1);
    assert_eq!(system.browser().visit(&system.setup_link).await.status, 404);
}

#[tokio::test]
async fn s25_a_half_done_set_up_can_be_begun_again_in_another_browser() {
    let system = System::start().await;
    let (first, second) = (system.browser(), system.browser());
    let abandoned = begin_set_up(&first, &system.setup_link).await;
    let page = begin_set_up(&second, &system.setup_link).await;
    assert_ne!(seed_on(&abandoned), seed_on(&page), "every browser gets a seed of its own");
    let wrong = second.submit(&page.form("otp").with("otp", "000000")).await;
    assert_eq!(wrong.status, 400, "{}", wrong.summary());
    let now = code(&seed_on(&page), system.clock.now());
    let page = second.submit(&wrong.form("otp").with("otp", &now)).await;
    assert!(page.has("recovery-codes"), "{}", page.summary());
    let late = code(&seed_on(&abandoned), system.clock.now());
    let page = first.submit(&abandoned.form("otp").with("otp", &late)).await;
    assert_eq!(page.status, 404, "the link was used: {}", page.summary());
}

#[tokio::test]
async fn mf6_the_password_alone_gives_no_code_and_no_console() {
    let system = System::start().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    let browser = system.browser();
    at_second_factor(&system, &browser, &staff).await;
    let page = browser.visit(&system.urls.console).await;
    assert!(page.has("sign-in") && !page.has("card-orders"), "{}", page.summary());
    let client = RelyingParty::of(&system, "admin", "console").await;
    for changes in [
        &[][..],
        &[("prompt", "none")],
        &[("max_age", "10000")],
        &[("acr_values", "urn:realmkeep:acr:single-factor")],
    ] {
        let mut client = client.clone();
        client.redirect_uri = format!("{}/callback", system.urls.console);
        let attempt = client.authorize(changes);
        let page = browser.get(attempt.url.as_str()).await;
        let location = page.header("location");
        assert!(!location.contains("code="), "{changes:?} {location}");
    }
}

#[tokio::test]
async fn mf1_a_totp_code_works_once_and_a_wrong_one_never() {
    let system = System::start().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    let (first, second) = (system.browser(), system.browser());
    let page = at_second_factor(&system, &first, &staff).await;
    let used = code(&staff.seed, system.clock.now());
    let wrong = first.submit(&page.form("otp").with("otp", &used)).await;
    assert_eq!(wrong.status, 400, "the set-up used this code: {}", wrong.summary());
    let page = enter_code(&system, &first, &wrong, &staff).await;
    assert!(page.has("card-orders"), "{}", page.summary());
    let page = at_second_factor(&system, &second, &staff).await;
    let replayed = code(&staff.seed, system.clock.now());
    let page = second.submit(&page.form("otp").with("otp", &replayed)).await;
    assert_eq!(page.status, 400, "{}", page.summary());
}

#[tokio::test]
async fn mf1_of_two_browsers_with_one_totp_code_one_gets_in() {
    let system = System::start().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    system.clock.advance(30);
    let (first, second) = (system.browser(), system.browser());
    let code = code(&staff.seed, system.clock.now());
    let forms = [&first, &second]
        .map(async |browser| at_second_factor(&system, browser, &staff).await.form("otp").with("otp", &code));
    let [one, two] = forms;
    let (one, two) = tokio::join!(one, two);
    let (one, two) = tokio::join!(first.submit(&one), second.submit(&two));
    let inside = [&one, &two].iter().filter(|page| page.has("card-orders")).count();
    assert_eq!(inside, 1, "{} / {}", one.summary(), two.summary());
}

#[tokio::test]
async fn mf4_a_recovery_code_works_once() {
    let system = System::start().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    for (attempt, works) in [(1, true), (2, false)] {
        let browser = system.browser();
        let page = at_second_factor(&system, &browser, &staff).await;
        let page = browser.visit(page.link("recovery")).await;
        let form = page.form("recovery-code").with("recovery_code", &staff.recovery_codes[0]);
        let page = browser.submit(&form).await;
        assert_eq!(page.has("card-orders"), works, "attempt {attempt}: {}", page.summary());
    }
}

#[tokio::test]
async fn mf3_a_second_factor_that_is_guessed_slows_down_until_time_passes() {
    let system = System::start().await;
    let staff = set_up_staff(&system, &system.browser()).await;
    let browser = system.browser();
    let page = at_second_factor(&system, &browser, &staff).await;
    let guess = page.form("otp").with("otp", "000000");
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(browser.submit(&guess).await.status.as_u16());
    }
    assert_eq!(statuses, [400, 400, 400, 400, 400, 429]);
    let page = enter_code(&system, &browser, &page, &staff).await;
    assert_eq!(page.status, 429, "the right code waits too: {}", page.summary());
    system.clock.advance(60);
    let page = enter_code(&system, &browser, &page, &staff).await;
    assert!(page.has("card-orders"), "{}", page.summary());
}

#[tokio::test]
async fn h13_staff_publish_a_page_and_customers_read_it() {
    let system = System::start().await;
    let browser = system.browser();
    enter_console(&system, &browser).await;
    let page = browser.visit(format!("{}/content/new", system.urls.console)).await;
    let form = page.form("save").with("slug", "opening-hours").with("title", "Opening hours");
    let page = browser.submit(&form.with("body", "Every day & night <b>").press("save")).await;
    assert_eq!(page.status, 200, "{}", page.summary());
    let public = format!("{}/pages/opening-hours", system.urls.storefront);
    let visitor = system.browser();
    assert_eq!(visitor.visit(&public).await.status, 404, "a draft is not public");
    let page = browser.submit(&page.form("publish").press("publish")).await;
    assert!(page.has("public-link"), "{}", page.summary());
    let read = visitor.visit(&public).await;
    assert_eq!(read.status, 200);
    assert!(read.body.contains("Every day &#38; night &#60;b&#62;"), "{}", read.summary());
}

#[tokio::test]
async fn h13_staff_change_an_orders_status_and_the_customer_sees_it() {
    let system = System::start().await;
    let (customer, staff) = (system.browser(), system.browser());
    enter_shop(&system, &customer).await;
    fill_cart(&system, &customer).await;
    let order = check_out(&system, &customer).await;
    let before = (order.text_of("payment-status"), order.text_of("fulfilment-status"));
    enter_console(&system, &staff).await;
    let id = order.url.path().rsplit('/').next().unwrap().to_owned();
    let page = staff.visit(format!("{}/orders/{id}", system.urls.console)).await;
    let form = page.form_to("/status");
    let button = form.controls.iter().find(|control| control.name == "change").unwrap().id.clone();
    let page = staff.submit(&form.clone().press(&button)).await;
    assert!(page.has("done"), "{}", page.summary());
    let page = staff.submit(&form.press(&button)).await;
    assert!(page.has("conflict"), "an outdated page changes nothing: {}", page.summary());
    let order = customer.visit(order.url.as_str()).await;
    assert_ne!(before, (order.text_of("payment-status"), order.text_of("fulfilment-status")));
}

#[tokio::test]
async fn h13_staff_sign_out_and_in_again_with_both_factors() {
    let system = System::start().await;
    let browser = system.browser();
    let staff = enter_console(&system, &browser).await;
    let page = browser.visit(&system.urls.console).await;
    let page = browser.submit(&page.form("sign-out")).await;
    assert!(!page.has("card-orders"), "{}", page.summary());
    let page = browser.visit(format!("{}/orders", system.urls.console)).await;
    assert!(!page.has("orders"), "{}", page.summary());
    let page = go_to_sign_in(&browser, &system.urls.console).await;
    let page = sign_in_staff(&system, &browser, &page, &staff).await;
    assert!(page.has("card-orders"), "{}", page.summary());
}
