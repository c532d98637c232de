//! Mails in a real browser: links, codes, and what a second browser sees.

use end_to_end::{Chrome, System, people::PASSWORD};

use crate::{inspect::Inspector, walk};

const NEW: &str = "another tundra 94 marimba";

#[tokio::test]
async fn w10_whoever_forgot_the_password_is_back_at_the_storefront_with_a_new_one() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    let (address, _) = walk::demo(&system);
    walk::to_sign_in(&chrome, &system).await;
    chrome.press("forgot").await;
    chrome.arrive("forgot-submit").await;
    chrome.fill("email", address).await;
    chrome.press("forgot-submit").await;
    chrome.arrive("mailed-to").await;
    assert_eq!(chrome.text("mailed-to").await, address);
    chrome.open(format!("{}/mail", system.urls.mailbox)).await;
    system.mailbox().mail(address, "Choose a new password").await;
    chrome.reload().await;
    chrome.press_first("#mails a").await;
    chrome.arrive("mail-text").await;
    chrome.press_first("#mail-text a").await;
    chrome.arrive("reset-submit").await;
    chrome.fill("password", NEW).await;
    chrome.press("reset-submit").await;
    chrome.arrive("continue").await;
    chrome.press("continue").await;
    walk::enter(&chrome, (address, NEW)).await;
    chrome.arrive("signed-in-as").await;
    chrome.quit().await;
}

#[tokio::test]
async fn s24_a_new_customer_types_the_mailed_code_with_and_without_scripts() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::to_sign_in(&chrome, &system).await;
    walk::register(&chrome, &system).await;
    chrome.arrive("signed-in-as").await;
    assert_eq!(chrome.text("signed-in-as").await, "Anna Customer");
    chrome.open(format!("{}/account", system.urls.customer_issuer)).await;
    chrome.press("address").await;
    chrome.arrive("address-state").await;
    assert_eq!(chrome.text("address-state").await, "Confirmed");

    let elsewhere = Chrome::start().await;
    walk::to_sign_in(&elsewhere, &system).await;
    walk::enter(&elsewhere, (walk::CUSTOMER, PASSWORD)).await;
    elsewhere.arrive("signed-in-as").await;
    let mail = system.mailbox().mail(walk::CUSTOMER, "New sign-in").await;
    let link = mail.links().find(|link| link.contains("/link/")).expect("a link").to_owned();
    chrome.open(&link).await;
    chrome.press("link-submit").await;
    chrome.arrive("continue").await;
    elsewhere.open(format!("{}/account", system.urls.customer_issuer)).await;
    elsewhere.arrive("username").await;
    chrome.quit().await;
    elsewhere.quit().await;
}

#[tokio::test]
async fn s25_where_the_realm_allows_it_a_mailed_code_signs_in_without_the_password_and_without_scripts() {
    let system = System::start_with(&[("customer", "mail.sign_in", "true")]).await;
    let chrome = Chrome::start().await;
    let mut look = Inspector::new();
    let (address, _) = walk::demo(&system);
    walk::to_sign_in(&chrome, &system).await;
    chrome.press("by-mail").await;
    chrome.arrive("by-mail-submit").await;
    look.page(&chrome, "a mail instead of the password").await;
    chrome.fill("email", "nonsense").await;
    chrome.press("by-mail-submit").await;
    chrome.arrive("error-summary").await;
    look.page(&chrome, "a mail instead of the password, with a mistake").await;
    chrome.without_javascript().await;
    chrome.fill("email", address).await;
    chrome.press("by-mail-submit").await;
    chrome.arrive("mailed-submit").await;
    let code = system.mailbox().code(address, "Your sign-in link").await;
    chrome.fill("code", &code).await;
    chrome.press("mailed-submit").await;
    chrome.arrive("signed-in-as").await;
    look.finish(2);
    chrome.quit().await;
}
