//! S29, S30: people who read German or Arabic sign in, register and look at their account.

use end_to_end::{Chrome, System, people::PASSWORD};

use crate::{inspect::Inspector, walk};

/// From the page that the browser shows to the same page in another language.
async fn choose(chrome: &Chrome, tag: &str) {
    let before = chrome.url().await;
    chrome.press("language").await;
    let button = format!("language-{tag}");
    chrome.arrive(&button).await;
    chrome.press(&button).await;
    chrome.arrive("language").await;
    assert_eq!(chrome.url().await, before, "back to where the choice was made");
}

async fn is_in(chrome: &Chrome, tag: &str, direction: &str) {
    let html = chrome.script("return [document.documentElement.lang, document.documentElement.dir]").await;
    assert_eq!(html, serde_json::json!([tag, direction]));
}

#[tokio::test]
async fn s30_every_step_of_a_customer_fits_in_german_and_in_arabic() {
    let system = System::start().await;
    let issuer = &system.urls.customer_issuer;
    for (tag, direction) in [("de", "ltr"), ("ar", "rtl")] {
        let chrome = Chrome::start().await;
        let mut look = Inspector::new();
        walk::to_sign_in(&chrome, &system).await;
        choose(&chrome, tag).await;
        is_in(&chrome, tag, direction).await;
        look.page(&chrome, &format!("{tag}: sign-in")).await;
        chrome.press("language").await;
        chrome.arrive("language-de").await;
        look.page(&chrome, &format!("{tag}: choice of a language")).await;
        chrome.press("back").await;
        walk::enter(&chrome, (&system.demo.email, "not the password")).await;
        look.page(&chrome, &format!("{tag}: sign-in with a mistake")).await;
        chrome.press("forgot").await;
        chrome.arrive("forgot-submit").await;
        look.page(&chrome, &format!("{tag}: forgotten password")).await;
        chrome.press("sign-in").await;
        chrome.arrive("register").await;
        chrome.press("register").await;
        chrome.arrive("email").await;
        chrome.fill("email", walk::CUSTOMER).await;
        chrome.fill("name", "Anna").await;
        chrome.fill("password", "kurz").await;
        chrome.press("register-submit").await;
        chrome.arrive("error-summary").await;
        look.page(&chrome, &format!("{tag}: registration with a mistake")).await;
        walk::to_sign_in(&chrome, &system).await;
        walk::enter(&chrome, walk::demo(&system)).await;
        chrome.arrive("signed-in-as").await;
        for (path, id) in [
            ("account", "sign-out"),
            ("account/profile", "back"),
            ("account/password", "current_password"),
            ("account/passkeys", "passkeys"),
            ("account/sessions", "back"),
            ("account/apps", "back"),
            ("account/activity", "events"),
            ("account/data", "back"),
            ("account/delete", "back"),
            ("account/email", "email"),
            ("account/totp", "totp-secret"),
        ] {
            chrome.open(format!("{issuer}/{path}")).await;
            chrome.arrive(id).await;
            is_in(&chrome, tag, direction).await;
            look.page(&chrome, &format!("{tag}: {path}")).await;
        }
        look.finish(16);
        chrome.quit().await;
    }
}

#[tokio::test]
async fn s29_a_language_is_chosen_without_javascript_and_mails_follow() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    chrome.without_javascript().await;
    walk::to_sign_in(&chrome, &system).await;
    choose(&chrome, "de").await;
    chrome.press("register").await;
    chrome.arrive("email").await;
    chrome.fill("email", walk::CUSTOMER).await;
    chrome.fill("name", "Anna Kundin").await;
    chrome.fill("password", PASSWORD).await;
    chrome.press("register-submit").await;
    chrome.arrive("mailed-submit").await;
    let code = system.mailbox().code(walk::CUSTOMER, "E-Mail-Adresse bestätigen").await;
    chrome.fill("code", &code).await;
    chrome.press("mailed-submit").await;
    chrome.arrive("signed-in-as").await;
    chrome.quit().await;
}
