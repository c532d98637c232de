//! Signing in at another provider: its pages (S27), without scripts (S2), and the chain behind the button (S6). The other
//! provider is the staff realm.

use end_to_end::{Chrome, System, people::Staff, upstream};

use crate::{inspect::Inspector, walk};

/// From the storefront to the provider, and back with both factors.
async fn through(chrome: &Chrome, system: &System, staff: &Staff) {
    walk::to_sign_in(chrome, system).await;
    chrome.press("upstream-there").await;
    walk::enter(chrome, (&staff.email, &staff.password)).await;
    chrome.arrive("otp").await;
    walk::enter_code(chrome, system, &staff.seed).await;
}

#[tokio::test]
async fn s27_every_page_of_a_sign_in_at_another_provider() {
    let (system, staff) = upstream::at_the_staff_realm("accounts = \"create\"\n").await;
    let chrome = Chrome::start().await;
    let mut look = Inspector::new();
    walk::to_sign_in(&chrome, &system).await;
    look.page(&chrome, "sign-in with another provider").await;
    chrome.press("register").await;
    chrome.arrive("register-submit").await;
    look.page(&chrome, "registration with another provider").await;
    through(&chrome, &system, &staff).await;
    chrome.arrive("forget").await;
    look.page(&chrome, "nobody here yet").await;
    chrome.press("sign-in").await;
    chrome.arrive("connects").await;
    look.page(&chrome, "sign-in that connects").await;
    walk::enter(&chrome, walk::demo(&system)).await;
    chrome.arrive("signed-in-as").await;
    let issuer = &system.urls.customer_issuer;
    chrome.open(format!("{issuer}/account")).await;
    look.page(&chrome, "account").await;
    chrome.press("connections").await;
    chrome.arrive("connect-there").await;
    look.page(&chrome, "connected sign-ins").await;
    chrome.open(format!("{issuer}/upstream/there/callback?state=none&code=none")).await;
    look.page(&chrome, "unexpected answer").await;
    look.finish(7);
    chrome.quit().await;
}

#[tokio::test]
async fn s6_s2_the_chain_through_another_provider_is_not_stopped_and_needs_no_script() {
    let (system, staff) = upstream::at_the_staff_realm("accounts = \"create\"\ntrusted_email = true\n").await;
    assert!(idp::flow::profile::verify_email(system.realm("admin"), &staff.email).await.expect("an account"));
    let chrome = Chrome::start().await;
    chrome.without_javascript().await;
    through(&chrome, &system, &staff).await;
    chrome.arrive("signed-in-as").await;
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;
    // signed in there still: the chain runs through to the storefront without a page
    walk::to_sign_in(&chrome, &system).await;
    chrome.press("upstream-there").await;
    chrome.arrive("signed-in-as").await;
    chrome.quit().await;
}
