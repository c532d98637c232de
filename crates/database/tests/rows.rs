//! Rows of any shape: copied from either database into a file and back.

#![cfg(test)]

use database::{
    Column, Db, Error, Kind, Migration, Table, Val, sql,
    testing::{TestDatabases, scratch},
};

const SET: &[Migration] = &[Migration {
    version: 1,
    name: "notes",
    up: "CREATE TABLE notes (id TEXT PRIMARY KEY, at BIGINT, \"order\" TEXT);",
    down: "DROP TABLE notes;",
}];

/// More than are held at a time.
const MANY: i64 = 450;

fn notes() -> Table {
    let columns = [("at", Kind::Int), ("id", Kind::Text), ("order", Kind::Text)];
    let columns = columns.map(|(name, kind)| Column { name: name.to_owned(), kind }).to_vec();
    Table { name: "notes".to_owned(), columns }
}

fn row(n: i64) -> Vec<Val> {
    let order = (n % 2 == 0).then(|| format!("'{n}' \"quoted\"; ä"));
    vec![Val::Int((n % 3 == 0).then_some(n)), Val::from(format!("n{n:04}")), Val::Text(order)]
}

async fn rows(db: &Db) -> Vec<String> {
    let mut tx = db.snapshot().await.unwrap();
    let mut all = Vec::new();
    let table = notes();
    let collected = tx.each_page(&table, async |page| {
        all.extend(page.iter().map(|row| format!("{row:?}")));
        Ok(())
    });
    collected.await.unwrap();
    all
}

async fn fill(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let table = tx.table("notes").await.unwrap().unwrap();
    assert_eq!(table, notes());
    tx.insert(&table, &(0..MANY).map(row).collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn rows_come_out_of_a_file_as_they_went_in_and_in_the_same_order() {
    let (_place, db) = scratch("test", SET).await;
    fill(&db).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    let file = Db::create_archive(&path).unwrap();
    let (mut from, mut to) = (db.snapshot().await.unwrap(), file.begin().await.unwrap());
    to.create_table(&notes()).await.unwrap();
    from.each_page(&notes(), async |page| to.insert(&notes(), &page).await).await.unwrap();
    to.commit().await.unwrap();
    file.close().await;
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "a file without companions");

    let file = Db::open_archive(&path).await.unwrap();
    let expected: Vec<String> = (0..MANY).map(|n| format!("{:?}", row(n))).collect();
    assert_eq!(rows(&file).await, expected);
    let mut tx = db.begin().await.unwrap();
    tx.clear(&notes()).await.unwrap();
    let mut from = file.snapshot().await.unwrap();
    from.each_page(&notes(), async |page| tx.insert(&notes(), &page).await).await.unwrap();
    tx.commit().await.unwrap();
    let mut back = rows(&db).await;
    back.sort();
    let mut sorted = expected;
    sorted.sort();
    assert_eq!(back, sorted);
}

#[tokio::test]
async fn a_snapshot_sees_nothing_of_what_is_written_later_and_writes_nothing() {
    let (_place, db) = scratch("test", SET).await;
    fill(&db).await;
    let mut snapshot = db.snapshot().await.unwrap();
    assert!(snapshot.table("notes").await.unwrap().is_some());
    let mut count = 0;
    snapshot
        .each_page(&notes(), async |page| {
            if count == 0 {
                sql("DELETE FROM notes").run(&db).await?;
            }
            count += page.len();
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(count, usize::try_from(MANY).unwrap());
    assert!(sql("DELETE FROM notes").run(&mut snapshot).await.is_err());
}

#[tokio::test]
async fn the_tables_of_a_schema_are_named_and_described() {
    let (_place, db) = scratch("test", SET).await;
    let mut tx = db.snapshot().await.unwrap();
    assert_eq!(tx.table_names().await.unwrap(), ["notes", "schema_migrations"]);
    assert_eq!(tx.table("nothing").await.unwrap(), None);
}

#[tokio::test]
async fn k15_an_archive_is_its_owners_only_and_never_replaces_a_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    Db::create_archive(&path).unwrap().close().await;
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(matches!(Db::create_archive(&path), Err(Error::Address(_))));
}

#[tokio::test]
async fn an_archive_that_is_missing_damaged_or_something_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive");
    assert!(matches!(Db::open_archive(&path).await, Err(Error::Address(_))));
    assert!(!path.exists(), "nothing is made");
    std::fs::write(&path, "not a database, but long enough to be looked at ".repeat(100)).unwrap();
    assert!(matches!(Db::open_archive(&path).await, Err(Error::Schema(_))));

    std::fs::remove_file(&path).unwrap();
    let file = Db::create_archive(&path).unwrap();
    let mut tx = file.begin().await.unwrap();
    tx.create_table(&notes()).await.unwrap();
    tx.insert(&notes(), &(0..MANY).map(row).collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();
    file.close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    let cut = bytes.len() - 4096;
    bytes.truncate(cut);
    std::fs::write(&path, bytes).unwrap();
    assert!(matches!(Db::open_archive(&path).await, Err(Error::Schema(_))));
}

#[tokio::test]
async fn a_column_that_is_neither_text_nor_bigint_is_told() {
    let place = TestDatabases::new();
    let odd =
        Migration { version: 1, name: "odd", up: "CREATE TABLE odd (x REAL);", down: "DROP TABLE odd;" };
    let db = Db::open(&place.database().await, database::Durability::Relaxed).await.unwrap();
    db.migrate("test", &[odd]).await.unwrap();
    let refused = db.snapshot().await.unwrap().table("odd").await.unwrap_err();
    assert!(matches!(refused, Error::Schema(reported) if reported.contains("odd.x")));
}
