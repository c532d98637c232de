//! A copy of one's data, and leaving (ACC-11).

use idp::{
    flow::{deletion, sign_in::Outcome},
    store::users,
};
use serde_json::Value;

use crate::{
    app::{Browser, realm_with, realm_with_apps, refresh, router},
    harness::{PASSWORD, Scratch},
};

const ADA: &str = "ada@example.com";
const DELETE: &str = "/account/delete";
const FORTNIGHT: i64 = 14 * 24 * 3600;

async fn exists(scratch: &Scratch) -> bool {
    users::by_email(&scratch.realm.store.facts, ADA).await.unwrap().is_some()
}

async fn signs_in(scratch: &Scratch) -> bool {
    let visit = scratch.visit(None).await;
    matches!(scratch.try_password(&visit, (ADA, PASSWORD)).await.unwrap(), Outcome::SignedIn(_))
}

/// An account whose owner has asked to leave: the realm, and the browser.
async fn leaving() -> (Scratch, Browser) {
    let mail = [("mail.from", "Test <no-reply@id.example>"), ("mail.command", "/usr/sbin/sendmail")];
    let scratch = realm_with(&mail).await;
    scratch.account(ADA).await;
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, ADA).await;
    let tokens = browser.tokens("app", "openid offline_access").await;
    let asked = browser.fill(DELETE, DELETE, &[]).await;
    assert_eq!((asked.status.as_u16(), asked.location()), (303, Some("/account-deleted")), "{}", asked.body);
    assert_eq!(browser.get("/account-deleted").await.status, 200);
    assert!(!browser.is_signed_in().await);
    assert_eq!(refresh(&router, "app", &tokens.refresh).await.status, 400);
    (scratch, browser)
}

#[tokio::test]
async fn acc11_whoever_leaves_is_signed_out_at_once_and_gone_after_a_fortnight() {
    let (scratch, _) = leaving().await;
    let mails = scratch.mails().await;
    assert!(mails.last().unwrap().subject.starts_with("Your account is going to be deleted"));
    scratch.clock.advance(FORTNIGHT - 1);
    assert_eq!(deletion::carry_out(&scratch.realm).await.unwrap(), 0);
    assert!(exists(&scratch).await);
    scratch.clock.advance(1);
    assert_eq!(deletion::carry_out(&scratch.realm).await.unwrap(), 1);
    assert!(!exists(&scratch).await && !signs_in(&scratch).await);
    assert_eq!(deletion::carry_out(&scratch.realm).await.unwrap(), 0);
    let kinds = scratch.kinds_of_events().await;
    for kind in ["account.deletion_asked", "account.deleted"] {
        assert!(kinds.iter().any(|found| found == kind), "{kind}");
    }
}

#[tokio::test]
async fn acc11_whoever_comes_back_in_time_stays() {
    let (scratch, _) = leaving().await;
    scratch.clock.advance(FORTNIGHT - 1);
    assert!(signs_in(&scratch).await);
    scratch.clock.advance(2 * FORTNIGHT);
    assert_eq!(deletion::carry_out(&scratch.realm).await.unwrap(), 0);
    assert!(exists(&scratch).await);
    assert!(scratch.kinds_of_events().await.contains(&"account.deletion_taken_back".to_owned()));
    let told = scratch.mails().await;
    assert!(told.iter().any(|mail| mail.subject.starts_with("Your account stays")));
}

#[tokio::test]
async fn acc11_leaving_needs_a_recent_sign_in_and_is_not_for_staff() {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, ADA).await;
    assert!(browser.get("/account/data").await.has("delete"));
    scratch.clock.advance(301);
    for page in [DELETE, "/account/export"] {
        let answer = browser.get(page).await;
        assert!(answer.location().unwrap().starts_with("/interaction/"), "{page}");
    }
    let csrf = browser.get("/account/sessions").await.field("csrf");
    browser.post(DELETE, &[("csrf", csrf.as_str())]).await;
    assert!(browser.is_signed_in().await && exists(&scratch).await);
    scratch.clock.advance(2 * FORTNIGHT);
    assert_eq!(deletion::carry_out(&scratch.realm).await.unwrap(), 0);
}

#[tokio::test]
async fn acc11_a_copy_has_all_that_is_held_and_no_secret() {
    let scratch = realm_with_apps().await;
    let id = scratch.account(ADA).await;
    let router = router(&scratch.realm, &scratch);
    let browser = Browser::signed_in(&scratch, &router, ADA).await;
    browser.tokens("app", "openid email offline_access").await;
    scratch.realm.issued.write(&scratch.realm.store.facts).await.unwrap();
    let answer = browser.get("/account/export").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    assert!(answer.header("content-disposition").starts_with("attachment"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let copy: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&copy["account"]["sub"], &copy["account"]["email"]), (&Value::from(id), &Value::from(ADA)));
    assert_eq!(copy["account"]["profile"]["name"], "Ada");
    assert_eq!(copy["account"]["created"], "2027-01-15T08:00:00Z");
    assert_eq!(copy["ways_to_sign_in"]["password"], true);
    assert_eq!(copy["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(copy["apps"][0]["client_id"], "app");
    let events = copy["events"].as_array().unwrap();
    assert!(events.iter().any(|event| event["what"] == "account.added" && event["by"] == "command line"));
    let user = users::by_email(&scratch.realm.store.facts, ADA).await.unwrap().unwrap();
    assert!(!answer.body.contains(&user.password_hash.unwrap()) && !answer.body.contains("argon2"));
}
