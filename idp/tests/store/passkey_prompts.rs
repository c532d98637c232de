//! When passkeys were offered (S12).

use idp::store::{passkey_prompts::claim, sessions};

use crate::harness::{NOW, RACERS, stores, user, winners};

#[tokio::test]
async fn s12_an_offer_is_made_once_in_a_while_in_each_browser() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        let mut tx = store.facts.begin().await.unwrap();
        for (user, browser) in [("u1", "b1"), ("u1", "b2"), ("u2", "b1")] {
            sessions::remember_browser(&mut tx, user, browser, NOW).await.unwrap();
        }
        tx.commit().await.unwrap();
        let due = async |user: &str, browser: &str, now: i64| {
            claim(&store.facts, user, browser, now, now - 100).await
        };
        assert!(due("u1", "b1", NOW).await.unwrap());
        assert!(!due("u1", "b1", NOW).await.unwrap() && !due("u1", "b1", NOW + 99).await.unwrap());
        assert!(due("u1", "b2", NOW).await.unwrap() && due("u2", "b1", NOW).await.unwrap());
        assert!(!due("u1", "unknown", NOW).await.unwrap());
        assert!(due("u1", "b1", NOW + 100).await.unwrap());
        assert!(due("u1", "b1", NOW + 50).await.unwrap(), "q4 a time ahead of the clock is not believed");
    }
}

#[tokio::test]
async fn s12_of_many_tabs_one_shows_the_offer() {
    for store in stores().await {
        user(&store, "u1").await;
        let mut tx = store.facts.begin().await.unwrap();
        sessions::remember_browser(&mut tx, "u1", "b1", NOW).await.unwrap();
        tx.commit().await.unwrap();
        let answers = store
            .race(|_, store| async move { claim(&store.facts, "u1", "b1", NOW, NOW - 100).await.unwrap() })
            .await;
        assert_eq!((answers.len(), winners(&answers)), (RACERS, 1));
    }
}
