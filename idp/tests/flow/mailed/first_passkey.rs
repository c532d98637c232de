//! Accounts that begin with a passkey and no password (S12).

use idp::store::{passkeys, users};
use test_browser::{Authenticator, Page};

use super::{ADA, World, code, leads_to, path};
use crate::{
    app::{Browser, redeem},
    harness::PASSWORD,
    passkeys::{ceremony, claims_of, filled},
};

const ISSUER: &str = "http://localhost:7001";

async fn open() -> World {
    World::with(&[("registration.open", "true"), ("registration.role", "member")]).await
}

/// Registers without a password. Returns the interaction and the page that waits for the code.
async fn register(browser: &Browser) -> (String, String) {
    let interaction = browser.interaction("app", &[("prompt", "create")]).await;
    assert!(browser.get(&interaction).await.has("register-passkey"));
    let fields = [("email", ADA), ("name", "Ada"), ("password", ""), ("way", "passkey")];
    let asked = browser.fill(&interaction, &format!("{interaction}/register"), &fields).await;
    (interaction, leads_to(&asked))
}

/// The page of the passkey, by the mailed code.
async fn by_code(world: &World, browser: &Browser, waiting: &str) -> String {
    let code = code(&world.mail_to(ADA).await);
    leads_to(&browser.fill(waiting, waiting, &[("code", &code)]).await)
}

async fn answer(browser: &Browser, link: &str, device: &mut Authenticator) -> Page {
    let (fields, options) = ceremony(&browser.get(link).await);
    browser.post(link, &filled(fields, &device.create(&options))).await
}

async fn exists(world: &World) -> bool {
    users::by_email(&world.scratch.realm.store.facts, ADA).await.unwrap().is_some()
}

#[tokio::test]
async fn s12_an_account_begins_with_a_passkey_and_no_password() {
    let world = open().await;
    let browser = world.browser();
    let (interaction, waiting) = register(&browser).await;
    let link = by_code(&world, &browser, &waiting).await;
    assert!(link.starts_with("/link/"), "{link}");
    assert!(!exists(&world).await, "the address alone makes no account");
    let mut device = Authenticator::new(ISSUER);
    let made = answer(&browser, &link, &mut device).await;
    assert_eq!(leads_to(&made), interaction);
    let user = users::by_email(&world.scratch.realm.store.facts, ADA).await.unwrap().unwrap();
    assert!(user.password_hash.is_none() && user.email_verified_at.is_some());
    let facts = &world.scratch.realm.store.facts;
    assert_eq!(passkeys::of_user(facts, &user.id).await.unwrap().len(), 1);
    let code = browser.get(&interaction).await.param("code").unwrap();
    let claims = claims_of(&redeem(&world.router, "app", &code).await.text("id_token"));
    assert_eq!(claims["amr"], serde_json::json!(["hwk", "mfa", "user"]));
    assert_eq!(browser.get(&link).await.status, 404, "the link works once");

    // from then on the passkey alone signs in
    let elsewhere = world.browser();
    let interaction = elsewhere.interaction("app", &[]).await;
    let (fields, options) = ceremony(&elsewhere.get(&interaction).await);
    let answer =
        elsewhere.post(&format!("{interaction}/passkey"), &filled(fields, &device.get(&options))).await;
    assert_eq!(leads_to(&answer), interaction);
}

#[tokio::test]
async fn s12_a_link_shows_the_same_page_and_a_refused_passkey_can_be_tried_again() {
    let world = open().await;
    let browser = world.browser();
    let (interaction, _) = register(&browser).await;
    let link = path(&world.mail_to(ADA).await, "/link/");
    let mut elsewhere = Authenticator::new("http://evil.example");
    let refused = answer(&browser, &link, &mut elsewhere).await;
    assert!(refused.status == 400 && refused.has("error-message"), "{}", refused.body);
    assert!(!exists(&world).await);
    let page = browser.get(&link).await;
    assert_eq!(page.link("use-password").path(), interaction);
    let (fields, _) = ceremony(&page);
    let without: Vec<_> = fields.into_iter().filter(|(name, _)| name != "credential").collect();
    assert_eq!(browser.post(&link, &without).await.status, 404, "without a passkey there is no account");
    assert!(!exists(&world).await);
    assert_eq!(leads_to(&answer(&browser, &link, &mut Authenticator::new(ISSUER)).await), interaction);
}

#[tokio::test]
async fn x1_a_ceremony_of_one_new_account_counts_for_no_other() {
    let world = open().await;
    let (first, second) = (world.browser(), world.browser());
    let (_, waiting) = register(&first).await;
    let link = by_code(&world, &first, &waiting).await;
    let (fields, options) = ceremony(&first.get(&link).await);
    let answer = Authenticator::new(ISSUER).create(&options);
    world.scratch.clock.advance(1);
    let (_, waiting) = register(&second).await;
    let other = by_code(&world, &second, &waiting).await;
    let (own, _) = ceremony(&second.get(&other).await);
    let csrf = own.into_iter().find(|(name, _)| name == "csrf").unwrap();
    let mut foreign = filled(fields, &answer);
    foreign.retain(|(name, _)| name != "csrf");
    foreign.push(csrf);
    assert_eq!(second.post(&other, &foreign).await.status, 400);
    assert!(!exists(&world).await);
}

#[tokio::test]
async fn s12_without_mail_or_with_a_mistake_no_account_begins_without_a_password() {
    let world = open().await;
    let browser = world.browser();
    let interaction = browser.interaction("app", &[("prompt", "create")]).await;
    let fields = [("email", "ada"), ("name", "Ada"), ("way", "passkey")];
    let refused = browser.fill(&interaction, &format!("{interaction}/register"), &fields).await;
    assert!(refused.status == 400 && refused.body.contains("email-error"), "{}", refused.body);

    let scratch =
        crate::app::realm_with(&[("registration.open", "true"), ("registration.role", "member")]).await;
    let router = crate::app::router(&scratch.realm, &scratch);
    let browser = Browser::fresh(&router);
    let interaction = browser.interaction("app", &[("prompt", "create")]).await;
    assert!(!browser.get(&interaction).await.has("register-passkey"));
    let fields = [("email", ADA), ("name", "Ada"), ("password", ""), ("way", "passkey")];
    let refused = browser.fill(&interaction, &format!("{interaction}/register"), &fields).await;
    assert!(refused.status == 400 && refused.body.contains("password-error"), "{}", refused.body);
    let fields = [("email", ADA), ("name", "Ada"), ("password", PASSWORD), ("way", "passkey")];
    assert_eq!(browser.fill(&interaction, &format!("{interaction}/register"), &fields).await.status, 303);
}
