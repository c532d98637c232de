//! Two accounts in one browser: switching, and signing out of one and of all (ACC-14).

use end_to_end::{Chrome, System};
use idp::flow::{
    accounts,
    new_account::{Filled, Form},
};

use crate::walk;

const PASSWORD: &str = "velvet tundra 94 marimba";
const GRACE: &str = "grace@customer.example";
const LINUS: &str = "linus@customer.example";

async fn make(system: &System, email: &str, name: &str) {
    let form = Form { email, claims: &[Filled::name(name)], password: PASSWORD, language: None };
    accounts::add(system.realm("customer"), form, "individual")
        .await
        .expect("a database")
        .expect("an account");
}

/// Makes two accounts and signs in to both of them. Leads to the page of the accounts, with the second one in use.
pub async fn two_accounts(chrome: &Chrome, system: &System) {
    let issuer = &system.urls.customer_issuer;
    make(system, GRACE, "Grace Hopper").await;
    make(system, LINUS, "Linus").await;
    chrome.open(format!("{issuer}/account")).await;
    walk::enter(chrome, (GRACE, PASSWORD)).await;
    chrome.arrive("account-email").await;
    chrome.press("accounts").await;
    chrome.press("account-add").await;
    chrome.arrive("beside").await;
    walk::enter(chrome, (LINUS, PASSWORD)).await;
    chrome.until("account-email", LINUS).await;
    chrome.press("accounts").await;
    chrome.arrive("sign-out-all").await;
}

async fn walk_through(chrome: &Chrome, system: &System) {
    two_accounts(chrome, system).await;
    chrome.press_first("#accounts button[value=use]").await;
    chrome.until("account-email", GRACE).await;
    chrome.press("accounts").await;
    chrome.arrive("sign-out-all").await;
    chrome.press_first("#accounts li:last-child button.link").await;
    chrome.arrive("accounts").await;
    assert!(!chrome.has("sign-out-all").await, "{}", chrome.summary().await);
    assert!(chrome.text_at("#accounts").await.contains(GRACE));
    chrome.press("account-add").await;
    walk::enter(chrome, (LINUS, PASSWORD)).await;
    chrome.until("account-email", LINUS).await;
    chrome.press("accounts").await;
    chrome.press("sign-out-all").await;
    chrome.arrive("continue").await;
    assert!(!chrome.has("accounts").await, "{}", chrome.summary().await);
    chrome.open(format!("{}/account", system.urls.customer_issuer)).await;
    chrome.arrive("username").await;
}

#[tokio::test]
async fn acc14_two_accounts_are_switched_between_and_signed_out_of() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk_through(&chrome, &system).await;
    chrome.quit().await;
}

#[tokio::test]
async fn s2_acc14_several_accounts_need_no_javascript() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.without_javascript().await;
    walk_through(&chrome, &system).await;
    chrome.quit().await;
}
