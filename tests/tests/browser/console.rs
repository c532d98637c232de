//! A member of staff's way: setup link, authenticator app, console, a page, an order.

use end_to_end::{Chrome, System};

use crate::walk;

#[tokio::test]
async fn the_first_staff_account_publishes_a_page_that_the_storefront_shows() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    let staff = walk::set_up_staff(&chrome, &system).await;
    assert_eq!(staff.recovery_codes.len(), 10);
    assert_eq!(chrome.text("roles").await, "super admin");

    chrome.press("nav-content").await;
    chrome.press("content-new").await;
    chrome.fill("slug", "opening-hours").await;
    chrome.fill("title", "Opening hours").await;
    chrome.fill("body", "# Weekdays\n\nFrom nine to five.").await;
    chrome.press("save").await;
    chrome.arrive("done").await;
    assert_eq!(chrome.text("page-state").await, "Draft");

    chrome.press("publish").await;
    chrome.arrive("public-link").await;
    assert_eq!(chrome.text("page-state").await, "Published");
    chrome.press("public-link").await;
    assert_eq!(chrome.text_at("h1").await, "Opening hours");
    assert_eq!(chrome.text_at("article h2").await, "Weekdays");
    assert!(chrome.url().await.starts_with(&system.urls.storefront));
    chrome.quit().await;
}

#[tokio::test]
async fn staff_change_the_state_of_an_order_and_the_customer_sees_it() {
    let system = System::start().await;
    let customer = Chrome::start().await;
    walk::fill_cart(&customer, &system).await;
    customer.press("sign-in-to-order").await;
    walk::enter(&customer, walk::demo(&system)).await;
    customer.arrive("checkout").await;
    customer.press("checkout").await;
    customer.arrive("thanks").await;
    assert_eq!(customer.text("payment-status").await, "To be paid");

    let staff = Chrome::start().await;
    walk::set_up_staff(&staff, &system).await;
    staff.press("nav-orders").await;
    staff.press_first("#orders td a").await;
    staff.press("payment-paid").await;
    staff.arrive("done").await;
    assert_eq!(staff.text("payment").await, "Paid");

    customer.reload().await;
    assert_eq!(customer.text("payment-status").await, "Paid");
    customer.quit().await;
    staff.quit().await;
}

#[tokio::test]
async fn staff_sign_in_with_password_and_code_after_signing_out() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    let staff = walk::set_up_staff(&chrome, &system).await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;
    assert!(chrome.url().await.starts_with(&system.urls.console), "{}", chrome.url().await);

    walk::to_staff_code(&chrome, &system, &staff).await;
    walk::enter_code(&chrome, &system, &staff.seed).await;
    chrome.arrive("roles").await;
    chrome.quit().await;
}

#[tokio::test]
async fn p2_a_customer_gets_no_further_than_the_staff_sign_in_page() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::sign_in_demo(&chrome, &system).await;

    // the customer's cookies are there (cookies ignore ports) and help nothing
    chrome.open(&system.urls.console).await;
    chrome.press("sign-in").await;
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("error-summary").await;
    assert!(chrome.url().await.starts_with(&system.urls.admin_issuer), "{}", chrome.url().await);

    chrome.open(format!("{}/content", system.urls.console)).await;
    assert!(!chrome.has("pages").await, "{}", chrome.summary().await);
    // and the customer is still signed in where they belong
    chrome.open(&system.urls.storefront).await;
    assert_eq!(chrome.text("signed-in-as").await, "Demo Customer");
    chrome.quit().await;
}
