//! Advice about a new password while it is typed (S20).

use test_browser::Page;

use crate::app::{Browser, realm_with, router};

const ADVICE: &str = "/password-advice";

async fn advice(browser: &Browser, csrf: &str, password: &str, more: &[(&str, &str)]) -> Page {
    browser.post(ADVICE, &[&[("csrf", csrf), ("password", password)], more].concat()).await
}

#[tokio::test]
async fn s20_the_advice_is_what_the_form_would_say_in_the_language_of_the_page() {
    let scratch = realm_with(&[("registration.open", "true"), ("registration.role", "member")]).await;
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    let interaction = browser.interaction("app", &[("prompt", "create")]).await;
    let csrf = browser.get(&interaction).await.field("csrf");
    for (password, more, strength, text) in [
        ("short", &[][..], "weak", "Use at least 15 characters."),
        ("password12345678", &[], "weak", "too easy to guess"),
        ("ada.lovelace.1815", &[("email", "ada.lovelace.1815@example.com")], "weak", "your own name"),
        ("lantern orbit walnut", &[], "strong", "A strong password."),
        ("lantern orbit walnut", &[("language", "de")], "strong", "Ein starkes Passwort."),
        ("", &[], "weak", "Enter a password."),
    ] {
        let told = advice(&browser, &csrf, password, more).await;
        assert_eq!((told.status.as_u16(), told.header("cache-control")), (200, "no-store"));
        assert_eq!(told.text("strength"), strength, "{password}: {}", told.body);
        assert!(told.text("text").contains(text), "{password}: {}", told.body);
    }
    let page = browser.get(&interaction).await;
    assert!(page.body.contains("data-advice=\"/password-advice\""));
    assert!(page.has("register-submit"), "it has no effect");
}

#[tokio::test]
async fn rp4_only_a_page_of_the_realm_gets_advice_and_nobody_by_a_link() {
    let scratch = realm_with(&[]).await;
    let browser = Browser::fresh(&router(&scratch.realm, &scratch));
    browser.interaction("app", &[]).await;
    assert_eq!(advice(&browser, "made.up", "lantern orbit walnut", &[]).await.status, 403);
    let linked = browser.get(format!("{ADVICE}?password=lantern")).await;
    assert_eq!(linked.status, 405);
}
