//! Going back to an earlier version by its backup, as the manual says.

use database::{
    DatabaseUrl,
    sqlx::{self, Connection, PgConnection},
};
use idp::store::{
    Store,
    migrations::{FACTS, FACTS_SET},
};
use testbed::Postgres;

use crate::{harness::Operator, restore::backed_up};

/// Makes the place of the realm's databases empty.
async fn make_empty(operator: &Operator) {
    let DatabaseUrl::Sqlite(file) = operator.database() else {
        let role = operator.address().rsplit_once("//").unwrap().1.split(':').next().unwrap();
        let mut superuser = PgConnection::connect(&Postgres::shared().superuser()).await.unwrap();
        let statements = format!("DROP SCHEMA {role} CASCADE; CREATE SCHEMA AUTHORIZATION {role}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(statements)).execute(&mut superuser).await.unwrap();
        return;
    };
    for database in [file.clone(), file.with_extension("pending.db")] {
        assert!(database.exists(), "{}", database.display());
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", database.display()));
        }
    }
}

#[tokio::test]
async fn p10_o13_an_older_program_takes_its_backup_when_the_place_was_made_empty() {
    let (operator, store, file) = backed_up().await;
    let version = i64::try_from(FACTS.len()).unwrap() + 1;
    let up = "CREATE TABLE tomorrow (id TEXT PRIMARY KEY)";
    let newer = database::Migration { version, name: "tomorrow", up, down: "DROP TABLE tomorrow" };
    let steps: Vec<_> = FACTS.iter().copied().chain([newer]).collect();
    store.facts.migrate(FACTS_SET, &steps).await.unwrap();
    store.close().await;
    let words = format!("restore --realm test {}", file.display());
    let refused = operator.run(&format!("{words} --replace"));
    assert!(refused.code == Some(1) && refused.err.contains("knows only"), "{refused:?}");

    make_empty(&operator).await;
    let done = operator.run(&words);
    assert_eq!(done.code, Some(0), "{done:?}");
    let status = operator.run("migrate status");
    assert_eq!(status.code, Some(0), "{status:?}");
    let store = Store::connect(&operator.database()).await.unwrap();
    assert!(store.has_users().await.unwrap());
}
