//! The facade: values, transactions, errors, races, migrations.

use database::{
    DatabaseUrl, Db, Durability, Error, Migration, record, sql,
    testing::{TestDatabases, scratch},
};

record! {
    #[derive(Debug, PartialEq)]
    struct Row { id: String, used_at: Option<i64> }
}

const SET: &[Migration] = &[
    Migration {
        version: 1,
        name: "codes",
        up: "CREATE TABLE codes (id TEXT PRIMARY KEY, used_at BIGINT); CREATE INDEX codes_used ON codes (used_at);",
        down: "DROP TABLE codes;",
    },
    Migration {
        version: 2,
        name: "notes",
        up: "CREATE TABLE notes (id TEXT PRIMARY KEY);",
        down: "DROP TABLE notes;",
    },
];

async fn insert(db: &Db, id: &str) -> database::Result<u64> {
    sql("INSERT INTO codes (id, used_at) VALUES ($1, $2)").bind(id).bind(None::<i64>).run(db).await
}

#[tokio::test]
async fn null_and_text_come_back_as_they_went_in() {
    let (_folder, db) = scratch("test", SET).await;
    insert(&db, "a").await.unwrap();
    let rows: Vec<Row> = sql("SELECT * FROM codes").all(&db).await.unwrap();
    assert_eq!(rows, [Row { id: "a".into(), used_at: None }]);
}

#[tokio::test]
async fn a_second_row_under_a_unique_key_is_a_conflict() {
    let (_folder, db) = scratch("test", SET).await;
    insert(&db, "a").await.unwrap();
    assert!(insert(&db, "a").await.unwrap_err().is_conflict());
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing() {
    let (_folder, db) = scratch("test", SET).await;
    let mut tx = db.begin().await.unwrap();
    sql("INSERT INTO codes (id) VALUES ('a')").run(&mut tx).await.unwrap();
    drop(tx);
    assert_eq!(sql("SELECT * FROM codes").all::<Row>(&db).await.unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m22_one_of_thirty_two_guarded_updates_wins() {
    let (_folder, db) = scratch("test", SET).await;
    insert(&db, "a").await.unwrap();
    let tasks: Vec<_> = (0..32)
        .map(|now| {
            let db = db.clone();
            tokio::spawn(async move {
                sql("UPDATE codes SET used_at = $1 WHERE id = 'a' AND used_at IS NULL RETURNING *")
                    .bind(i64::from(now))
                    .opt::<Row>(&db)
                    .await
                    .unwrap()
                    .is_some()
            })
        })
        .collect();
    let mut winners = 0;
    for task in tasks {
        winners += usize::from(task.await.unwrap());
    }
    assert_eq!(winners, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o9_eight_programs_migrate_an_empty_database_at_once() {
    let place = TestDatabases::new();
    let url = place.database().await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move {
                let db = Db::open(&url, Durability::Full).await.unwrap();
                db.migrate("test", SET).await.unwrap()
            })
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap().is_current());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o9_a_new_file_can_be_opened_by_many_at_once() {
    for _ in 0..5 {
        let place = TestDatabases::new();
        let url = place.database().await;
        let openings: Vec<_> = (0..8)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move { Db::open(&url, Durability::Full).await.map(drop) })
            })
            .collect();
        for opening in openings {
            opening.await.unwrap().unwrap();
        }
    }
}

#[tokio::test]
async fn h12_migrations_go_down_and_up_again() {
    let (_folder, db) = scratch("test", SET).await;
    db.migrate_down("test", SET, 1).await.unwrap();
    assert_eq!(db.migration_status("test", SET).await.unwrap().applied, 1);
    assert!(sql("SELECT * FROM notes").all::<Row>(&db).await.is_err());
    assert!(db.migrate("test", SET).await.unwrap().is_current());
}

#[tokio::test]
async fn h12_the_status_of_an_empty_database_is_told_without_changing_it() {
    let place = TestDatabases::new();
    let db = Db::open(&place.database().await, Durability::Full).await.unwrap();
    for _ in 0..2 {
        let status = db.migration_status("test", SET).await.unwrap();
        assert_eq!((status.applied, status.known, status.is_current()), (0, 2, false));
    }
    assert!(
        sql("SELECT name AS id, version AS used_at FROM schema_migrations").all::<Row>(&db).await.is_err()
    );
}

#[tokio::test]
async fn a_schema_newer_than_the_program_is_refused() {
    let (_folder, db) = scratch("test", SET).await;
    let error = db.migrate("test", &SET[..1]).await.unwrap_err();
    assert!(error.to_string().contains("version 2"), "{error}");
}

#[tokio::test]
async fn a_fact_is_only_told_when_its_commit_went_well() {
    let steps = [Migration {
        version: 1,
        name: "late",
        up: "CREATE TABLE parents (id TEXT PRIMARY KEY); CREATE TABLE children (id TEXT PRIMARY KEY, \
             used_at BIGINT, parent TEXT REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);",
        down: "DROP TABLE children; DROP TABLE parents;",
    }];
    let (_place, db) = scratch("test", &steps).await;
    let orphan = || sql("INSERT INTO children (id, parent) VALUES ('a', 'nobody') RETURNING id, used_at");
    assert!(orphan().opt::<Row>(&db).await.is_err());
    assert!(orphan().one::<Row>(&db).await.is_err());
    assert!(orphan().all::<Row>(&db).await.is_err());
    assert_eq!(sql("SELECT id, used_at FROM children").all::<Row>(&db).await.unwrap(), []);
}

#[tokio::test]
async fn h1_a_role_can_neither_read_nor_see_into_another_ones_schema() {
    let (place, db) = scratch("test", SET).await;
    if !place.is_postgres() {
        return;
    }
    insert(&db, "a").await.unwrap();
    record! { struct Me { name: String } }
    let me: Me = sql("SELECT CAST(current_user AS TEXT) AS name").one(&db).await.unwrap();
    let other = Db::open(&place.database().await, Durability::Full).await.unwrap();
    let statement: &'static str = format!("SELECT * FROM {}.codes", me.name).leak();
    assert_eq!(sql(statement).all::<Row>(&db).await.unwrap().len(), 1);
    let refused = sql(statement).all::<Row>(&other).await.unwrap_err();
    assert!(
        matches!(&refused, Error::Other(e) if e.to_string().contains("permission denied")),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_role_without_a_schema_is_told_what_is_missing() {
    let (place, db) = scratch("test", SET).await;
    if place.is_postgres() {
        sql("DROP OWNED BY CURRENT_USER").run(&db).await.unwrap();
        let error = db.migrate("test", SET).await.unwrap_err();
        assert!(error.to_string().contains("CREATE SCHEMA"), "{error}");
    }
}

#[tokio::test]
async fn k15_database_files_are_their_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("private.db"));
    let db = Db::open(&url, Durability::Full).await.unwrap();
    db.migrate("test", SET).await.unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
    }
}
