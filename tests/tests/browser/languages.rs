//! S29, S30: people who read German or Arabic sign in, register and look at their account, at the storefront and at
//! the console.

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
async fn s30_the_storefront_fits_in_german_and_in_arabic_and_the_sign_in_follows() {
    let system = System::start().await;
    let shop = &system.urls.storefront;
    for (tag, direction) in [("de", "ltr"), ("ar", "rtl")] {
        let chrome = Chrome::start().await;
        let mut look = Inspector::new();
        chrome.open(shop).await;
        choose(&chrome, tag).await;
        is_in(&chrome, tag, direction).await;
        look.page(&chrome, &format!("{tag}: catalogue")).await;
        chrome.press("language").await;
        chrome.arrive("language-de").await;
        look.page(&chrome, &format!("{tag}: choice of a language")).await;
        chrome.open(format!("{shop}/cart")).await;
        look.page(&chrome, &format!("{tag}: empty cart")).await;
        walk::fill_cart(&chrome, &system).await;
        look.page(&chrome, &format!("{tag}: cart")).await;
        chrome.press("sign-in-to-order").await;
        chrome.arrive("username").await;
        is_in(&chrome, tag, direction).await;
        walk::enter(&chrome, walk::demo(&system)).await;
        chrome.arrive("checkout").await;
        look.page(&chrome, &format!("{tag}: cart, signed in")).await;
        chrome.press("checkout").await;
        chrome.arrive("thanks").await;
        is_in(&chrome, tag, direction).await;
        look.page(&chrome, &format!("{tag}: order")).await;
        for path in ["orders", "pages/delivery-and-returns", "nothing-here"] {
            chrome.open(format!("{shop}/{path}")).await;
            look.page(&chrome, &format!("{tag}: {path}")).await;
        }
        chrome.press("sign-out").await;
        chrome.arrive("signed-out").await;
        look.page(&chrome, &format!("{tag}: signed out")).await;
        look.finish(10);
        chrome.quit().await;
    }
}

#[tokio::test]
async fn s30_the_console_fits_in_german_and_in_arabic() {
    let system = System::start().await;
    let customer = Chrome::start().await;
    walk::fill_cart(&customer, &system).await;
    customer.press("sign-in-to-order").await;
    walk::enter(&customer, walk::demo(&system)).await;
    customer.arrive("checkout").await;
    customer.press("checkout").await;
    customer.arrive("thanks").await;
    customer.quit().await;
    let chrome = Chrome::start().await;
    walk::set_up_staff(&chrome, &system).await;
    let console = &system.urls.console;
    for (tag, direction) in [("de", "ltr"), ("ar", "rtl")] {
        let mut look = Inspector::new();
        chrome.open(console).await;
        choose(&chrome, tag).await;
        is_in(&chrome, tag, direction).await;
        look.page(&chrome, &format!("{tag}: overview")).await;
        chrome.press("language").await;
        chrome.arrive("language-de").await;
        look.page(&chrome, &format!("{tag}: choice of a language")).await;
        for path in ["content", "content?q=zebra", "content/new", "orders", "nothing-here"] {
            chrome.open(format!("{console}/{path}")).await;
            look.page(&chrome, &format!("{tag}: {path}")).await;
        }
        chrome.open(format!("{console}/content/new")).await;
        chrome.fill("slug", "Not an address").await;
        chrome.press("save").await;
        chrome.arrive("error-summary").await;
        look.page(&chrome, &format!("{tag}: page with mistakes")).await;
        chrome.open(format!("{console}/content")).await;
        chrome.press_first("#pages td a").await;
        chrome.arrive("facts").await;
        look.page(&chrome, &format!("{tag}: page")).await;
        chrome.press("unpublish").await;
        chrome.arrive("confirm-yes").await;
        look.page(&chrome, &format!("{tag}: page to take off")).await;
        chrome.open(format!("{console}/orders")).await;
        chrome.press_first("#orders td a").await;
        chrome.arrive("timeline").await;
        look.page(&chrome, &format!("{tag}: order")).await;
        chrome.press("fulfilment-cancelled").await;
        chrome.arrive("confirm-yes").await;
        look.page(&chrome, &format!("{tag}: order to cancel")).await;
        look.finish(12);
    }
    chrome.press("sign-out").await;
    chrome.arrive("signed-out").await;
    is_in(&chrome, "ar", "rtl").await;
    chrome.quit().await;
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
