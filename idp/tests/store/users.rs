//! Accounts and their roles.

use std::time::Duration;

use idp::store::{deletions, sessions, users};

use crate::harness::{NOW, count, new_session, new_user, session, stores, user};

/// The hash of every account here.
const HASH: &str = "$argon2id$old";

#[tokio::test]
async fn an_account_is_found_by_its_subject_and_by_its_address_however_it_is_written() {
    for store in stores().await {
        let mut tx = store.facts.begin().await.unwrap();
        users::insert(&mut tx, &new_user("u1", "  Ada@Example.COM "), NOW).await.unwrap();
        tx.commit().await.unwrap();
        for written in
            ["ada@example.com", " ADA@EXAMPLE.COM", "Ada@Example.COM", "\u{feff}ａda@example。com\u{200e}"]
        {
            let found = users::by_email(&store.facts, written).await.unwrap().unwrap();
            assert_eq!((found.id.as_str(), found.email.as_str()), ("u1", "Ada@Example.COM"), "{written}");
        }
        let found = users::by_id(&store.facts, "u1").await.unwrap().unwrap();
        assert_eq!(found.claims, r#"{"name":"Ada"}"#);
        assert_eq!(found.password_hash.as_deref(), Some("$argon2id$old"));
        assert_eq!((found.created_at, found.updated_at), (NOW, NOW));
        assert_eq!((found.email_verified_at, found.disabled_at, found.team), (None, None, None));
        assert_eq!(users::roles(&store.facts, "u1").await.unwrap(), ["individual"]);
    }
}

#[tokio::test]
async fn s29_an_account_keeps_the_language_that_its_owner_chose() {
    for store in stores().await {
        let german = users::NewUser { language: Some("de".to_owned()), ..new_user("u1", "u1@example.com") };
        let mut tx = store.facts.begin().await.unwrap();
        users::insert(&mut tx, &german, NOW).await.unwrap();
        tx.commit().await.unwrap();
        user(&store, "u2").await;
        let language = |id: &'static str| {
            let facts = &store.facts;
            async move { users::by_id(facts, id).await.unwrap().unwrap().language }
        };
        assert_eq!((language("u1").await.as_deref(), language("u2").await), (Some("de"), None));
        session(&store, &new_session("s1", "u1")).await;
        assert!(users::choose_language(&store.facts, "u1", "ar").await.unwrap());
        assert!(!users::choose_language(&store.facts, "u3", "ar").await.unwrap());
        assert_eq!((language("u1").await.as_deref(), language("u2").await), (Some("ar"), None));
        let mut tx = store.facts.begin().await.unwrap();
        users::begin_with_language(&mut tx, "u1", "es").await.unwrap();
        users::begin_with_language(&mut tx, "u2", "es").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(
            (language("u1").await.as_deref(), language("u2").await.as_deref()),
            (Some("ar"), Some("es"))
        );
        let live = sessions::live(&store.facts, "s1-hash", NOW, 60).await.unwrap().unwrap();
        assert_eq!(live.language.as_deref(), Some("ar"), "pages need no second query");
    }
}

#[tokio::test]
async fn an_unknown_subject_and_an_unknown_address_have_no_account_and_no_role() {
    for store in stores().await {
        user(&store, "u1").await;
        assert!(users::by_id(&store.facts, "u2").await.unwrap().is_none());
        assert!(users::by_email(&store.facts, "u1@example.org").await.unwrap().is_none());
        assert!(users::by_email(&store.facts, "%").await.unwrap().is_none(), "an address is no pattern");
        assert!(users::roles(&store.facts, "u2").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_account_without_a_name_has_no_name_claim() {
    for store in stores().await {
        let nameless = users::NewUser { name: String::new(), ..new_user("u1", "u1@example.com") };
        let mut tx = store.facts.begin().await.unwrap();
        users::insert(&mut tx, &nameless, NOW).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(users::by_id(&store.facts, "u1").await.unwrap().unwrap().claims, "{}");
    }
}

#[tokio::test]
async fn ui2_a_username_belongs_to_one_account_and_the_next_candidate_is_tried() {
    for store in stores().await {
        let named = |id: &str, names: &[&str]| users::NewUser {
            usernames: names.iter().map(|name| (*name).to_owned()).collect(),
            ..new_user(id, &format!("{id}@example.com"))
        };
        for (account, expected) in [
            (named("u1", &["ada"]), Some("ada")),
            (named("u2", &["ada", "ada-2"]), Some("ada-2")),
            (named("u3", &["ada", "ada-2"]), None),
        ] {
            let mut tx = store.facts.begin().await.unwrap();
            users::insert(&mut tx, &account, NOW).await.unwrap();
            tx.commit().await.unwrap();
            let found = users::by_id(&store.facts, &account.id).await.unwrap().unwrap();
            assert_eq!(found.username.as_deref(), expected, "{}", account.id);
        }
        let unnamed = users::unnamed(&store.facts, 9).await.unwrap();
        assert_eq!(unnamed.iter().map(|account| account.id.as_str()).collect::<Vec<_>>(), ["u3"]);
        assert!(users::name(&store.facts, "u3", "ada").await.unwrap_err().is_conflict());
        assert!(users::name(&store.facts, "u3", "ada-3").await.unwrap());
        assert!(!users::name(&store.facts, "u3", "other").await.unwrap(), "it has one");
        assert!(users::unnamed(&store.facts, 9).await.unwrap().is_empty());
        let mut tx = store.facts.begin().await.unwrap();
        assert!(users::rename(&mut tx, "u3", "countess", NOW).await.unwrap());
        assert!(!users::rename(&mut tx, "nobody", "nobody", NOW).await.unwrap());
        assert!(users::rename(&mut tx, "u2", "countess", NOW).await.unwrap_err().is_conflict());
    }
}

#[tokio::test]
async fn ui2_of_many_who_want_a_username_at_once_one_gets_it() {
    for store in stores().await {
        let made = store.race(|racer, store| async move {
            let account = users::NewUser {
                usernames: vec!["ada".to_owned(), format!("ada-{racer}")],
                ..new_user(&format!("u{racer}"), &format!("u{racer}@example.com"))
            };
            database::again!(async {
                let mut tx = store.facts.begin().await?;
                users::insert(&mut tx, &account, NOW).await?;
                tx.commit().await
            })
        });
        assert!(made.await.iter().all(Result::is_ok));
        assert_eq!(count(&store.facts, "SELECT COUNT(*) AS n FROM users WHERE username = 'ada'").await, 1);
        assert!(users::unnamed(&store.facts, 9).await.unwrap().is_empty(), "the others got their own");
    }
}

#[tokio::test]
async fn claims_are_replaced_only_as_they_were_read_and_an_address_is_verified_once() {
    for store in stores().await {
        user(&store, "u1").await;
        let before = users::by_id(&store.facts, "u1").await.unwrap().unwrap();
        let mut tx = store.facts.begin().await.unwrap();
        assert!(users::replace_claims(&mut tx, "u1", (&before.claims, "{}"), NOW + 1).await.unwrap());
        assert!(!users::replace_claims(&mut tx, "u1", (&before.claims, "{}"), NOW + 2).await.unwrap());
        assert!(!users::verify_email(&mut tx, "u1", "other@example.com", NOW + 3).await.unwrap());
        assert!(users::verify_email(&mut tx, "u1", &before.email, NOW + 3).await.unwrap());
        assert!(!users::verify_email(&mut tx, "u1", &before.email, NOW + 4).await.unwrap());
        tx.commit().await.unwrap();
        let after = users::by_id(&store.facts, "u1").await.unwrap().unwrap();
        assert_eq!((after.claims.as_str(), after.email_verified_at), ("{}", Some(NOW + 3)));
    }
}

#[tokio::test]
async fn an_address_that_is_taken_is_a_conflict_and_leaves_nothing() {
    for store in stores().await {
        user(&store, "u1").await;
        let mut tx = store.facts.begin().await.unwrap();
        let refused = users::insert(&mut tx, &new_user("u2", "U1@EXAMPLE.com"), NOW).await;
        assert!(refused.unwrap_err().is_conflict());
        drop(tx);
        assert!(users::by_id(&store.facts, "u2").await.unwrap().is_none());
        assert!(users::roles(&store.facts, "u2").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_subject_is_never_given_twice() {
    for store in stores().await {
        user(&store, "u1").await;
        let mut tx = store.facts.begin().await.unwrap();
        let refused = users::insert(&mut tx, &new_user("u1", "other@example.com"), NOW).await;
        assert!(refused.unwrap_err().is_conflict());
    }
}

#[tokio::test]
async fn an_account_whose_transaction_is_dropped_never_was() {
    for store in stores().await {
        let mut tx = store.facts.begin().await.unwrap();
        users::insert(&mut tx, &new_user("u1", "u1@example.com"), NOW).await.unwrap();
        assert!(users::by_id(&mut tx, "u1").await.unwrap().is_some(), "its own transaction sees it");
        drop(tx);
        assert!(users::by_id(&store.facts, "u1").await.unwrap().is_none());
        assert!(!store.has_users().await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o11_of_many_registrations_of_one_address_at_once_one_is_made() {
    for store in stores().await {
        let answers = store.race(|racer, store| async move {
            let mut tx = store.facts.begin().await.unwrap();
            let made = users::insert(&mut tx, &new_user(&format!("u{racer}"), "one@example.com"), NOW).await;
            match made {
                Ok(_) => tx.commit().await.map(|()| true).unwrap(),
                Err(error) => {
                    assert!(error.is_conflict(), "{error}");
                    false
                }
            }
        });
        assert_eq!(crate::harness::winners(&answers.await), 1);
        assert_eq!(count(&store.facts, "SELECT COUNT(*) AS n FROM users").await, 1);
        assert_eq!(count(&store.facts, "SELECT COUNT(*) AS n FROM user_roles").await, 1);
    }
}

#[tokio::test]
async fn w6_a_hash_is_replaced_only_while_it_is_the_one_that_was_checked() {
    for store in stores().await {
        user(&store, "u1").await;
        assert_eq!(users::rehash(&store.facts, "u1", "$argon2id$old", "new", NOW + 5).await.unwrap(), 1);
        assert_eq!(users::rehash(&store.facts, "u1", "$argon2id$old", "late", NOW + 6).await.unwrap(), 0);
        assert_eq!(users::rehash(&store.facts, "u2", "new", "late", NOW + 6).await.unwrap(), 0);
        let found = users::by_id(&store.facts, "u1").await.unwrap().unwrap();
        assert_eq!((found.password_hash.as_deref(), found.updated_at), (Some("new"), NOW + 5));
    }
}

#[tokio::test]
async fn an_account_is_disabled_once_and_keeps_the_time_it_was() {
    for store in stores().await {
        user(&store, "u1").await;
        assert_eq!(users::disable(&store.facts, "u1", NOW + 1).await.unwrap(), 1);
        assert_eq!(users::disable(&store.facts, "u1", NOW + 2).await.unwrap(), 0);
        assert_eq!(users::disable(&store.facts, "u2", NOW).await.unwrap(), 0);
        let found = users::by_email(&store.facts, "u1@example.com").await.unwrap().unwrap();
        assert_eq!(found.disabled_at, Some(NOW + 1));
    }
}

#[tokio::test]
async fn e7_an_account_shows_neither_its_address_nor_its_hash_in_a_log() {
    for store in stores().await {
        user(&store, "u1").await;
        let found = users::by_id(&store.facts, "u1").await.unwrap().unwrap();
        for shown in [format!("{found:?}"), format!("{:?}", new_user("u1", "u1@example.com"))] {
            assert!(!shown.contains("example.com") && !shown.contains("argon2id"), "{shown}");
        }
    }
}

#[tokio::test]
async fn mf8_an_account_is_held_while_it_is_active_and_has_a_password() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        let hold = async |id: &str| {
            let mut tx = store.facts.begin().await.unwrap();
            let held = users::hold_with_password(&mut tx, id, HASH).await.unwrap();
            tx.commit().await.unwrap();
            held
        };
        assert!(hold("u1").await && hold("u2").await);
        assert!(!hold("u3").await, "nobody's");
        let mut tx = store.facts.begin().await.unwrap();
        assert!(
            !users::hold_with_password(&mut tx, "u1", "another hash").await.unwrap(),
            "W5: changed meanwhile"
        );
        drop(tx);
        users::disable(&store.facts, "u1", NOW + 1).await.unwrap();
        let mut tx = store.facts.begin().await.unwrap();
        users::remove_password(&mut tx, "u2", NOW + 1).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!hold("u1").await && !hold("u2").await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mf8_an_account_that_is_held_is_disabled_after_the_transaction_that_holds_it() {
    for store in stores().await {
        user(&store, "u1").await;
        let replica = store.replica().await.facts;
        let mut tx = store.facts.begin().await.unwrap();
        assert!(users::hold_with_password(&mut tx, "u1", HASH).await.unwrap());
        let mut disabling =
            tokio::spawn(async move { users::disable(&replica, "u1", NOW + 1).await.unwrap() });
        assert!(tokio::time::timeout(Duration::from_millis(200), &mut disabling).await.is_err(), "it waits");
        tx.commit().await.unwrap();
        assert_eq!(disabling.await.unwrap(), 1);
    }
}

#[tokio::test]
async fn w5_of_many_changes_of_one_password_one_counts() {
    for store in stores().await {
        user(&store, "u1").await;
        let old = users::by_id(&store.facts, "u1").await.unwrap().unwrap().password_hash;
        let changed = store
            .race(move |n, store| {
                let old = old.clone();
                async move {
                    let mut tx = store.facts.begin().await.unwrap();
                    let new = format!("new {n}");
                    let changed = users::replace_password(&mut tx, "u1", old.as_deref(), &new, NOW).await;
                    changed.is_ok_and(|changed| changed) && tx.commit().await.is_ok()
                }
            })
            .await;
        assert_eq!(changed.iter().filter(|changed| **changed).count(), 1);
        let mut tx = store.facts.begin().await.unwrap();
        assert!(!users::replace_password(&mut tx, "u1", None, "first", NOW).await.unwrap(), "it has one");
        assert!(users::remove_password(&mut tx, "u1", NOW).await.unwrap());
        assert!(users::replace_password(&mut tx, "u1", None, "first", NOW).await.unwrap());
        assert!(!users::replace_password(&mut tx, "nobody", None, "first", NOW).await.unwrap());
    }
}

#[tokio::test]
async fn acc11_an_account_is_deleted_when_its_time_has_come_unless_its_owner_came_back() {
    for store in stores().await {
        for id in ["u1", "u2", "u3"] {
            user(&store, id).await;
        }
        let change = async |change: &str, id: &str, at: i64| -> bool {
            let mut tx = store.facts.begin().await.unwrap();
            let done = match change {
                "plan" => deletions::plan(&mut tx, id, at, NOW).await,
                "forget" => deletions::forget(&mut tx, id).await,
                _ => deletions::hold(&mut tx, id, at).await,
            };
            tx.commit().await.unwrap();
            done.unwrap()
        };
        users::disable(&store.facts, "u3", NOW).await.unwrap();
        assert!(!change("plan", "u3", NOW + 9).await && !change("plan", "nobody", NOW + 9).await);
        assert!(change("plan", "u1", NOW + 9).await && change("plan", "u2", NOW + 9).await);
        assert!(change("plan", "u1", NOW + 99).await, "asking again puts nothing off");
        assert!(deletions::due(&store.facts, NOW + 8, 9).await.unwrap().is_empty());
        assert_eq!(deletions::due(&store.facts, NOW + 9, 9).await.unwrap().len(), 2);
        assert_eq!(deletions::due(&store.facts, NOW + 9, 1).await.unwrap().len(), 1);
        assert!(change("forget", "u2", 0).await && !change("forget", "u2", 0).await);
        assert!(!change("hold", "u1", NOW + 8).await && change("hold", "u1", NOW + 9).await);
        assert!(!change("hold", "u2", NOW + 9).await, "whoever came back stays");
    }
}
