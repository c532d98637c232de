//! The key-encryption key changes while everything that lies sealed goes on (P10, K12).

use std::sync::Arc;

use clock::{
    ManualClock, SharedClock,
    random::{OsRandom, SharedRandom},
};
use idp::{
    flow::reseal,
    realm::{Realm, RealmConfig, config},
    store::{factors, keys},
};
use protocol::jose::{Algorithm, rotation::KeyState};
use settings::Document;

use crate::harness::{NOW, Scratch, stores, user};

const OLD: &str = "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq";
const NEW: &str = "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJm";

/// The shipped customer realm on that store with these key-encryption keys.
async fn open(store: &Scratch, current: &str, previous: Option<&str>) -> anyhow::Result<Arc<Realm>> {
    let parse = |name, text| Document::parse(name, text).unwrap();
    let file = parse("customer.toml", config::CUSTOMER);
    let mut document = parse("default.toml", config::DEFAULTS).overlaid_by(file);
    for (key, value) in [
        ("issuer", "http://localhost:7001"),
        ("database", "sqlite:unused"),
        ("secrets.key_encryption_key", current),
        ("secrets.pepper", "Zt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJmRw"),
        ("clients.0.secret", "Hq4sLk8nHe5oO4cQ1yAqX9Yp0dJmT6wq2Z"),
        ("clients.2.secret", "Hq4sLk8nHe5oO4cQ1yAqX9Yp0dJmT6wq2Z"),
    ] {
        document.set(key, value);
    }
    if let Some(previous) = previous {
        document.set("secrets.previous_key_encryption_key", previous);
    }
    let mut config = RealmConfig::read(&document).unwrap();
    config.database = store.url();
    let (clock, random): (SharedClock, SharedRandom) = (Arc::new(ManualClock::new(NOW)), Arc::new(OsRandom));
    Realm::open(config, clock, random).await
}

async fn enrolled(realm: &Realm, id: &str, seed: &str) {
    let mut tx = realm.store.facts.begin().await.unwrap();
    factors::confirm_totp(&mut tx, id, seed, 100, NOW).await.unwrap();
    tx.commit().await.unwrap();
}

/// A realm under the old key with a signing key and the seeds of two accounts.
async fn begun(store: &Scratch) -> Arc<Realm> {
    let realm = open(store, OLD, None).await.unwrap();
    realm.keys.make(Algorithm::ES256, KeyState::Active).await.unwrap();
    for id in ["u1", "u2"] {
        user(store, id).await;
        let seed = idp::authn::totp::Seed::generate(realm.random());
        enrolled(&realm, id, &idp::flow::seed::seal(&realm, &seed).unwrap()).await;
    }
    realm
}

async fn seed(realm: &Realm, id: &str) -> Option<Vec<u8>> {
    let stored = factors::totp(&realm.store.facts, id).await.unwrap().unwrap();
    idp::flow::seed::open(realm, &stored.seed).ok().map(|seed| seed.expose_bytes().to_vec())
}

#[tokio::test]
async fn p10_k12_with_both_keys_everything_opens_and_after_resealing_with_the_new_one_alone() {
    for store in stores().await {
        let old = begun(&store).await;
        let seeds = [seed(&old, "u1").await, seed(&old, "u2").await];
        let reported = format!("{:#}", open(&store, NEW, None).await.unwrap_err());
        let kid = keys::published(&store.facts).await.unwrap().remove(0).kid;
        let why = format!("realm `customer`: no key-encryption key that was given opens signing key {kid}: ");
        assert!(
            reported.starts_with(&why) && reported.contains("previous_key_encryption_key_file"),
            "{reported}"
        );

        let both = open(&store, NEW, Some(OLD)).await.unwrap();
        assert_eq!([seed(&both, "u1").await, seed(&both, "u2").await], seeds);
        let done = reseal::reseal(&both).await.unwrap();
        assert_eq!(done, reseal::Resealed { keys: 1, seeds: 2, lost: Vec::new() });
        assert_eq!(reseal::reseal(&both).await.unwrap(), reseal::Resealed::default(), "nothing is left");

        let new = open(&store, NEW, None).await.unwrap();
        assert_eq!([seed(&new, "u1").await, seed(&new, "u2").await], seeds);
        assert!(seeds[0].is_some() && new.keys.now().jwks.windows(kid.len()).any(|at| at == kid.as_bytes()));
        let step = factors::totp(&store.facts, "u1").await.unwrap().unwrap().last_step;
        assert_eq!(step, 100, "a used code stays used");
        assert!(open(&store, OLD, None).await.is_err());
    }
}

#[tokio::test]
async fn k12_a_seed_that_no_key_opens_is_told_and_holds_up_no_other() {
    for store in stores().await {
        begun(&store).await;
        let both = open(&store, NEW, Some(OLD)).await.unwrap();
        enrolled(&both, "u1", "nobody knows").await;
        let done = reseal::reseal(&both).await.unwrap();
        assert_eq!(done, reseal::Resealed { keys: 1, seeds: 1, lost: vec!["u1".to_owned()] });
    }
}

#[tokio::test]
async fn k12_a_seed_is_replaced_only_while_it_is_what_was_read_and_all_are_found() {
    for store in stores().await {
        let realm = begun(&store).await;
        let facts = &realm.store.facts;
        let first = factors::seeds_after(facts, "", 1).await.unwrap().remove(0);
        assert_eq!(first.user_id, "u1");
        assert_eq!(factors::seeds_after(facts, "u1", 9).await.unwrap().remove(0).user_id, "u2");
        assert!(factors::seeds_after(facts, "u2", 9).await.unwrap().is_empty());
        enrolled(&realm, "u1", "a new phone").await;
        assert!(!factors::reseal(facts, "u1", &first.seed, "sealed anew").await.unwrap());
        assert_eq!(factors::totp(facts, "u1").await.unwrap().unwrap().seed, "a new phone");
    }
}
