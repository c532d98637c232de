use database::{Sweep, testing::scratch};

use super::*;

async fn db() -> (database::testing::TestDatabases, Db) {
    scratch(crate::MIGRATION_SET, crate::MIGRATIONS).await
}

fn new(state: &str) -> New<'_> {
    New { state, visitor: "v", source: "here", sealed: "sealed", expires_at: 600 }
}

#[tokio::test]
async fn rp5_an_attempt_is_taken_once_however_many_try() {
    let (_dir, db) = db().await;
    keep(&db, &new("s"), 10).await.unwrap();
    let tries = (0..16).map(|_| {
        let db = db.clone();
        tokio::spawn(async move { take(&db, "s", "v", 0).await.unwrap() })
    });
    let mut won = 0;
    for attempt in tries.collect::<Vec<_>>() {
        won += usize::from(attempt.await.unwrap().is_some());
    }
    assert_eq!(won, 1);
}

#[tokio::test]
async fn rp5_another_browser_neither_takes_nor_uses_up_an_attempt() {
    let (_dir, db) = db().await;
    keep(&db, &new("s"), 10).await.unwrap();
    assert_eq!(take(&db, "s", "w", 0).await.unwrap(), None);
    assert_eq!(take(&db, "s", "v", 0).await.unwrap().as_deref(), Some("sealed"));
}

#[tokio::test]
async fn rp5_an_attempt_ends_after_its_time_and_is_reaped() {
    let (_dir, db) = db().await;
    keep(&db, &new("s"), 10).await.unwrap();
    assert_eq!(take(&db, "s", "v", 600).await.unwrap(), None);
    assert_eq!(Sweep::of(&db, expired(599)).await.unwrap(), 0);
    assert_eq!(Sweep::of(&db, expired(600)).await.unwrap(), 1);
}

#[tokio::test]
async fn q2_of_the_attempts_from_one_place_the_newest_are_kept() {
    let (_dir, db) = db().await;
    keep(&db, &New { source: "there", ..new("elsewhere") }, 2).await.unwrap();
    for (n, state) in ["a", "b", "c"].into_iter().enumerate() {
        let expires_at = 600 + i64::try_from(n).unwrap();
        keep(&db, &New { expires_at, ..new(state) }, 2).await.unwrap();
    }
    for (state, kept) in [("a", false), ("b", true), ("c", true), ("elsewhere", true)] {
        assert_eq!(take(&db, state, "v", 0).await.unwrap().is_some(), kept, "{state}");
    }
}
