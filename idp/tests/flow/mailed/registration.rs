//! A new account is made when its owner has proved to read the mailbox (S24, H6).

use idp::store::users;

use super::{ADA, World, code, leads_to, path};
use crate::{app::Browser, harness::PASSWORD};

async fn open() -> World {
    World::with(&[("registration.open", "true"), ("registration.role", "member")]).await
}

/// Fills the form of a new account in. Returns the interaction and the page that waits for the code.
async fn register(browser: &Browser, address: &str) -> (String, String) {
    let interaction = browser.interaction("app", &[("prompt", "create")]).await;
    let fields = [("email", address), ("name", "Ada"), ("password", PASSWORD)];
    let asked = browser.fill(&interaction, &format!("{interaction}/register"), &fields).await;
    (interaction, leads_to(&asked))
}

async fn exists(world: &World, address: &str) -> bool {
    users::by_email(&world.scratch.realm.store.facts, address).await.unwrap().is_some()
}

#[tokio::test]
async fn s24_a_typed_code_makes_the_account_and_leads_on_to_the_app() {
    let world = open().await;
    let browser = world.browser();
    let (interaction, waiting) = register(&browser, ADA).await;
    assert!(!exists(&world, ADA).await && !browser.is_signed_in().await);
    let mail = world.mail_to(ADA).await;
    assert_eq!(browser.fill(&waiting, &waiting, &[("code", "1")]).await.status, 400);
    let page = browser.get(&waiting).await;
    let form = page.form("mailed-submit").with("code", &code(&mail));
    let right = browser.send(&form).await;
    assert_eq!(leads_to(&right), interaction);
    let user = users::by_email(&world.scratch.realm.store.facts, ADA).await.unwrap().unwrap();
    assert_eq!(user.email_verified_at, Some(crate::harness::NOW));
    let answer = browser.get(&interaction).await;
    assert!(answer.param("code").is_some(), "{} {}", answer.status, answer.body);
    let twice = browser.send(&form).await;
    assert_eq!(leads_to(&twice), interaction, "a double click is led on as well");
    assert_eq!(browser.get(path(&mail, "/link/")).await.status, 404, "the link went with the code");
}

#[tokio::test]
async fn s25_a_link_counts_by_its_button_and_in_the_browser_that_began() {
    let world = open().await;
    let browser = world.browser();
    let (interaction, _) = register(&browser, ADA).await;
    let link = path(&world.mail_to(ADA).await, "/link/");
    let scanner = world.browser();
    let opened = scanner.get(&link).await;
    assert!(opened.status == 404 && opened.body.contains("Type the code instead"), "{}", opened.body);
    let page = scanner.interaction("app", &[]).await;
    assert_eq!(scanner.fill(&page, &link, &[]).await.status, 404);
    assert!(!exists(&world, ADA).await, "a stranger's account is not confirmed by the owner's click");
    let page = browser.get(&link).await;
    assert!(!exists(&world, ADA).await);
    let confirmed = browser.send(&page.form("link-submit")).await;
    assert_eq!(leads_to(&confirmed), interaction);
    assert!(browser.get(&interaction).await.param("code").is_some());
}

#[tokio::test]
async fn s24_an_address_that_has_an_account_gets_the_same_page_and_a_mail_that_says_so() {
    let world = open().await;
    world.scratch.account(ADA).await;
    let mut pages = Vec::new();
    for address in [ADA, "grace@example.com"] {
        let browser = world.browser();
        let (interaction, waiting) = register(&browser, address).await;
        let page = browser.get(&waiting).await;
        let hidden = page
            .body
            .replace(address, "A")
            .replace(&waiting, "W")
            .replace(&waiting.replace('/', "%2F"), "W")
            .replace(&interaction, "I")
            .replace(&page.field("csrf"), "C");
        pages.push((page.status, hidden));
    }
    assert_eq!(pages[0], pages[1]);
    let mail = world.mail_to(ADA).await;
    assert!(mail.text.contains("there is one already") && !mail.text.contains("/link/"), "{}", mail.text);
    assert!(mail.text.contains("/recover"));
}

#[tokio::test]
async fn s24_a_mail_that_did_not_arrive_is_sent_again_and_nothing_is_typed_twice() {
    let world = open().await;
    let browser = world.browser();
    let (interaction, waiting) = register(&browser, ADA).await;
    let first = code(&world.mail_to(ADA).await);
    world.scratch.clock.advance(1);
    let waiting = leads_to(&browser.fill(&waiting, &waiting, &[("change", "again")]).await);
    let second = code(&world.mail_to(ADA).await);
    assert_eq!(browser.fill(&waiting, &waiting, &[("code", &first)]).await.status, 400);
    let right = browser.fill(&waiting, &waiting, &[("code", &second)]).await;
    assert_eq!(leads_to(&right), interaction);
    let visit = world.scratch.visit(None).await;
    world.scratch.signed_in(&visit, ADA).await;
}

#[tokio::test]
async fn h12_an_address_that_got_an_account_meanwhile_keeps_that_one() {
    let world = open().await;
    let browser = world.browser();
    let (_, waiting) = register(&browser, ADA).await;
    let code = code(&world.mail_to(ADA).await);
    let id = world.scratch.account(ADA).await;
    let late = browser.fill(&waiting, &waiting, &[("code", &code)]).await;
    assert!(late.status == 404 && late.body.contains("in use"), "{}", late.body);
    let user = users::by_email(&world.scratch.realm.store.facts, ADA).await.unwrap().unwrap();
    assert_eq!(user.id, id);
}

#[tokio::test]
async fn ui2_a_username_that_is_taken_is_told_before_a_mail_is_sent() {
    let asks = [
        ("registration.open", "true"),
        ("registration.role", "member"),
        ("registration.fields.preferred_username", "optional"),
    ];
    let world = World::with(&asks).await;
    world.scratch.account(ADA).await;
    let browser = world.browser();
    let interaction = browser.interaction("app", &[("prompt", "create")]).await;
    let fields = [
        ("email", "grace@example.com"),
        ("name", "Grace"),
        ("password", PASSWORD),
        ("preferred_username", "ada"),
    ];
    let asked = browser.fill(&interaction, &format!("{interaction}/register"), &fields).await;
    assert!(asked.status == 400 && asked.body.contains("taken"), "{}", asked.body);
    assert!(world.scratch.mails().await.is_empty());
}

#[tokio::test]
async fn s24_a_stranger_ends_nothing_that_another_browser_began() {
    let world = open().await;
    let browser = world.browser();
    let (interaction, waiting) = register(&browser, ADA).await;
    let code = code(&world.mail_to(ADA).await);
    world.scratch.clock.advance(1);
    register(&world.browser(), ADA).await;
    let right = browser.fill(&waiting, &waiting, &[("code", &code)]).await;
    assert_eq!(leads_to(&right), interaction, "the first code still works in its browser");
}

#[tokio::test]
async fn s7_the_app_waits_as_long_as_the_mail() {
    let world = open().await;
    let browser = world.browser();
    let (interaction, waiting) = register(&browser, ADA).await;
    world.scratch.clock.advance(29 * 60);
    let right = browser.fill(&waiting, &waiting, &[("code", &code(&world.mail_to(ADA).await))]).await;
    assert_eq!(leads_to(&right), interaction);
    assert!(browser.get(&interaction).await.param("code").is_some());
    let back = browser.get(&waiting).await;
    assert_eq!(leads_to(&back), interaction, "the page of a used mail leads on");
}
