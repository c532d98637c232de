//! Upstream accounts, and people who were sent to an upstream.

use idp::store::{
    identities::{self, At, Identity},
    pending,
    pending_upstream::{self, Attempt},
};

use crate::harness::{NOW, RACERS, Scratch, stores, user};

fn at(subject: &str) -> At<'_> {
    At { upstream: "up", issuer: "https://up.example", subject }
}

fn identity(user_id: &str, subject: &str) -> Identity {
    Identity {
        id: format!("{user_id}-{subject}"),
        upstream: "up".to_owned(),
        issuer: "https://up.example".to_owned(),
        subject: subject.to_owned(),
        user_id: user_id.to_owned(),
        email: None,
        created_at: NOW,
        last_used_at: None,
    }
}

async fn add(store: &Scratch, new: &Identity) -> bool {
    let mut tx = store.facts.begin().await.unwrap();
    let added = identities::add(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    added
}

#[tokio::test]
async fn up3_an_upstream_account_belongs_to_one_account() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        assert!(add(&store, &identity("u1", "s1")).await);
        assert!(!add(&store, &identity("u2", "s1")).await);
        assert!(!add(&store, &Identity { id: "x".to_owned(), ..identity("u1", "s1") }).await);
        assert!(add(&store, &identity("u1", "s2")).await, "an account may have several");
        let owner = async |at| identities::owner(&store.facts, at).await.unwrap();
        assert_eq!(owner(at("s1")).await.as_deref(), Some("u1"));
        assert_eq!(owner(at("s3")).await, None);
        assert_eq!(owner(At { issuer: "https://other.example", ..at("s1") }).await, None);
        assert_eq!(owner(At { upstream: "other", ..at("s1") }).await, None);
        assert_eq!(identities::of_user(&store.facts, "u1").await.unwrap().len(), 2);
        assert!(identities::of_user(&store.facts, "u2").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn up3_of_many_at_once_one_connects_it() {
    for store in stores().await {
        for racer in 0..RACERS {
            user(&store, &format!("u{racer}")).await;
        }
        let added = store.race(|racer, store| async move {
            let mut tx = store.facts.begin().await.unwrap();
            let added = identities::add(&mut tx, &identity(&format!("u{racer}"), "s1")).await.unwrap();
            tx.commit().await.unwrap();
            added
        });
        let won = added.await.into_iter().filter(|added| *added).count();
        assert_eq!(won, 1);
    }
}

#[tokio::test]
async fn up3_a_use_counts_for_its_own_account_and_only_that_one_removes_it() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        add(&store, &identity("u1", "s1")).await;
        let mut tx = store.facts.begin().await.unwrap();
        assert!(identities::used(&mut tx, at("s1"), "u1", NOW + 5).await.unwrap());
        assert!(!identities::used(&mut tx, at("s1"), "u2", NOW + 9).await.unwrap());
        assert!(!identities::sever(&mut tx, "u2", "u1-s1", NOW + 6).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(identities::of_user(&store.facts, "u1").await.unwrap()[0].last_used_at, Some(NOW + 5));
        let mut tx = store.facts.begin().await.unwrap();
        assert!(identities::sever(&mut tx, "u1", "u1-s1", NOW + 6).await.unwrap());
        assert!(!identities::used(&mut tx, at("s1"), "u1", NOW + 6).await.unwrap());
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn up7_what_was_connected_or_used_since_is_taken_away_and_a_reset_takes_all() {
    for store in stores().await {
        user(&store, "u1").await;
        add(&store, &identity("u1", "old")).await;
        add(&store, &Identity { last_used_at: Some(NOW + 50), ..identity("u1", "used") }).await;
        add(&store, &Identity { created_at: NOW + 50, ..identity("u1", "new") }).await;
        let mut tx = store.facts.begin().await.unwrap();
        identities::sever_since(&mut tx, "u1", NOW + 10, NOW + 20).await.unwrap();
        let left = identities::of_user(&mut tx, "u1").await.unwrap();
        assert_eq!(left.iter().map(|it| it.subject.as_str()).collect::<Vec<_>>(), ["old"]);
        identities::sever_since(&mut tx, "u1", 0, NOW + 20).await.unwrap();
        assert!(identities::of_user(&mut tx, "u1").await.unwrap().is_empty());
        tx.commit().await.unwrap();
    }
}

fn attempt(state_hash: &str) -> Attempt<'_> {
    Attempt { state_hash, browser_hash: "b", source: "here", sealed: "sealed", expires_at: NOW + 600 }
}

#[tokio::test]
async fn up2_an_attempt_counts_once_in_time_and_for_its_browser() {
    for store in stores().await {
        let db = &store.pending;
        pending_upstream::keep(db, &attempt("s"), 10).await.unwrap();
        assert_eq!(pending_upstream::take(db, "s", "other", NOW).await.unwrap(), None);
        assert_eq!(pending_upstream::find(db, "s", "other").await.unwrap(), None);
        let taken = store.race(|_, store| async move {
            pending_upstream::take(&store.pending, "s", "b", NOW).await.unwrap()
        });
        let won = taken.await.into_iter().flatten().count();
        assert_eq!(won, 1);
        assert_eq!(pending_upstream::find(db, "s", "b").await.unwrap().as_deref(), Some("sealed"));
        pending_upstream::keep(db, &attempt("late"), 10).await.unwrap();
        assert_eq!(pending_upstream::take(db, "late", "b", NOW + 600).await.unwrap(), None);
    }
}

#[tokio::test]
async fn q2_of_the_attempts_from_one_place_the_newest_are_kept() {
    for store in stores().await {
        let db = &store.pending;
        pending_upstream::keep(db, &Attempt { source: "there", ..attempt("elsewhere") }, 2).await.unwrap();
        for (state, later) in [("a", 0), ("b", 1), ("c", 2)] {
            let new = Attempt { expires_at: NOW + 600 + later, ..attempt(state) };
            pending_upstream::keep(db, &new, 2).await.unwrap();
        }
        for (state, kept) in [("a", false), ("b", true), ("c", true), ("elsewhere", true)] {
            assert_eq!(pending_upstream::find(db, state, "b").await.unwrap().is_some(), kept, "{state}");
        }
    }
}

#[tokio::test]
async fn up5_what_an_upstream_said_waits_in_an_open_request() {
    for store in stores().await {
        let db = &store.pending;
        let new = pending::New {
            id_hash: "i",
            browser_hash: "b",
            source: "here",
            purpose: "{}",
            life: (NOW, NOW + 900),
        };
        pending::begin(db, &new).await.unwrap();
        let waiting = async || pending::load(db, "i", "b").await.unwrap().unwrap().assertion;
        pending_upstream::remember(db, "i", Some("said")).await.unwrap();
        assert_eq!(waiting().await.as_deref(), Some("said"));
        pending_upstream::remember(db, "i", None).await.unwrap();
        assert_eq!(waiting().await, None);
        assert!(pending::complete(db, "i", NOW).await.unwrap());
        pending_upstream::remember(db, "i", Some("late")).await.unwrap();
        assert_eq!(waiting().await, None);
    }
}

#[tokio::test]
async fn up7_what_was_taken_away_comes_back_by_a_proof_only() {
    for store in stores().await {
        user(&store, "u1").await;
        user(&store, "u2").await;
        let mut tx = store.facts.begin().await.unwrap();
        assert!(!identities::needs_proof(&mut tx, at("s1"), "u1").await.unwrap(), "nothing is known of it");
        assert!(identities::add(&mut tx, &identity("u1", "s1")).await.unwrap());
        assert!(identities::needs_proof(&mut tx, at("s2"), "u1").await.unwrap(), "it has another one");
        assert!(identities::sever(&mut tx, "u1", "u1-s1", NOW + 1).await.unwrap());
        assert!(!identities::sever(&mut tx, "u1", "u1-s1", NOW + 2).await.unwrap(), "once");
        assert_eq!(identities::owner(&mut tx, at("s1")).await.unwrap(), None);
        assert!(identities::needs_proof(&mut tx, at("s1"), "u1").await.unwrap());
        assert!(!identities::needs_proof(&mut tx, at("s1"), "u2").await.unwrap(), "of this account only");
        assert!(!identities::needs_proof(&mut tx, at("s2"), "u1").await.unwrap());
        assert!(
            identities::add(&mut tx, &identity("u2", "s1")).await.unwrap(),
            "with a proof, also to another"
        );
        assert_eq!(identities::owner(&mut tx, at("s1")).await.unwrap().as_deref(), Some("u2"));
        assert!(!identities::add(&mut tx, &identity("u1", "s1")).await.unwrap(), "and then it is taken");
        tx.commit().await.unwrap();
    }
}
