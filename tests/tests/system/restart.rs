//! A system that is stopped and started again has forgotten nothing.

use end_to_end::{
    System,
    people::{check_out, enter_console, enter_shop, fill_cart, sign_in_demo, sign_in_staff},
    relying_party::header,
};
use idp::flow::signing_keys;

use crate::support::{FULL, customer, staff};

#[tokio::test]
async fn accounts_sessions_keys_and_refresh_tokens_outlive_a_restart() {
    let (mut system, browser, client) = customer().await;
    let (staff, staff_browser, staff_client) = staff(&system).await;
    for realm in ["customer", "admin"] {
        // the successors are made in the background
        signing_keys::maintain(system.realm(realm)).await.unwrap();
    }
    let mut before = Vec::new();
    for (browser, client) in [(&browser, &client), (&staff_browser, &staff_client)] {
        before.push((client.tokens(browser, FULL).await, client.jwks().await));
    }
    system.restart().await;
    for ((tokens, jwks), (browser, client)) in
        before.iter().zip([(&browser, &client), (&staff_browser, &staff_client)])
    {
        assert_eq!(client.jwks().await, *jwks, "the same keys");
        client.userinfo(tokens.access_token()).await.ok();
        let next = client.refresh(tokens.refresh_token()).await.ok();
        assert_eq!(header(next.access_token())["kid"], header(tokens.access_token())["kid"]);
        let (_, code) = client.code(browser, &[("prompt", "none")]).await;
        assert!(!code.is_empty(), "the session and the consent are still there");
    }
    let fresh = system.browser();
    let page = fresh.visit(client.authorize(&[]).url.as_str()).await;
    assert!(!sign_in_demo(&system, &fresh, &page).await.code().is_empty());
    let page = fresh.visit(staff_client.authorize(&[]).url.as_str()).await;
    assert!(!sign_in_staff(&system, &fresh, &page, &staff).await.code().is_empty());
}

#[tokio::test]
async fn sessions_and_orders_of_the_sides_outlive_a_restart() {
    let mut system = System::start().await;
    let (customer, staff) = (system.browser(), system.browser());
    enter_shop(&system, &customer).await;
    fill_cart(&system, &customer).await;
    let order = check_out(&system, &customer).await;
    enter_console(&system, &staff).await;
    system.restart().await;
    let again = customer.visit(order.url.as_str()).await;
    assert_eq!(again.text_of("order-reference"), order.text_of("order-reference"));
    let desk = staff.visit(format!("{}/orders", system.urls.console)).await;
    assert!(desk.has("orders"), "{}", desk.summary());
}

#[tokio::test]
async fn a_sign_in_under_way_goes_on_after_a_restart() {
    let (mut system, _, client) = customer().await;
    let browser = system.browser();
    let attempt = client.authorize(&[]);
    let page = browser.visit(attempt.url.as_str()).await;
    system.restart().await;
    let page = sign_in_demo(&system, &browser, &page).await;
    system.restart().await;
    let page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    let code = page.code();
    system.restart().await;
    client.redeem(&attempt, &code).await.ok();
}

#[tokio::test]
async fn w8_mf1_counters_and_used_codes_outlive_a_restart() {
    let mut system = System::start().await;
    let (staff, _, client) = staff(&system).await;
    let browser = system.browser();
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    let wrong = page.form("login-submit").with("username", &staff.email).with("password", "wrong wrong");
    for _ in 0..10 {
        assert_eq!(browser.send(&wrong).await.status, 400);
    }
    system.restart().await;
    assert_eq!(browser.send(&wrong).await.status, 429);
    system.clock.advance(31);
    let page = end_to_end::people::sign_in(&browser, &page, (&staff.email, &staff.password)).await;
    let used = end_to_end::people::enter_code(&system, &browser, &page, &staff).await;
    assert!(used.has("consent-allow"), "{}", used.summary());
    system.restart().await;
    let other = system.browser();
    let page = other.visit(client.authorize(&[]).url.as_str()).await;
    let page = end_to_end::people::sign_in(&other, &page, (&staff.email, &staff.password)).await;
    let now = clock::Clock::now(&*system.clock);
    let replay = page.form("otp").with("otp", &end_to_end::people::code(&staff.seed, now));
    assert_eq!(other.submit(&replay).await.status, 400);
}
