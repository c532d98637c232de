//! Sessions: their rotation, and that their end is final.

use std::time::Duration;

use idp::store::{
    Store,
    sessions::{self, Session},
};

use crate::{
    harness::{NOW, stores, winners},
    sessions::{live, signed_in},
};

/// The session under a new id, proved again at `now`.
fn renewed(old: &Session, id_hash: &str, now: i64) -> Session {
    Session {
        id_hash: id_hash.to_owned(),
        auth_time: now,
        amr: r#"["otp","pwd"]"#.to_owned(),
        last_seen_at: now,
        expires_at: now + 7200,
        ..old.clone()
    }
}

async fn rotate(store: &Store, old_hash: &str, renewed: &Session) -> bool {
    let mut tx = store.facts.begin().await.unwrap();
    let rotated = sessions::rotate(&mut tx, old_hash, renewed).await.unwrap();
    tx.commit().await.unwrap();
    rotated
}

#[tokio::test]
async fn p6_a_rotated_session_lives_under_its_new_id_only() {
    for store in stores().await {
        let old = signed_in(&store).await;
        assert!(rotate(&store, "s1-hash", &renewed(&old, "new", NOW + 5)).await);
        assert!(live(&store, "s1-hash", NOW + 5).await.is_none());
        let found = live(&store, "new", NOW + 5).await.unwrap();
        assert_eq!((found.sid.as_str(), found.auth_time, found.expires_at), ("s1", NOW + 5, NOW + 7205));
        assert_eq!(found.amr, r#"["otp","pwd"]"#);
        assert!(!rotate(&store, "s1-hash", &renewed(&old, "newer", NOW + 6)).await, "the old id is dead");
        assert!(!rotate(&store, "unknown", &renewed(&old, "newer", NOW + 6)).await);
    }
}

#[tokio::test]
async fn p6_a_session_that_ended_is_not_brought_back_by_rotation() {
    for store in stores().await {
        let old = signed_in(&store).await;
        assert!(sessions::end(&store.facts, "s1", NOW + 1).await.unwrap().is_some());
        assert!(!rotate(&store, "s1-hash", &renewed(&old, "new", NOW + 5)).await);
        assert!(live(&store, "new", NOW + 5).await.is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p6_of_many_rotations_at_once_one_wins() {
    for store in stores().await {
        let old = signed_in(&store).await;
        let answers = store.race(|racer, store| {
            let renewed = renewed(&old, &format!("new-{racer}"), NOW + 1);
            async move { rotate(&store, "s1-hash", &renewed).await }
        });
        let answers = answers.await;
        assert_eq!(winners(&answers), 1);
        for (racer, won) in answers.into_iter().enumerate() {
            assert_eq!(live(&store, &format!("new-{racer}"), NOW + 2).await.is_some(), won);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p6_a_sign_out_amid_rotations_is_final() {
    for store in stores().await {
        let old = signed_in(&store).await;
        let answers = store.race(|racer, store| {
            let renewed = renewed(&old, &format!("new-{racer}"), NOW + 1);
            async move {
                if racer == 7 {
                    sessions::end(&store.facts, "s1", NOW + 1).await.unwrap().is_some()
                } else {
                    rotate(&store, "s1-hash", &renewed).await
                }
            }
        });
        let answers = answers.await;
        assert!(answers[7], "the session is ended, under whatever id");
        for racer in 0..answers.len() {
            assert!(live(&store, &format!("new-{racer}"), NOW + 1).await.is_none());
        }
    }
}

#[tokio::test]
async fn a15_a_second_proof_goes_on_in_the_session_whatever_id_it_has_by_then() {
    for store in stores().await {
        let old = signed_in(&store).await;
        let again = async |renewed: &Session| {
            let mut tx = store.facts.begin().await.unwrap();
            let rotated = sessions::rotate_again(&mut tx, renewed).await.unwrap();
            tx.commit().await.unwrap();
            rotated
        };
        assert!(rotate(&store, "s1-hash", &renewed(&old, "new", NOW + 5)).await);
        assert_eq!(again(&renewed(&old, "newer", NOW + 6)).await.as_deref(), Some("new"));
        assert!(live(&store, "new", NOW + 6).await.is_none());
        assert_eq!(live(&store, "newer", NOW + 6).await.unwrap().sid, "s1");
        let another = Session { user_id: "u2".to_owned(), ..old.clone() };
        assert_eq!(again(&renewed(&another, "newest", NOW + 7)).await, None, "another person's");
        sessions::end(&store.facts, "s1", NOW + 7).await.unwrap();
        assert_eq!(again(&renewed(&old, "newest", NOW + 8)).await, None, "it has ended");
    }
}

#[tokio::test]
async fn t14_only_a_live_session_can_be_held() {
    for store in stores().await {
        signed_in(&store).await;
        let hold = async |sid: &str, now: i64| {
            let mut tx = store.facts.begin().await.unwrap();
            let held = sessions::keep_alive(&mut tx, sid, now).await.unwrap();
            tx.commit().await.unwrap();
            held
        };
        assert!(hold("s1", NOW + 1).await);
        assert!(!hold("s2", NOW + 1).await);
        assert!(!hold("s1", NOW + 3600).await, "its time is up");
        sessions::end(&store.facts, "s1", NOW + 2).await.unwrap();
        assert!(!hold("s1", NOW + 3).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t14_a_session_that_is_held_ends_after_the_transaction_that_holds_it() {
    for store in stores().await {
        signed_in(&store).await;
        let replica = store.replica().await.facts;
        let mut tx = store.facts.begin().await.unwrap();
        assert!(sessions::keep_alive(&mut tx, "s1", NOW + 1).await.unwrap());
        let mut ending =
            tokio::spawn(async move { sessions::end(&replica, "s1", NOW + 1).await.unwrap().is_some() });
        assert!(tokio::time::timeout(Duration::from_millis(200), &mut ending).await.is_err(), "it waits");
        tx.commit().await.unwrap();
        assert!(ending.await.unwrap());
        assert!(live(&store, "s1-hash", NOW + 1).await.is_none());
    }
}
