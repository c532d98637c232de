//! What an account allowed a client.

use idp::store::consents;

use crate::harness::{NOW, RACERS, count, stores, user};

#[tokio::test]
async fn auth6_an_allowance_is_remembered_for_that_account_and_client() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        consents::remember(&store.facts, "u1", "app", "openid", NOW).await.unwrap();
        for (owner, client, allowed) in
            [("u1", "app", Some("openid")), ("u1", "other", None), ("u2", "app", None), ("", "", None)]
        {
            let found = consents::allowed(&store.facts, owner, client).await.unwrap();
            assert_eq!(found.as_deref(), allowed, "{owner} {client}");
        }
    }
}

#[tokio::test]
async fn auth6_a_later_allowance_takes_the_place_of_the_earlier_one() {
    for store in stores().await {
        user(&store, "u1").await;
        for scope in ["openid", "email openid", ""] {
            consents::remember(&store.facts, "u1", "app", scope, NOW).await.unwrap();
            assert_eq!(consents::allowed(&store.facts, "u1", "app").await.unwrap().as_deref(), Some(scope));
        }
    }
}

#[tokio::test]
async fn auth6_nobody_without_an_account_allows_anything() {
    for store in stores().await {
        assert!(consents::remember(&store.facts, "nobody", "app", "openid", NOW).await.is_err());
        assert_eq!(consents::allowed(&store.facts, "nobody", "app").await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o11_allowances_given_at_once_are_one_row() {
    for store in stores().await {
        user(&store, "u1").await;
        let answers = store.race(|_, store| async move {
            consents::remember(&store.facts, "u1", "app", "openid", NOW).await.is_ok()
        });
        assert!(answers.await.into_iter().all(|done| done));
        assert_eq!(count(&store.facts, "SELECT COUNT(*) AS n FROM consents").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn auth6_two_tabs_that_consent_at_once_both_count() {
    for store in stores().await {
        user(&store, "u1").await;
        store
            .race(|n, store| async move {
                let scope = format!("scope-{n:02}");
                let mut tx = store.facts.begin().await.unwrap();
                let before = consents::hold(&mut tx, "u1", "app", &scope, NOW).await.unwrap();
                let both = format!("{before} {scope}");
                consents::remember(&mut tx, "u1", "app", &both, NOW).await.unwrap();
                tx.commit().await.unwrap();
            })
            .await;
        let allowed = consents::allowed(&store.facts, "u1", "app").await.unwrap().unwrap();
        let distinct: std::collections::BTreeSet<&str> = allowed.split(' ').collect();
        assert_eq!(distinct.len(), RACERS, "{allowed}");
    }
}
