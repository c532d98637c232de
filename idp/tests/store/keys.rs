//! Signing keys.

use idp::store::keys;

use crate::harness::{NOW, stores, winners};

#[tokio::test]
async fn the_first_key_of_an_algorithm_is_its_active_one_and_a_second_is_not_taken() {
    for store in stores().await {
        let db = &store.facts;
        assert!(keys::published(db).await.unwrap().is_empty());
        for (kid, algorithm, taken) in
            [("k1", "ES256", true), ("k2", "ES256", false), ("k1", "RS256", false), ("k3", "RS256", true)]
        {
            let made = keys::activate_first(db, kid, algorithm, "sealed", NOW).await.unwrap();
            assert_eq!(made, taken, "{kid} {algorithm}");
        }
        let published = keys::published(db).await.unwrap();
        let kids: Vec<&str> = published.iter().map(|key| key.kid.as_str()).collect();
        assert_eq!(kids, ["k1", "k3"]);
        assert!(published.iter().all(|key| key.state == "active" && key.private_key == "sealed"));
    }
}

#[tokio::test]
async fn keys_are_published_in_the_order_they_were_made() {
    for store in stores().await {
        for (kid, algorithm, made_at) in
            [("a", "RS256", NOW + 2), ("c", "ES256", NOW + 1), ("b", "EdDSA", NOW + 1)]
        {
            assert!(keys::activate_first(&store.facts, kid, algorithm, "sealed", made_at).await.unwrap());
        }
        let published = keys::published(&store.facts).await.unwrap();
        assert_eq!(published.iter().map(|key| key.kid.as_str()).collect::<Vec<_>>(), ["b", "c", "a"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o9_replicas_that_start_at_once_agree_on_one_key() {
    for store in stores().await {
        let answers = store.race(|racer, store| async move {
            keys::activate_first(&store.facts, &format!("k{racer}"), "ES256", "sealed", NOW).await.unwrap()
        });
        let answers = answers.await;
        assert_eq!(winners(&answers), 1);
        let published = keys::published(&store.facts).await.unwrap();
        assert_eq!(published.len(), 1);
        let winner = answers.iter().position(|won| *won).unwrap();
        assert_eq!(published[0].kid, format!("k{winner}"));
    }
}
