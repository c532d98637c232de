//! What people did before the program was killed.

use clock::{Clock, SystemClock};
use end_to_end::{
    Browser, Page, Program,
    people::{
        PASSWORD, STAFF_EMAIL, begin_set_up, code, go_to_sign_in, put_into_cart, recovery_codes_on, register,
        seed_on, sign_in,
    },
};

/// The page that asks for the code, after the password.
async fn at_second_factor(program: &Program, browser: &Browser) -> Page {
    let page = go_to_sign_in(browser, &program.url("console")).await;
    sign_in(browser, &page, (STAFF_EMAIL, PASSWORD)).await
}

#[tokio::test]
async fn a_registration_a_session_and_an_order_that_were_acknowledged_are_there_after_a_kill() {
    let mut program = Program::start().await;
    let (browser, storefront) = (program.browser(), program.url("storefront"));
    put_into_cart(&browser, &storefront).await;
    program.kill_and_restart();
    let page = go_to_sign_in(&browser, &storefront).await;
    let page = browser.visit(page.link("register")).await;
    let form = page.form("register-submit").with("email", "grace@example.org").with("name", "Grace");
    let answer = browser.send(&form.with("password", PASSWORD)).await;
    assert_eq!(answer.status, 303, "{}", answer.summary());
    program.kill_and_restart();
    let waiting = browser.follow(answer).await;
    let code = program.mailbox().code("grace@example.org", "Confirm your e-mail address").await;
    let answer = browser.send(&waiting.form("mailed-submit").with("code", &code)).await;
    assert_eq!(answer.status, 303, "{}", answer.summary());
    program.kill_and_restart();
    let page = browser.follow(answer).await;
    assert_eq!(page.text_of("signed-in-as"), "Grace", "{}", page.summary());

    let cart = browser.visit(format!("{storefront}/cart")).await;
    let form = cart.form("checkout");
    let placed = browser.send(&form).await;
    assert_eq!(placed.status, 303, "{}", placed.summary());
    program.kill_and_restart();
    let order = browser.follow(placed).await;
    let again = browser.submit(&form).await;
    assert_eq!(again.text_of("order-reference"), order.text_of("order-reference"), "R3: still the one order");

    let other = program.browser();
    let page = go_to_sign_in(&other, &storefront).await;
    let page = sign_in(&other, &page, ("grace@example.org", PASSWORD)).await;
    assert!(page.has("signed-in-as"), "{}", page.summary());
}

#[tokio::test]
async fn a_set_up_that_was_killed_half_way_is_begun_again_and_a_finished_one_is_not_repeated() {
    let mut program = Program::start().await;
    let (browser, first) = (program.browser(), program.url("setup_link"));
    let begun = begin_set_up(&browser, &first).await;
    program.kill_and_restart();
    let page = browser.visit(begun.url.as_str()).await;
    assert_eq!(page.status, 404, "each start prints a new link, and only that one works: {}", page.summary());
    let link = program.reported["setup_link"].as_str().unwrap().to_owned();
    assert_ne!(link, first);
    let page = begin_set_up(&browser, &link).await;
    let seed = seed_on(&page);
    let now = SystemClock.now();
    let page = browser.submit(&page.form("otp").with("otp", &code(&seed, now))).await;
    let recovery = recovery_codes_on(&page).remove(0);
    program.kill_and_restart();
    assert_eq!(program.browser().visit(&link).await.status, 404, "the link was used");
    assert!(program.reported["setup_link"].is_null(), "and there is no further one");

    let first = program.browser();
    let page = at_second_factor(&program, &first).await;
    let replayed = first.submit(&page.form("otp").with("otp", &code(&seed, now))).await;
    assert_eq!(replayed.status, 400, "MF1: {}", replayed.summary());
    let page = first.visit(page.link("recovery")).await;
    let used = first.send(&page.form("recovery-code").with("recovery_code", &recovery)).await;
    assert_eq!(used.status, 303, "{}", used.summary());
    program.kill_and_restart();
    assert!(first.follow(used).await.has("card-orders"), "the session with both factors is there");
    let second = program.browser();
    let page = at_second_factor(&program, &second).await;
    let page = second.visit(page.link("recovery")).await;
    let page = second.submit(&page.form("recovery-code").with("recovery_code", &recovery)).await;
    assert_eq!(page.status, 400, "MF4: {}", page.summary());
}

#[tokio::test]
async fn a_sign_out_that_was_acknowledged_stays_one_after_a_kill() {
    let mut program = Program::start().await;
    let browser = program.browser();
    let page = go_to_sign_in(&browser, &program.url("storefront")).await;
    let page = register(&browser, &page, "grace@example.org", "Grace").await;
    program.mailbox().confirm(&browser, &page).await;
    let issuer = program.url("customer_issuer");
    let cookie = browser.cookie(&issuer, "rk_customer_session").unwrap();
    let page = browser.visit(format!("{issuer}/account")).await;
    assert_eq!(browser.send(&page.form_to("/sign-out")).await.status, 303);
    program.kill_and_restart();
    browser.set_cookie(&issuer, "rk_customer_session", &cookie);
    let page = browser.visit(format!("{issuer}/account")).await;
    assert!(page.has("login-submit"), "{}", page.summary());
}
