//! Signing keys that follow each other while everything goes on (KEY-1, K13).

use std::collections::BTreeSet;

use clock::Clock;
use database::{record, sql};
use end_to_end::{
    RelyingParty, System,
    relying_party::{claims, header},
};
use idp::{
    flow::signing_keys::{self, Revocation, Rotated},
    realm::{ALGORITHMS, Realm},
};
use protocol::jose::{
    Algorithm,
    rotation::{KeyState, NotNow},
};
use serde_json::Value;

use crate::support::{FULL, customer};

const HOUR: i64 = 3600;

async fn kids(client: &RelyingParty) -> BTreeSet<String> {
    let jwks: Value = client.http.get(client.endpoint("jwks")).send().await.unwrap().json().await.unwrap();
    jwks["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

fn kid(token: &str) -> String {
    header(token)["kid"].as_str().unwrap().to_owned()
}

async fn rotate_both(system: &System, realm: &str) {
    for algorithm in ALGORITHMS {
        signing_keys::rotate_now(system.realm(realm), algorithm, system.realm(realm).now())
            .await
            .unwrap()
            .unwrap();
    }
}

#[tokio::test]
async fn key1_k13_tokens_stay_valid_over_three_rotations_and_each_new_key_was_published_before() {
    let (system, browser, client) = customer().await;
    let realm = system.realm("customer");
    signing_keys::maintain(realm).await.unwrap();
    for round in 0..3 {
        let before = client.tokens(&browser, FULL).await;
        let published = kids(&client).await;
        assert!(published.len() >= 4, "two that sign and two that follow: {published:?}");
        system.clock.advance(HOUR);
        let valid = client.tokens(&browser, FULL).await;
        rotate_both(&system, "customer").await;
        let after = client.tokens(&browser, FULL).await;
        for (old, new) in
            [(before.id_token(), after.id_token()), (valid.access_token(), after.access_token())]
        {
            assert_ne!(kid(old), kid(new), "round {round}");
            assert!(published.contains(&kid(new)), "caches knew it");
        }
        let now = kids(&client).await;
        assert!(published.is_subset(&now) && now.len() == published.len() + 2, "{now:?}");
        assert_eq!(client.userinfo(valid.access_token()).await.status, 200, "what it signed stays valid");
        assert_eq!(client.userinfo(after.access_token()).await.status, 200);
        let hint = [("prompt", "none"), ("id_token_hint", before.id_token())];
        let page = browser.visit(client.authorize(&hint).url.as_str()).await;
        assert!(page.callback_param("code").is_some(), "{}", page.summary());
        client.refresh(after.refresh_token()).await.ok();
    }
}

#[tokio::test]
async fn k13_a_rotation_is_refused_while_caches_may_not_know_the_next_key() {
    let (system, _browser, client) = customer().await;
    let realm = system.realm("customer");
    signing_keys::maintain(realm).await.unwrap();
    let before = kids(&client).await;
    system.clock.advance(HOUR - 10);
    let refused = signing_keys::rotate_now(realm, Algorithm::ES256, realm.now()).await.unwrap();
    assert!(matches!(refused, Err(NotNow::TooFresh(1..=10))), "{refused:?}");
    assert_eq!(kids(&client).await, before);
}

#[tokio::test]
async fn k13_keys_rotate_by_age_and_retired_ones_go_when_nothing_they_signed_is_alive() {
    let (system, browser, client) = customer().await;
    let realm = system.realm("customer");
    signing_keys::maintain(realm).await.unwrap();
    let old = kid(client.tokens(&browser, FULL).await.access_token());
    system.clock.advance(90 * 24 * HOUR);
    signing_keys::maintain(realm).await.unwrap();
    let answer = client.token(&[("grant_type", "client_credentials")]).await.ok();
    assert_ne!(kid(answer.access_token()), old);
    assert!(kids(&client).await.contains(&old));
    system.clock.advance(31 * 24 * HOUR);
    signing_keys::maintain(realm).await.unwrap();
    assert!(!kids(&client).await.contains(&old));
}

#[tokio::test]
async fn k13_a_revoked_key_signs_nothing_and_verifies_nothing_any_more() {
    let (system, browser, client) = customer().await;
    let realm = system.realm("customer");
    signing_keys::maintain(realm).await.unwrap();
    let tokens = client.tokens(&browser, FULL).await;
    let stolen = kid(tokens.access_token());
    for came_of_it in [Revocation::Done, Revocation::DoneBefore] {
        assert_eq!(signing_keys::revoke(realm, &stolen).await.unwrap(), came_of_it);
    }
    assert_eq!(signing_keys::revoke(realm, "no such key").await.unwrap(), Revocation::Unknown);
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
    let published = kids(&client).await;
    assert!(!published.contains(&stolen) && published.len() == 4, "{published:?}");
    let fresh = client.refresh(tokens.refresh_token()).await.ok();
    assert_ne!(kid(fresh.access_token()), stolen);
    assert_eq!(client.userinfo(fresh.access_token()).await.status, 200);
}

record! { struct Event { detail: String } }

/// Which key followed which one, by the audit trail.
async fn rotations(realm: &Realm) -> BTreeSet<(String, String)> {
    let events = sql("SELECT detail FROM audit_events WHERE kind = 'signing_key.rotated'");
    let events: Vec<Event> = events.all(&realm.store.facts).await.unwrap();
    let count = events.len();
    let split = |event: Event| {
        let (new, old) = event.detail.split_once(" follows ").unwrap();
        (new.to_owned(), old.to_owned())
    };
    let rotations: BTreeSet<_> = events.into_iter().map(split).collect();
    assert_eq!(rotations.len(), count, "each was done once: {rotations:?}");
    rotations
}

/// The one key of an algorithm that is in that state.
fn the_one(realm: &Realm, algorithm: Algorithm, state: KeyState) -> String {
    let stands = realm.keys.now();
    let mut found = stands.facts.iter().filter(|key| key.algorithm == algorithm && key.state == state);
    let (first, more) = (found.next(), found.next());
    assert!(first.is_some() && more.is_none(), "one {algorithm:?} key is {state:?}: {:?}", stands.facts);
    first.unwrap().kid.clone()
}

#[test]
fn key1_of_fifty_rotations_on_two_replicas_one_counts_for_each_algorithm() {
    // whoever finds that a next RSA key is missing makes one: a few at a time leave the others something of the machine
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).max_blocking_threads(2).enable_all().build().unwrap();
    runtime.block_on(one_of_fifty_counts());
}

async fn one_of_fifty_counts() {
    let (mut system, browser, client) = customer().await;
    signing_keys::maintain(system.realm("customer")).await.unwrap();
    system.clock.advance(HOUR);
    let before = kids(&client).await;
    let replicas = [system.realm("customer").clone(), system.replica("customer").await];
    let stood = ALGORITHMS.map(|algorithm| {
        [KeyState::Active, KeyState::Next].map(|state| the_one(&replicas[0], algorithm, state))
    });
    let mut tasks = tokio::task::JoinSet::new();
    // each algorithm at each replica
    let pairs: Vec<_> =
        replicas.iter().flat_map(|realm| ALGORITHMS.map(|algorithm| (realm.clone(), algorithm))).collect();
    for (realm, algorithm) in pairs.into_iter().cycle().take(50) {
        let wished_at = realm.now();
        tasks.spawn(async move { signing_keys::rotate_now(&realm, algorithm, wished_at).await.unwrap() });
    }
    let (mut done, mut reported) = (Vec::new(), BTreeSet::new());
    while let Some(answer) = tasks.join_next().await {
        // everybody's wish is fulfilled, and one for each algorithm says that it was its own doing
        match answer.unwrap().unwrap() {
            Rotated::Here(rotation) => done.push((rotation.to, rotation.from)),
            Rotated::Meanwhile(rotation) => drop(reported.insert((rotation.to, rotation.from))),
        }
    }
    assert_eq!(done.len(), ALGORITHMS.len(), "{done:?}");
    assert_eq!(reported, BTreeSet::from_iter(done));
    let mut expected = BTreeSet::new();
    for (algorithm, [old, new]) in ALGORITHMS.into_iter().zip(stood) {
        for replica in &replicas {
            signing_keys::maintain(replica).await.unwrap();
            assert_eq!(the_one(replica, algorithm, KeyState::Active), new);
            assert_eq!(the_one(replica, algorithm, KeyState::Retired), old);
            assert!(!before.contains(&the_one(replica, algorithm, KeyState::Next)), "{algorithm:?}");
        }
        expected.insert((new, old));
    }
    assert_eq!(rotations(&replicas[0]).await, expected);
    let now = kids(&client).await;
    assert!(before.is_subset(&now) && now.len() == before.len() + ALGORITHMS.len(), "{now:?}");
    system.restart().await;
    let tokens = client.tokens(&browser, FULL).await;
    assert!(claims(tokens.access_token())["exp"].as_i64().unwrap() > system.clock.now());
}
