use database::{Sweep, testing::scratch};

use super::*;

async fn db() -> (database::testing::TestDatabases, Db) {
    scratch(crate::MIGRATION_SET, crate::MIGRATIONS).await
}

async fn open(db: &Db, id_hash: &str, replaced: &[String]) {
    let new = NewSession {
        id_hash,
        subject: "user-1",
        provider_session: Some("sid-1"),
        sealed: "first",
        access_expires_at: 300,
        now: 0,
        ends_at: 1000,
    };
    start(db, new, replaced).await.unwrap();
}

async fn get(db: &Db, id_hash: &str) -> Option<Row> {
    find(db, id_hash, 0, -100).await.unwrap()
}

#[tokio::test]
async fn p6_a_new_session_ends_the_one_it_replaces() {
    let (_dir, db) = db().await;
    open(&db, "old", &[]).await;
    open(&db, "new", &["old".to_owned(), "unknown".to_owned()]).await;
    assert!(get(&db, "old").await.is_none() && get(&db, "new").await.is_some());
}

#[tokio::test]
async fn p6_a_session_ends_by_silence_and_by_age() {
    let (_dir, db) = db().await;
    open(&db, "s", &[]).await;
    assert!(find(&db, "s", 99, -1).await.unwrap().is_some());
    assert!(find(&db, "s", 100, 0).await.unwrap().is_none());
    assert!(find(&db, "s", 1000, -1).await.unwrap().is_none());
    assert_eq!(Sweep::of(&db, over(999, -1)).await.unwrap(), 0);
    assert_eq!(Sweep::of(&db, over(999, 0)).await.unwrap(), 1);
}

#[tokio::test]
async fn rp10_of_parallel_renewals_one_is_stored() {
    let (_dir, db) = db().await;
    open(&db, "s", &[]).await;
    let row = get(&db, "s").await.unwrap();
    let tries = (0..16).map(|n| {
        let (db, row) = (db.clone(), row.clone());
        tokio::spawn(async move { renew(&db, &row, &format!("by {n}"), 600).await.unwrap() })
    });
    let mut stored = 0;
    for attempt in tries.collect::<Vec<_>>() {
        stored += usize::from(attempt.await.unwrap());
    }
    assert_eq!((stored, get(&db, "s").await.unwrap().version), (1, row.version + 1));
}

#[tokio::test]
async fn rp10_a_late_refusal_does_not_end_a_session_that_was_renewed() {
    let (_dir, db) = db().await;
    open(&db, "s", &[]).await;
    let stale = get(&db, "s").await.unwrap();
    assert!(renew(&db, &stale, "second", 600).await.unwrap());
    assert_eq!(end_version(&db, &stale).await.unwrap(), 0);
    assert_eq!(end_version(&db, &get(&db, "s").await.unwrap()).await.unwrap(), 1);
}

#[tokio::test]
async fn a_session_that_ended_is_not_renewed_and_ends_once() {
    let (_dir, db) = db().await;
    open(&db, "s", &[]).await;
    let row = get(&db, "s").await.unwrap();
    assert_eq!(end(&db, "s").await.unwrap().as_deref(), Some("first"));
    assert_eq!(end(&db, "s").await.unwrap(), None);
    assert!(!renew(&db, &row, "second", 600).await.unwrap());
}

#[tokio::test]
async fn of_parallel_requests_one_notes_the_activity() {
    let (_dir, db) = db().await;
    open(&db, "s", &[]).await;
    let row = get(&db, "s").await.unwrap();
    assert_eq!(touch(&db, &row, 60).await.unwrap(), 1);
    assert_eq!(touch(&db, &row, 60).await.unwrap(), 0);
}

#[tokio::test]
async fn h12_the_schema_goes_down_and_up_again() {
    let (_dir, db) = db().await;
    db.migrate_down(crate::MIGRATION_SET, crate::MIGRATIONS, 0).await.unwrap();
    db.migrate(crate::MIGRATION_SET, crate::MIGRATIONS).await.unwrap();
    open(&db, "s", &[]).await;
}
