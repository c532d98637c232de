//! People are told what happens to their account (W11, ACC-8).

use database::sql;

use super::{ADA, NEW, World, leads_to, path};
use crate::harness::PASSWORD;

#[tokio::test]
async fn w11_a_changed_password_is_told_with_when_and_where() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let browser = world.signed_in().await;
    let fields = [("current_password", PASSWORD), ("password", NEW)];
    browser.fill("/account/password", "/account/password", &fields).await;
    let mail = world.mail_to(ADA).await;
    assert!(mail.subject.starts_with("Your password was changed"), "{}", mail.subject);
    for said in ["When: 15 January 2027", "Device:", "Address: 0.0.0.0", "http://localhost:7001/recover"] {
        assert!(mail.text.contains(said), "{said}: {}", mail.text);
    }
    for said in ["15 January 2027", "http://localhost:7001/account"] {
        assert!(mail.html.contains(said), "{said}: {}", mail.html);
    }
    assert!(!mail.text.contains(NEW) && !mail.text.contains(PASSWORD));
}

#[tokio::test]
async fn acc8_an_authenticator_app_and_new_recovery_codes_are_told() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let browser = world.signed_in().await;
    let page = browser.get("/account/totp").await;
    let otp = world.scratch.code(&page.text_of("totp-secret"));
    let confirmed = browser.send(&page.form("otp").with("otp", &otp)).await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.body);
    world.scratch.clock.advance(1);
    let asked = browser.get("/account/recovery-codes").await;
    browser.press(&asked, "/account/recovery-codes").await;
    assert_eq!(world.subjects().await, ["An authenticator app was set up", "New recovery codes"]);
}

#[tokio::test]
async fn w11_a_sign_in_on_a_new_device_is_told_and_can_be_disowned() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let own = world.signed_in().await;
    assert!(world.scratch.mails().await.is_empty(), "the first device is nobody's news");
    let thief = world.signed_in().await;
    let mail = world.mail_to(ADA).await;
    assert!(mail.subject.starts_with("New sign-in"), "{}", mail.subject);
    let link = path(&mail, "/link/");
    let page = world.browser();
    let shown = page.get(&link).await;
    assert!(thief.is_signed_in().await, "opening it ends nothing");
    let done = page.send(&shown.form("link-submit")).await;
    assert_eq!(leads_to(&done), "/signed-out-everywhere");
    assert!(!thief.is_signed_in().await && !own.is_signed_in().await);
    assert_eq!(page.get("/signed-out-everywhere").await.link("continue").path(), "/recover");
    let visit = world.scratch.visit(None).await;
    let again = world.scratch.try_password(&visit, (ADA, PASSWORD)).await.unwrap();
    assert!(matches!(again, idp::flow::sign_in::Outcome::Wrong), "whoever knows the password is out");
    assert_eq!(page.get(&link).await.status, 404);
    assert!(world.scratch.kinds_of_events().await.contains(&"account.sessions_disowned".to_owned()));
}

#[tokio::test]
async fn w11_a_known_device_is_not_told_again() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let visit = world.scratch.visit(None).await;
    world.scratch.signed_in(&visit, ADA).await;
    let again = world.scratch.visit_of(Some(&visit.browser), None).await;
    world.scratch.signed_in(&again, ADA).await;
    assert!(world.scratch.mails().await.is_empty());
}

#[tokio::test]
async fn w11_a_realm_without_mail_tells_nobody() {
    let scratch = crate::app::realm_with_apps().await;
    scratch.account(ADA).await;
    for _ in 0..2 {
        let visit = scratch.visit(None).await;
        scratch.signed_in(&visit, ADA).await;
    }
    assert!(scratch.mails().await.is_empty());
}

#[tokio::test]
async fn w11_the_same_notice_fills_no_mailbox_and_holds_up_no_other_one() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let browser = world.signed_in().await;
    let page = browser.get("/account/totp").await;
    let otp = world.scratch.code(&page.text_of("totp-secret"));
    browser.send(&page.form("otp").with("otp", &otp)).await;
    for _ in 0..6 {
        let asked = browser.get("/account/recovery-codes").await;
        assert_eq!(browser.press(&asked, "/account/recovery-codes").await.status, 200);
    }
    let fields = [("current_password", PASSWORD), ("password", NEW)];
    browser.fill("/account/password", "/account/password", &fields).await;
    let subjects = world.subjects().await;
    let count = |subject: &str| subjects.iter().filter(|said| *said == subject).count();
    assert_eq!((count("New recovery codes"), count("Your password was changed")), (3, 1), "{subjects:?}");
}

#[tokio::test]
async fn w11_after_all_browsers_were_forgotten_the_next_one_is_told() {
    let world = World::new().await;
    world.scratch.account(ADA).await;
    let visit = world.scratch.visit(None).await;
    world.scratch.signed_in(&visit, ADA).await;
    database::sql("DELETE FROM known_browsers").run(&world.scratch.realm.store.facts).await.unwrap();
    let _ = world.signed_in().await;
    assert_eq!(world.scratch.mails().await.len(), 1);
}

#[tokio::test]
async fn w11_disowning_takes_away_what_was_set_up_since_and_nothing_from_before() {
    let world = World::new().await;
    let id = world.scratch.account(ADA).await;
    let facts = &world.scratch.realm.store.facts;
    let passkey = async |name: &'static str| {
        sql("INSERT INTO passkeys (credential_id, user_id, label, credential, sign_count, created_at) \
             VALUES ($1, $2, 'l', '{}', 0, $3)")
        .bind(name)
        .bind(&id)
        .bind(world.scratch.realm.now())
        .run(facts)
        .await
        .unwrap();
    };
    world.signed_in().await;
    passkey("owners").await;
    world.scratch.clock.advance(1);
    let thief = world.signed_in().await;
    let link = path(&world.mail_to(ADA).await, "/link/");
    world.scratch.clock.advance(1);
    passkey("thiefs").await;
    let mut tx = facts.begin().await.unwrap();
    idp::store::factors::confirm_totp(&mut tx, &id, "seed", 1, world.scratch.realm.now()).await.unwrap();
    tx.commit().await.unwrap();
    let owner = world.browser();
    let page = owner.get(&link).await;
    assert_eq!(owner.send(&page.form("link-submit")).await.status, 303);
    let left = idp::store::passkeys::of_user(facts, &id).await.unwrap();
    assert_eq!(left.iter().map(|passkey| passkey.credential_id.as_str()).collect::<Vec<_>>(), ["owners"]);
    assert!(!idp::store::factors::enrolled(facts, &id).await.unwrap().app);
    assert!(!thief.is_signed_in().await);
}
