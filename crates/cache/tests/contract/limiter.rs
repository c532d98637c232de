//! Token buckets, with Redis and without.

use cache::{Cache, Limiter, Pace, full_buckets};
use database::{
    Db, Migration, Sweep,
    testing::{TestDatabases, Written, prepare, scratch, statements},
};
use testbed::Redis;

use crate::support::cache;

const NOW: i64 = 1_800_000_000;
pub const SET: &[Migration] = &[Migration {
    version: 1,
    name: "request_buckets",
    up: include_str!("../../../../migrations/idp_pending/0002_request_buckets.up.sql"),
    down: include_str!("../../../../migrations/idp_pending/0002_request_buckets.down.sql"),
}];

async fn database() -> (TestDatabases, Db) {
    scratch("test", SET).await
}

fn limiter(per_minute: i64, cache: Option<Cache>, db: &Db) -> Limiter {
    Limiter::new(Pace::per_minute(per_minute).unwrap(), cache, db.clone())
}

/// One in the database alone, and one in Redis.
async fn both(per_minute: i64, db: &Db) -> [Limiter; 2] {
    let cache = cache(Redis::shared(), "customer").await;
    [limiter(per_minute, None, db), limiter(per_minute, Some(cache), db)]
}

async fn admitted(limiter: &Limiter, key: &str, now: i64, requests: usize) -> usize {
    let mut admitted = 0;
    for _ in 0..requests {
        admitted += usize::from(limiter.admit(key, now).await.unwrap());
    }
    admitted
}

#[tokio::test]
async fn pool4_a_minutes_worth_is_admitted_at_once_and_the_rest_as_the_bucket_fills() {
    let (_place, db) = database().await;
    for limiter in both(6, &db).await {
        assert_eq!(admitted(&limiter, "steady", NOW, 10).await, 6);
        assert_eq!(admitted(&limiter, "steady", NOW + 9, 2).await, 0);
        assert_eq!(admitted(&limiter, "steady", NOW + 10, 2).await, 1);
        assert_eq!(admitted(&limiter, "steady", NOW + 3600, 10).await, 6, "never more than a bucket");
        assert_eq!(admitted(&limiter, "another", NOW, 10).await, 6, "everybody has one of their own");
        assert_eq!(limiter.pace().retry_seconds(), 10);
    }
    assert_eq!(Pace::per_minute(0), None);
}

#[tokio::test]
async fn pool4_replicas_share_a_bucket_even_when_all_take_at_once() {
    let (_place, db) = database().await;
    for limiter in both(20, &db).await {
        let takers: Vec<_> = (0..40)
            .map(|_| {
                let limiter = limiter.clone();
                tokio::spawn(async move { limiter.admit("race", NOW).await.unwrap() })
            })
            .collect();
        let mut admitted = 0;
        for taker in takers {
            admitted += usize::from(taker.await.unwrap());
        }
        assert_eq!(admitted, 20);
    }
}

#[tokio::test]
async fn a_clock_that_is_behind_admits_no_more() {
    let (_place, db) = database().await;
    for limiter in both(60, &db).await {
        assert_eq!(admitted(&limiter, "skew", NOW + 30, 100).await, 60);
        assert_eq!(admitted(&limiter, "skew", NOW, 100).await, 0);
        // an hour ahead is no clock of a replica, and must not keep anybody out for an hour
        assert_eq!(admitted(&limiter, "wrong", NOW + 3600, 100).await, 60);
        assert_eq!(admitted(&limiter, "wrong", NOW, 100).await, 60);
    }
}

#[tokio::test]
async fn buckets_that_are_full_again_are_forgotten() {
    let (_place, db) = database().await;
    let limiter = limiter(6, None, &db);
    admitted(&limiter, "one", NOW, 6).await;
    admitted(&limiter, "two", NOW, 1).await;
    assert_eq!(Sweep::of(&db, full_buckets(NOW + 30)).await.unwrap(), 1);
    assert_eq!(admitted(&limiter, "one", NOW + 30, 6).await, 3, "one that is in use is kept");
}

#[tokio::test]
async fn every_statement_can_be_prepared() {
    let (_place, db) = database().await;
    let written = statements(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert_eq!(written.len(), 2);
    for Written { place, text } in written {
        let prepared = prepare(&db, &text.unwrap()).await;
        assert!(prepared.is_ok(), "{place}: {prepared:?}");
    }
}

#[tokio::test]
async fn both_sets_have_the_same_table() {
    let guard = include_str!("../../../../migrations/guard/0002_request_buckets.up.sql");
    assert_eq!(guard, SET[0].up);
}
