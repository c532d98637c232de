//! People change what they tell about themselves (ACC-1).

use clock::Clock;
use idp::{flow::profile, store::users};
use serde_json::{Value, json};

use crate::{
    app::{Browser, realm_with_apps, router},
    harness::Scratch,
};

const ADA: &str = "ada@example.com";
const GRACE: &str = "grace@example.com";
const PROFILE: &str = "/account/profile";

async fn claims(scratch: &Scratch, email: &str) -> Value {
    let user = users::by_email(&scratch.realm.store.facts, email).await.unwrap().unwrap();
    serde_json::from_str(&user.claims).unwrap()
}

async fn account() -> (Scratch, Browser) {
    let scratch = realm_with_apps().await;
    scratch.account(ADA).await;
    let browser = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), ADA).await;
    (scratch, browser)
}

fn changes(kinds: &[String]) -> usize {
    kinds.iter().filter(|kind| *kind == "account.claims_changed").count()
}

#[tokio::test]
async fn acc1_a_person_changes_and_takes_away_what_they_tell() {
    let (scratch, browser) = account().await;
    scratch.clock.advance(60);
    let page = browser.get(PROFILE).await;
    assert!(
        page.body.contains("Your username is <strong id=\"profile-username\">ada</strong>"),
        "{}",
        page.body
    );
    let told = [
        ("name", " Ada Lovelace "),
        ("birthdate", "1985-12-31"),
        ("phone_number", "+44 20 7123 4567"),
        ("address", "12 St James's Square\r\nLondon"),
        ("preferred_username", "somebody-else"),
        ("email_verified", "true"),
        ("phone_number_verified", "true"),
    ];
    let saved = browser.fill(PROFILE, PROFILE, &told).await;
    assert_eq!((saved.status.as_u16(), saved.location()), (303, Some("/account")), "{}", saved.body);
    let expected = json!({ "name": "Ada Lovelace", "birthdate": "1985-12-31", "phone_number": "+442071234567",
        "address": { "formatted": "12 St James's Square\nLondon" }, "updated_at": scratch.clock.now() });
    assert_eq!(claims(&scratch, ADA).await, expected);
    let page = browser.get(PROFILE).await;
    for said in ["Ada Lovelace", "1985-12-31", "+442071234567", "12 St James", "ada</strong>"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let kept = [("name", "Ada Lovelace"), ("birthdate", ""), ("phone_number", " ")];
    assert_eq!(browser.fill(PROFILE, PROFILE, &kept).await.status, 303);
    let after = claims(&scratch, ADA).await;
    assert!(after.get("birthdate").is_none() && after.get("phone_number").is_none(), "{after}");
    assert_eq!(after["address"], expected["address"], "what a form does not have stays");
    assert_eq!(changes(&scratch.kinds_of_events().await), 2);
}

#[tokio::test]
async fn acc1_what_nobody_changed_stays_as_it_is() {
    let (scratch, browser) = account().await;
    let structured = r#"{"formatted":"12 Square\nLondon","locality":"London"}"#;
    for change in
        [("phone_number", "+442071234567"), ("phone_number_verified", "true"), ("address", structured)]
    {
        profile::set_claims(&scratch.realm, ADA, &[(change.0, Some(change.1))]).await.unwrap();
    }
    let before = claims(&scratch, ADA).await;
    scratch.clock.advance(60);
    let same = [("name", "Ada"), ("phone_number", " +442071234567"), ("address", "12 Square\r\nLondon\r\n")];
    assert_eq!(browser.fill(PROFILE, PROFILE, &same).await.status, 303);
    assert_eq!(claims(&scratch, ADA).await, before);
    let other = [("phone_number", "+442071234568"), same[0], same[2]];
    assert_eq!(browser.fill(PROFILE, PROFILE, &other).await.status, 303);
    let after = claims(&scratch, ADA).await;
    assert!(after.get("phone_number_verified").is_none(), "another number is not verified: {after}");
    assert_eq!(after["address"]["locality"], "London");
}

#[tokio::test]
async fn acc1_a_wrong_value_is_said_at_its_field_and_nothing_is_changed_or_lost() {
    let (scratch, browser) = account().await;
    let before = claims(&scratch, ADA).await;
    let events = changes(&scratch.kinds_of_events().await);
    for (claim, wrong) in [
        ("birthdate", "yesterday"),
        ("phone_number", "my number"),
        ("website", "javascript:alert(1)"),
        ("name", "Ada\u{202e} Lovelace"),
    ] {
        let form = [("nickname", "the Countess"), (claim, wrong)];
        let answer = browser.fill(PROFILE, PROFILE, &form).await;
        assert_eq!(answer.status, 400, "{claim}");
        assert!(answer.body.contains(&format!("href=\"#{claim}\"")), "{claim}: {}", answer.body);
        assert!(answer.body.contains("the Countess"), "what was typed is still there: {}", answer.body);
        assert_eq!(claims(&scratch, ADA).await, before, "{claim}");
    }
    assert_eq!(changes(&scratch.kinds_of_events().await), events);
}

#[tokio::test]
async fn acc1_nobody_changes_the_profile_of_others_or_without_a_session() {
    let (scratch, browser) = account().await;
    scratch.account(GRACE).await;
    let grace = Browser::signed_in(&scratch, &router(&scratch.realm, &scratch), GRACE).await;
    let form = [("name", "Grace Hopper"), ("sub", ADA), ("email", ADA)];
    assert_eq!(grace.fill(PROFILE, PROFILE, &form).await.status, 303);
    assert_eq!(claims(&scratch, GRACE).await["name"], "Grace Hopper");
    assert_eq!(claims(&scratch, ADA).await["name"], "Ada");
    let stolen = [("csrf", "not-of-this-browser"), ("name", "Mallory")];
    assert_ne!(browser.post(PROFILE, &stolen).await.status, 303);
    let csrf = browser.get(PROFILE).await.field("csrf");
    browser.post("/sign-out", &[("csrf", csrf.as_str())]).await;
    assert!(!browser.is_signed_in().await);
    browser.post(PROFILE, &[("csrf", csrf.as_str()), ("name", "Mallory")]).await;
    assert_eq!(claims(&scratch, ADA).await["name"], "Ada");
}
