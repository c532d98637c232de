//! Signing keys.

use database::Result;
use idp::store::{
    Store,
    keys::{self, NewKey},
};
use protocol::jose::rotation::{KeyState, Rotation};

use crate::harness::{NOW, Scratch, stores, winners};

async fn add(store: &Store, kid: &str, algorithm: &str, state: KeyState, now: i64) -> bool {
    keys::add(&store.facts, &NewKey { kid, algorithm, state, sealed: "sealed" }, now).await.unwrap()
}

async fn states(store: &Store) -> Vec<(String, String, i64)> {
    let published = keys::published(&store.facts).await.unwrap();
    published.into_iter().map(|key| (key.kid, key.state, key.since)).collect()
}

fn key(kid: &str, state: &str, since: i64) -> (String, String, i64) {
    (kid.to_owned(), state.to_owned(), since)
}

fn rotation(from: &str, to: &str) -> Rotation {
    Rotation { from: from.to_owned(), to: to.to_owned() }
}

async fn rotate(store: &Store, rotation: &Rotation, now: i64) -> Result<bool> {
    let mut tx = store.facts.begin().await?;
    let rotated = keys::rotate(&mut tx, rotation, now).await?;
    if rotated {
        tx.commit().await?;
    }
    Ok(rotated)
}

async fn revoke(store: &Store, kid: &str, now: i64) -> bool {
    let mut tx = store.facts.begin().await.unwrap();
    let revoked = keys::revoke(&mut tx, kid, now).await.unwrap();
    tx.commit().await.unwrap();
    revoked
}

/// An active ES256 key `a` and its successor `n`.
async fn pair(store: &Scratch) {
    assert!(add(store, "a", "ES256", KeyState::Active, NOW).await);
    assert!(add(store, "n", "ES256", KeyState::Next, NOW + 1).await);
}

#[tokio::test]
async fn an_algorithm_has_one_active_key_and_one_next() {
    for store in stores().await {
        assert!(keys::published(&store.facts).await.unwrap().is_empty());
        pair(&store).await;
        for state in [KeyState::Active, KeyState::Next] {
            assert!(!add(&store, "other", "ES256", state, NOW).await, "{state:?}");
            assert!(!add(&store, "a", "RS256", state, NOW).await, "a kid is one key's");
        }
        assert!(add(&store, "r", "RS256", KeyState::Active, NOW + 2).await);
        let expected = [key("a", "active", NOW), key("n", "next", NOW + 1), key("r", "active", NOW + 2)];
        assert_eq!(states(&store).await, expected);
    }
}

#[tokio::test]
async fn keys_are_published_in_the_order_they_were_made() {
    for store in stores().await {
        for (kid, algorithm, made_at) in
            [("a", "RS256", NOW + 2), ("c", "ES256", NOW + 1), ("b", "EdDSA", NOW + 1)]
        {
            assert!(add(&store, kid, algorithm, KeyState::Active, made_at).await);
        }
        let published = keys::published(&store.facts).await.unwrap();
        assert_eq!(published.iter().map(|key| key.kid.as_str()).collect::<Vec<_>>(), ["b", "c", "a"]);
    }
}

#[tokio::test]
async fn k13_a_rotation_moves_both_keys_or_none() {
    for store in stores().await {
        pair(&store).await;
        for wrong in [rotation("n", "a"), rotation("a", "x"), rotation("x", "n"), rotation("a", "a")] {
            assert!(!rotate(&store, &wrong, NOW + 9).await.unwrap(), "{wrong:?}");
        }
        assert_eq!(states(&store).await, [key("a", "active", NOW), key("n", "next", NOW + 1)]);
        assert!(rotate(&store, &rotation("a", "n"), NOW + 9).await.unwrap());
        assert_eq!(states(&store).await, [key("a", "retired", NOW + 9), key("n", "active", NOW + 9)]);
        assert!(!rotate(&store, &rotation("a", "n"), NOW + 10).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k13_of_rotations_at_the_same_time_one_counts() {
    for store in stores().await {
        pair(&store).await;
        let answers =
            store.race(|_, store| async move { rotate(&store, &rotation("a", "n"), NOW + 9).await.unwrap() });
        assert_eq!(winners(&answers.await), 1);
        assert_eq!(states(&store).await, [key("a", "retired", NOW + 9), key("n", "active", NOW + 9)]);
    }
}

#[tokio::test]
async fn k13_only_a_retired_key_is_forgotten() {
    for store in stores().await {
        pair(&store).await;
        for kid in ["a", "n", "x"] {
            assert!(!keys::forget(&store.facts, kid).await.unwrap(), "{kid}");
        }
        assert!(rotate(&store, &rotation("a", "n"), NOW).await.unwrap());
        assert!(keys::forget(&store.facts, "a").await.unwrap());
        assert!(!keys::forget(&store.facts, "a").await.unwrap());
        assert_eq!(states(&store).await, [key("n", "active", NOW)]);
    }
}

#[tokio::test]
async fn k13_a_revoked_key_is_gone_at_once_and_its_successor_signs() {
    for store in stores().await {
        pair(&store).await;
        add(&store, "r", "RS256", KeyState::Next, NOW + 2).await;
        assert!(revoke(&store, "a", NOW + 9).await);
        assert_eq!(states(&store).await, [key("n", "active", NOW + 9), key("r", "next", NOW + 2)]);
        assert!(!revoke(&store, "a", NOW + 9).await);
        assert!(revoke(&store, "r", NOW + 9).await);
        assert!(revoke(&store, "n", NOW + 9).await);
        assert!(states(&store).await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o9_replicas_that_start_at_once_agree_on_one_key() {
    for store in stores().await {
        for state in [KeyState::Active, KeyState::Next] {
            let answers = store.race(|racer, store| async move {
                add(&store, &format!("{state:?}{racer}"), "ES256", state, NOW).await
            });
            let answers = answers.await;
            assert_eq!(winners(&answers), 1);
            let winner = answers.iter().position(|won| *won).unwrap();
            let published = states(&store).await;
            assert!(published.contains(&key(&format!("{state:?}{winner}"), state.as_str(), NOW)));
        }
        assert_eq!(states(&store).await.len(), 2);
    }
}

#[tokio::test]
async fn k12_a_sealed_key_is_replaced_only_while_it_is_what_was_read() {
    for store in stores().await {
        pair(&store).await;
        assert!(keys::reseal(&store.facts, "a", "sealed", "sealed anew").await.unwrap());
        assert!(!keys::reseal(&store.facts, "a", "sealed", "too late").await.unwrap());
        assert!(!keys::reseal(&store.facts, "nobody's", "sealed", "new").await.unwrap());
        let published = keys::published(&store.facts).await.unwrap();
        let sealed: Vec<&str> = published.iter().map(|key| key.private_key.as_str()).collect();
        assert_eq!(sealed, ["sealed anew", "sealed"]);
        assert_eq!(states(&store).await, [key("a", "active", NOW), key("n", "next", NOW + 1)]);
    }
}

#[tokio::test]
async fn q4_a_key_of_a_clock_ahead_is_dated_anew_and_no_other() {
    for store in stores().await {
        pair(&store).await;
        for (kid, latest, since) in [("a", NOW, NOW), ("a", NOW - 1, NOW - 61), ("unknown", 0, NOW - 61)] {
            keys::date(&store.facts, kid, NOW - 61, latest).await.unwrap();
            assert_eq!(states(&store).await, [key("a", "active", since), key("n", "next", NOW + 1)]);
        }
    }
}
