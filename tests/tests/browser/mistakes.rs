//! S26: after a failed submit the identifier is still there, and the mistake is announced, focused and tied to its
//! field.

use end_to_end::{Chrome, System};

use crate::walk;

/// The id of the element that has the focus.
async fn focused(chrome: &Chrome) -> String {
    let element = chrome.web().active_element().await.expect("a focus");
    element.id().await.expect("an element").unwrap_or_default()
}

/// The summary has the focus, is announced, and leads to a field that says what is wrong with it.
async fn told_well(chrome: &Chrome, field: &str) {
    chrome.arrive("error-summary").await;
    assert_eq!(focused(chrome).await, "error-summary", "{}", chrome.summary().await);
    assert_eq!(chrome.attribute("error-summary", "role").await, "alert");
    assert_eq!(chrome.attribute(field, "aria-invalid").await, "true");
    let described_by = chrome.attribute(field, "aria-describedby").await;
    let mut reported = String::new();
    for id in described_by.split_whitespace() {
        reported += &chrome.text(id).await;
    }
    let summary = chrome.text_at("#error-summary a").await;
    assert!(reported.contains(&summary), "{summary:?} is not in {reported:?}");
    let link = chrome.web().find(thirtyfour::By::Css("#error-summary a")).await.expect("a link");
    assert_eq!(link.attr("href").await.expect("a link"), Some(format!("#{field}")));
    let title = chrome.web().title().await.expect("a title");
    assert!(title.starts_with("Error"), "{title}");
}

#[tokio::test]
async fn s26_a_wrong_password_keeps_the_address_and_focuses_the_summary() {
    for scripts in [true, false] {
        let system = System::start().await;
        let chrome = Chrome::start().await;
        if !scripts {
            chrome.without_javascript().await;
        }
        walk::to_sign_in(&chrome, &system).await;
        walk::enter(&chrome, (&system.demo.email, "not the password")).await;
        told_well(&chrome, "username").await;
        assert_eq!(
            chrome.element("username").await.value().await.expect("an input"),
            Some(system.demo.email.clone())
        );
        assert_eq!(chrome.element("password").await.value().await.expect("an input"), Some(String::new()));
        assert_eq!(chrome.attribute("password", "aria-invalid").await, "true");
        chrome.quit().await;
    }
}

#[tokio::test]
async fn s26_a_weak_new_password_keeps_the_rest_and_names_its_field() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::to_sign_in(&chrome, &system).await;
    chrome.press("register").await;
    chrome.fill("email", walk::CUSTOMER).await;
    chrome.fill("name", "Anna Customer").await;
    chrome.fill("password", "too short").await;
    chrome.press("register-submit").await;
    told_well(&chrome, "password").await;
    assert_eq!(
        chrome.element("email").await.value().await.expect("an input").as_deref(),
        Some(walk::CUSTOMER)
    );
    assert_eq!(chrome.attribute("email", "aria-invalid").await, "");
    chrome.quit().await;
}

#[tokio::test]
async fn s26_wrong_codes_are_told_the_same_way() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::begin_set_up(&chrome, &system).await;
    chrome.fill("otp", "000000").await;
    chrome.press("enrol-submit").await;
    told_well(&chrome, "otp").await;
    let staff = walk::enrol(&chrome, &system).await;
    chrome.open(format!("{}/account", system.urls.admin_issuer)).await;
    chrome.press("sign-out").await;

    walk::to_staff_code(&chrome, &system, &staff).await;
    chrome.fill("otp", "000000").await;
    chrome.press("login-submit").await;
    told_well(&chrome, "otp").await;
    chrome.press("recovery").await;
    chrome.fill("recovery-code", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA").await;
    chrome.press("login-submit").await;
    told_well(&chrome, "recovery-code").await;
    chrome.quit().await;
}

#[tokio::test]
async fn s26_the_console_lists_every_field_that_has_to_change() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::set_up_staff(&chrome, &system).await;
    chrome.open(format!("{}/content/new", system.urls.console)).await;
    chrome.fill("body", "Kept.").await;
    chrome.press("save").await;
    chrome.arrive("error-summary").await;
    assert_eq!(focused(&chrome).await, "error-summary");
    for field in ["slug", "title"] {
        assert_eq!(chrome.attribute(field, "aria-invalid").await, "true", "{field}");
        assert!(chrome.attribute(field, "aria-describedby").await.contains(&format!("{field}-fault")));
    }
    assert_eq!(chrome.element("body").await.value().await.expect("a field").as_deref(), Some("Kept."));
    chrome.quit().await;
}

#[tokio::test]
async fn s20_a_new_password_is_judged_while_it_is_typed() {
    let system = System::start().await;
    let chrome = Chrome::start().await;
    walk::to_sign_in(&chrome, &system).await;
    chrome.press("register").await;
    chrome.arrive("email").await;
    chrome.fill("password", "password12345678").await;
    chrome.until("password-advice", "too easy to guess").await;
    chrome.fill("password", "lantern orbit walnut").await;
    chrome.until("password-advice", "A strong password.").await;
    assert_eq!(chrome.attribute("password-advice", "aria-live").await, "polite");
    chrome.quit().await;
}
