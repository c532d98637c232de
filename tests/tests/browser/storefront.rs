//! A customer's way: look around, register, order, sign out, sign in again.

use end_to_end::{Chrome, System, people::PASSWORD};

use crate::walk::{self, CUSTOMER};

#[tokio::test]
async fn a_newcomer_registers_on_the_way_to_an_order_and_finds_it_after_signing_in_again() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::fill_cart(&chrome, &system).await;
    let total = chrome.text("total").await;

    chrome.press("sign-in-to-order").await;
    chrome.arrive("username").await;
    walk::register(&chrome, &system).await;
    chrome.arrive("checkout").await;
    assert_eq!(chrome.text("signed-in-as").await, "Anna Customer");
    assert_eq!(chrome.text("total").await, total, "the cart came along");

    chrome.press("checkout").await;
    chrome.arrive("thanks").await;
    let order = chrome.text("order-reference").await;
    chrome.reload().await;
    assert_eq!(chrome.text("order-reference").await, order, "a reload orders nothing again");

    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;
    assert!(chrome.url().await.starts_with(&system.urls.storefront), "{}", chrome.url().await);
    chrome.open(format!("{}/orders", system.urls.storefront)).await;
    chrome.press("sign-in-here").await;
    walk::enter(&chrome, (CUSTOMER, PASSWORD)).await;
    chrome.arrive("orders").await;
    let orders = chrome.text("orders").await;
    assert!(orders.contains(&order), "{order} in {orders}");
    assert_eq!(orders.matches("Order ").count(), 1, "{orders}");
    chrome.quit().await;
}

#[tokio::test]
async fn signing_out_at_the_storefront_ends_the_session_at_the_realm() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::sign_in_demo(&chrome, &system).await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;

    walk::to_sign_in(&chrome, &system).await;
    assert!(
        chrome.has("password").await,
        "nobody is signed in without a password: {}",
        chrome.summary().await
    );
    chrome.quit().await;
}

#[tokio::test]
async fn p2_a_staff_account_is_unknown_to_the_customers_realm() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    let staff = walk::set_up_staff(&chrome, &system).await;

    walk::to_sign_in(&chrome, &system).await;
    walk::enter(&chrome, (&staff.email, &staff.password)).await;
    chrome.arrive("error-summary").await;
    chrome.open(&system.urls.storefront).await;
    assert!(!chrome.has("signed-in-as").await, "{}", chrome.summary().await);
    chrome.quit().await;
}
