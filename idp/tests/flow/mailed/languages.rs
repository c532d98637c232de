//! Mails are in the language of their reader (S29).

use super::{ADA, NEW, World, code, leads_to};
use crate::harness::PASSWORD;

async fn open() -> World {
    World::with(&[("registration.open", "true"), ("registration.role", "member")]).await
}

#[tokio::test]
async fn s29_a_mail_and_all_later_ones_are_in_the_language_in_which_the_account_was_made() {
    let world = open().await;
    let browser = world.browser();
    let interaction = browser.interaction("app", &[("prompt", "create"), ("ui_locales", "de")]).await;
    let fields = [("email", ADA), ("name", "Ada"), ("password", PASSWORD)];
    let asked = browser.fill(&interaction, &format!("{interaction}/register"), &fields).await;
    let mail = world.mail_to(ADA).await;
    assert!(mail.subject.starts_with("E-Mail-Adresse bestätigen – "), "{}", mail.subject);
    assert!(mail.html.contains("<html lang=\"de\" dir=\"ltr\">"), "{}", mail.html);
    let waiting = leads_to(&asked);
    let page = browser.get(&waiting).await;
    assert!(page.body.contains("<html lang=\"de\""), "{}", page.body);
    browser.send(&page.form("mailed-submit").with("code", &code(&mail))).await;
    world.scratch.clock.advance(1);
    let english = world.signed_in().await;
    let told = world.mail_to(ADA).await;
    assert!(told.subject.starts_with("Neue Anmeldung"), "{}", told.subject);
    assert!(told.text.contains("15. Januar 2027"), "{}", told.text);
    world.scratch.clock.advance(1);
    let fields = [("current_password", PASSWORD), ("password", NEW)];
    english.fill("/account/password", "/account/password", &fields).await;
    let told = world.mail_to(ADA).await;
    assert!(told.subject.starts_with("Ihr Passwort wurde geändert"), "{}", told.subject);
}

#[tokio::test]
async fn s29_a_choice_counts_on_the_page_that_waits_for_a_mail() {
    let world = open().await;
    let browser = world.browser();
    let interaction = browser.interaction("app", &[("prompt", "create"), ("ui_locales", "de")]).await;
    world.scratch.clock.advance(1);
    let page = browser.get(&interaction).await;
    let choice = browser.get(page.link("language")).await;
    browser.send(&choice.form("language-fr").press("language-fr")).await;
    let fields = [("email", ADA), ("name", "Ada"), ("password", PASSWORD)];
    let asked = browser.fill(&interaction, &format!("{interaction}/register"), &fields).await;
    let page = browser.get(leads_to(&asked)).await;
    assert!(page.body.contains("<html lang=\"fr\""), "{}", page.body);
    assert!(world.mail_to(ADA).await.html.contains("<html lang=\"fr\""));
}

#[tokio::test]
async fn s29_a_strangers_browser_decides_about_no_warning() {
    let world = open().await;
    world.scratch.account(ADA).await;
    world.signed_in().await;
    world.scratch.clock.advance(1);
    let visit = world.scratch.visit(None).await;
    let visit = idp::session::Visit { language: ::language::Language::Arabic, ..visit };
    world.scratch.try_password(&visit, (ADA, PASSWORD)).await.unwrap();
    let told = world.mail_to(ADA).await;
    assert!(told.subject.starts_with("New sign-in"), "{}", told.subject);
}

#[tokio::test]
async fn s29_a_mail_to_a_reader_of_arabic_runs_from_right_to_left_and_its_links_do_not() {
    let world = open().await;
    let browser = world.browser();
    let interaction = browser.interaction("app", &[("prompt", "create"), ("ui_locales", "ar")]).await;
    let fields = [("email", ADA), ("name", "Ada"), ("password", PASSWORD)];
    browser.fill(&interaction, &format!("{interaction}/register"), &fields).await;
    let mail = world.mail_to(ADA).await;
    assert!(mail.html.contains("<html lang=\"ar\" dir=\"rtl\">"), "{}", mail.html);
    assert!(mail.html.contains("<span dir=\"ltr\">http://localhost:7001/link/"), "{}", mail.html);
    for line in mail.text.lines().filter(|line| line.contains("http")) {
        assert!(line.starts_with("http") && line.is_ascii(), "a mark of direction would break it: {line}");
    }
    assert!(code(&mail).is_ascii());
}
