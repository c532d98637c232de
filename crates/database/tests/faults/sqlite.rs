//! A file that somebody else locks, that goes away, or that is replaced: "unavailable", and everything as before once it
//! is back.

use std::{fs, path::PathBuf};

use database::{
    DatabaseUrl, Db, Durability, Error, Migration, record, sql,
    sqlx::{self, Connection, SqliteConnection},
};
use tempfile::TempDir;

record! {
    struct Row { id: String }
}

const SET: &[Migration] = &[Migration {
    version: 1,
    name: "codes",
    up: "CREATE TABLE codes (id TEXT PRIMARY KEY);",
    down: "DROP TABLE codes;",
}];

async fn file() -> (TempDir, PathBuf, Db) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.db");
    let db = Db::open(&DatabaseUrl::Sqlite(path.clone()), Durability::Full).await.unwrap();
    db.migrate("test", SET).await.unwrap();
    (folder, path, db)
}

async fn insert(db: &Db, id: &str) -> database::Result<u64> {
    sql("INSERT INTO codes (id) VALUES ($1)").bind(id).run(db).await
}

async fn ids(db: &Db) -> Vec<String> {
    let rows: Vec<Row> = sql("SELECT id FROM codes ORDER BY id").all(db).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

fn is_unavailable<T>(answer: &database::Result<T>) -> bool {
    matches!(answer, Err(Error::Unavailable(_)))
}

#[tokio::test]
async fn a_file_that_another_program_locks_is_unavailable_for_writes_and_readable() {
    let (_folder, path, db) = file().await;
    insert(&db, "before").await.unwrap();
    let mut other = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let (write, transaction) = tokio::join!(insert(&db, "meanwhile"), db.begin());
    assert!(is_unavailable(&write) && is_unavailable(&transaction));
    assert_eq!(ids(&db).await, ["before"]);
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    insert(&db, "after").await.unwrap();
    assert_eq!(ids(&db).await, ["after", "before"]);
}

#[tokio::test]
async fn nothing_is_written_into_a_file_that_was_moved_away_or_replaced() {
    let (_folder, path, db) = file().await;
    insert(&db, "before").await.unwrap();
    let away = path.with_extension("away");
    fs::rename(&path, &away).unwrap();
    assert!(is_unavailable(&insert(&db, "lost").await) && is_unavailable(&db.begin().await));
    fs::write(&path, "").unwrap();
    assert!(is_unavailable(&insert(&db, "lost").await) && is_unavailable(&db.begin().await));
    fs::rename(&away, &path).unwrap();
    insert(&db, "after").await.unwrap();
    assert_eq!(ids(&db).await, ["after", "before"]);
}

#[tokio::test]
async fn a_file_that_is_missing_beside_its_log_is_not_made_anew() {
    let (folder, path, db) = file().await;
    insert(&db, "before").await.unwrap();
    // as after a crash, when the log is still there
    let copy = folder.path().join("copy.db");
    fs::copy(path.with_extension("db-wal"), copy.with_extension("db-wal")).unwrap();
    let error = Db::open(&DatabaseUrl::Sqlite(copy.clone()), Durability::Full).await.unwrap_err();
    assert!(error.to_string().contains("restore"), "{error}");
    assert!(!copy.exists());
}

#[tokio::test]
async fn a_full_disk_in_the_middle_of_a_transaction_leaves_nothing_and_ends_when_there_is_room() {
    let (_folder, _, db) = file().await;
    insert(&db, "before").await.unwrap();
    record! { struct Pages { max_page_count: i64 } }
    // of the one connection that writes, as long as it lives
    sql("PRAGMA max_page_count = 8").all::<Pages>(&db).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    sql("INSERT INTO codes (id) VALUES ('lost')").run(&mut tx).await.unwrap();
    // SQLite takes the whole transaction back by itself
    let full = sql("INSERT INTO codes (id) VALUES ($1)").bind("x".repeat(99_999)).run(&mut tx).await;
    assert!(is_unavailable(&full), "{full:?}");
    drop(tx);
    let mut tx = db.begin().await.unwrap();
    sql("INSERT INTO codes (id) VALUES ('after')").run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ids(&db).await, ["after", "before"]);
}
