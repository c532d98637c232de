//! What an account tells: set, checked, audited, and told as the realm offers it (UI-2).

use clock::Clock;
use database::{record, sql};
use idp::{
    flow::{
        profile::{self, Changed},
        userinfo,
    },
    store::users::{self, NewUser},
};
use serde_json::{Value, json};

use crate::harness::{NOW, Scratch};

const ADA: &str = "Ada.Lovelace@example.com";

record! { struct Row { kind: String, detail: Option<String> } }

async fn events(scratch: &Scratch) -> Vec<(String, Option<String>)> {
    let rows: Vec<Row> =
        sql("SELECT kind, detail FROM audit_events WHERE kind <> 'account.added' ORDER BY id")
            .all(&scratch.realm.store.facts)
            .await
            .unwrap();
    rows.into_iter().map(|row| (row.kind, row.detail)).collect()
}

async fn claims(scratch: &Scratch) -> Value {
    let user = users::by_email(&scratch.realm.store.facts, ADA).await.unwrap().unwrap();
    Value::Object(userinfo::standard_claims(&scratch.realm, &user).unwrap())
}

async fn set(scratch: &Scratch, changes: &[(&str, Option<&str>)]) -> Changed {
    profile::set_claims(&scratch.realm, ADA, changes).await.unwrap()
}

#[tokio::test]
async fn ui2_a_new_account_has_a_username_and_says_when_it_was_changed() {
    let scratch = Scratch::with_factor("optional").await;
    scratch.account(ADA).await;
    let first = json!({ "email": ADA, "email_verified": false, "name": "Ada", "preferred_username": "ada.lovelace",
        "updated_at": NOW });
    assert_eq!(claims(&scratch).await, first);
    scratch.clock.advance(60);
    let changes = [
        ("given_name", Some("Ada")),
        ("phone_number", Some("+44 20 7123 4567")),
        ("preferred_username", Some("Countess")),
    ];
    assert_eq!(set(&scratch, &changes).await, Changed::Done);
    let after = claims(&scratch).await;
    assert_eq!((&after["given_name"], &after["phone_number"]), (&json!("Ada"), &json!("+442071234567")));
    assert_eq!(
        (&after["preferred_username"], &after["phone_number_verified"]),
        (&json!("countess"), &json!(false))
    );
    assert_eq!(after["updated_at"], scratch.clock.now());
    scratch.clock.advance(1);
    assert_eq!(set(&scratch, &[("given_name", None)]).await, Changed::Done);
    assert!(claims(&scratch).await.get("given_name").is_none());
    let reported = "given_name phone_number preferred_username".to_owned();
    let expected = [(reported, "the names, no value"), ("given_name".to_owned(), "")];
    for (event, (detail, why)) in events(&scratch).await.iter().zip(expected) {
        assert_eq!(*event, ("account.claims_changed".to_owned(), Some(detail)), "{why}");
    }
}

#[tokio::test]
async fn ui2_all_changes_are_made_or_none() {
    let scratch = Scratch::with_factor("optional").await;
    scratch.account(ADA).await;
    scratch.account("other@example.com").await;
    let before = claims(&scratch).await;
    for (changes, claim) in [
        (&[("given_name", Some("Ada")), ("birthdate", Some("yesterday"))][..], "birthdate"),
        (&[("given_name", Some("Ada")), ("preferred_username", Some("other"))], "preferred_username"),
        (&[("preferred_username", Some("two words"))], "preferred_username"),
        (&[("preferred_username", None)], "preferred_username"),
        (&[("email_verified", Some("true"))], "email_verified"),
        (&[("sub", Some("somebody"))], "sub"),
    ] {
        let answer = set(&scratch, changes).await;
        assert!(matches!(&answer, Changed::Fault(name, _) if name == claim), "{answer:?}");
        assert_eq!(claims(&scratch).await, before, "{claim}");
    }
    let nobody = profile::set_claims(&scratch.realm, "nobody@example.com", &[("name", None)]).await.unwrap();
    assert_eq!(nobody, Changed::NoAccount);
    assert!(events(&scratch).await.is_empty());
}

#[tokio::test]
async fn an_address_is_verified_once_and_it_is_told() {
    let scratch = Scratch::with_factor("optional").await;
    scratch.account(ADA).await;
    assert!(profile::verify_email(&scratch.realm, ADA).await.unwrap());
    assert!(!profile::verify_email(&scratch.realm, ADA).await.unwrap());
    assert!(!profile::verify_email(&scratch.realm, "nobody@example.com").await.unwrap());
    assert_eq!(claims(&scratch).await["email_verified"], true);
    assert_eq!(events(&scratch).await, [("account.email_verified".to_owned(), None)]);
}

#[tokio::test]
async fn ui2_accounts_of_before_there_were_usernames_get_one() {
    let scratch = Scratch::with_factor("optional").await;
    let facts = &scratch.realm.store.facts;
    for n in 0..3 {
        let account = NewUser {
            id: format!("u{n}"),
            email: format!("ada@{n}.example.com"),
            name: String::new(),
            claims: serde_json::Map::new(),
            usernames: Vec::new(),
            password_hash: Some("$argon2id$".to_owned()),
            role: "member".to_owned(),
            language: None,
        };
        let mut tx = facts.begin().await.unwrap();
        users::insert(&mut tx, &account, NOW).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(profile::name_the_unnamed(&scratch.realm).await.unwrap(), 3);
    assert_eq!(profile::name_the_unnamed(&scratch.realm).await.unwrap(), 0);
    let mut names = Vec::new();
    for n in 0..3 {
        names.extend(users::by_id(facts, &format!("u{n}")).await.unwrap().unwrap().username);
    }
    names.sort();
    assert_eq!(names, ["ada", "ada-2", "ada-3"]);
}
