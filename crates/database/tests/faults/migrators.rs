//! Programs that die while they bring a schema up, and others that wait for them: the lock dies with its connection,
//! nothing is left half done, and whoever waits goes on (O13, O14).

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use database::{
    Db, Durability, Error, Migration, Tx, record, sql,
    sqlx::{self, Connection, Executor, PgConnection, Row},
};
use testbed::Postgres;

/// Names the database for the other program.
const DATABASE: &str = "MIGRATOR_DATABASE";
/// What the other program says when it has done everything but commit.
const DONE: &str = "done but for the end";

const CODES: Migration = Migration {
    version: 1,
    name: "codes",
    up: "CREATE TABLE codes (id TEXT PRIMARY KEY); INSERT INTO codes (id) VALUES ('of the step');",
    down: "DROP TABLE codes;",
};
const NOTES: Migration = Migration {
    version: 2,
    name: "notes",
    up: "CREATE TABLE notes (id TEXT PRIMARY KEY);",
    down: "DROP TABLE notes;",
};
/// The same where each program waits for whoever has the gate.
const GATED_NOTES: Migration = Migration {
    up: "CREATE TABLE notes (id TEXT PRIMARY KEY); SELECT pg_advisory_xact_lock(1, 1);",
    ..NOTES
};

record! { struct Id { id: String } }
record! {
    #[derive(Debug, PartialEq)]
    struct Step { version: i64, name: String }
}

async fn open(url: &str) -> Db {
    Db::open(&url.parse().unwrap(), Durability::Full).await.unwrap()
}

/// Every step counts once and did everything it does.
async fn is_complete(db: &Db) {
    let steps: Vec<Step> =
        sql("SELECT version, name FROM schema_migrations ORDER BY version").all(db).await.unwrap();
    let step = |migration: Migration| Step { version: migration.version, name: migration.name.into() };
    assert_eq!(steps, [step(CODES), step(NOTES)]);
    let codes: Vec<Id> = sql("SELECT id FROM codes").all(db).await.unwrap();
    assert_eq!(codes.into_iter().map(|code| code.id).collect::<Vec<_>>(), ["of the step"]);
    assert!(sql("SELECT id FROM notes").all::<Id>(db).await.unwrap().is_empty());
}

/// A server of the test's own with a role that owns an empty schema, and its superuser.
async fn server() -> (Postgres, PgConnection) {
    let server = Postgres::start();
    let mut superuser = PgConnection::connect(&server.superuser()).await.unwrap();
    let role = "CREATE ROLE realm LOGIN PASSWORD 'realm'; CREATE SCHEMA AUTHORIZATION realm";
    superuser.execute(role).await.unwrap();
    (server, superuser)
}

/// The session that a query finds, when there is one.
async fn session(superuser: &mut PgConnection, query: &'static str) -> i32 {
    for _ in 0..2000 {
        if let Some(row) = superuser.fetch_optional(query).await.unwrap() {
            return row.get("pid");
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("nobody: {query}");
}

const AT_THE_GATE: &str =
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND NOT granted";
const ANYWHERE_ELSE: &str = "SELECT pid FROM pg_stat_activity WHERE usename = 'realm' AND state <> 'idle' \
     AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND NOT granted)";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o13_o14_when_the_connection_of_a_migrator_ends_within_a_step_the_one_that_waits_does_all_of_it() {
    let (server, mut superuser) = server().await;
    superuser.execute("SELECT pg_advisory_lock(1, 1)").await.unwrap();
    let migrate = async |db: Db| db.migrate("test", &[CODES, GATED_NOTES]).await;
    let first = tokio::spawn(migrate(open(&server.url("realm")).await));
    let dying = session(&mut superuser, AT_THE_GATE).await;
    let second = tokio::spawn(migrate(open(&server.url("realm")).await));
    session(&mut superuser, ANYWHERE_ELSE).await;
    assert!(!first.is_finished() && !second.is_finished());

    sqlx::query("SELECT pg_terminate_backend($1)").bind(dying).execute(&mut superuser).await.unwrap();
    let outcome = first.await.unwrap();
    assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    assert_ne!(session(&mut superuser, AT_THE_GATE).await, dying);
    superuser.execute("SELECT pg_advisory_unlock(1, 1)").await.unwrap();
    assert!(second.await.unwrap().unwrap().is_current());
    is_complete(&open(&server.url("realm")).await).await;
}

/// The other program: it brings the schema up but for the commit, says so, and waits to be killed.
#[tokio::test]
#[ignore = "the tests below start and kill it"]
async fn a_migrator_that_never_comes_to_its_end() {
    let Ok(url) = std::env::var(DATABASE) else { return };
    let db = open(&url).await;
    let mut tx = db.lock_schema().await.unwrap();
    assert!(tx.migrate("test", &[CODES, NOTES]).await.unwrap().is_current());
    println!("\n{DONE}");
    std::future::pending::<()>().await;
}

/// The other program; dropped it is killed (SIGKILL).
struct Migrator(Child);

impl Drop for Migrator {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// The other program at that point.
fn migrator(url: &str) -> Migrator {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--nocapture", "a_migrator_that_never_comes_to_its_end"]);
    let mut migrator = Migrator(command.env(DATABASE, url).stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(migrator.0.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == DONE), "the migrator gets nowhere");
    migrator
}

/// Kills a migrator at its last moment while another one waits for it.
async fn another_goes_on(url: &str) {
    let dying = migrator(url);
    let db = open(url).await;
    assert_eq!(
        db.migration_status("test", &[CODES, NOTES]).await.unwrap().applied,
        0,
        "nobody sees half of it"
    );
    let waiting = tokio::spawn({
        let db = db.clone();
        async move { db.migrate("test", &[CODES, NOTES]).await }
    });
    // what it asks for is refused for as long as the other one lives
    for _ in 0..20 {
        assert_eq!(db.migration_status("test", &[CODES, NOTES]).await.unwrap().applied, 0);
    }
    assert!(!waiting.is_finished());
    drop(dying);
    assert!(waiting.await.unwrap().unwrap().is_current());
    is_complete(&db).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o13_o14_a_migrator_that_is_killed_leaves_a_server_to_the_one_that_waits() {
    let (server, _superuser) = server().await;
    another_goes_on(&server.url("realm")).await;
}

/// What the server does about somebody who holds the lock and sends nothing takes longer than a test should: it has to
/// have been told.
#[tokio::test]
async fn o14_the_server_ends_a_migrator_that_is_frozen_and_none_that_works() {
    let (server, _superuser) = server().await;
    let mut tx = open(&server.url("realm")).await.lock_schema().await.unwrap();
    let mut limit = async |setting| sql(setting).one::<Id>(&mut tx).await.unwrap().id;
    let silent = limit("SELECT current_setting('idle_in_transaction_session_timeout') AS id").await;
    assert_ne!(silent, "0");
    assert_eq!(limit("SELECT current_setting('statement_timeout') AS id").await, "0");
    assert_eq!(limit_here(&tx), None);
}

/// Changes a table that the steps before it made.
const LABELS: Migration = Migration {
    version: 3,
    name: "labels",
    up: "ALTER TABLE codes ADD COLUMN label TEXT;",
    down: "ALTER TABLE codes DROP COLUMN label;",
};

#[tokio::test]
async fn o14_a_step_does_not_wait_for_long_readers_with_everybody_behind_it() {
    let (server, _superuser) = server().await;
    let db = open(&server.url("realm")).await;
    db.migrate("test", &[CODES, NOTES]).await.unwrap();
    // as a backup under way
    let mut reader = db.snapshot().await.unwrap();
    sql("SELECT id FROM codes").all::<Id>(&mut reader).await.unwrap();
    let steps = [CODES, NOTES, LABELS];
    let outcome = db.migrate("test", &steps).await;
    assert!(matches!(outcome, Err(Error::Unavailable(_))), "{outcome:?}");
    assert_eq!(db.migration_status("test", &steps).await.unwrap().applied, 2);
    reader.commit().await.unwrap();
    assert!(db.migrate("test", &steps).await.unwrap().is_current());
}

#[tokio::test]
async fn o14_nobody_gives_up_on_a_copy_of_a_whole_schema_and_on_a_request_both_sides_do() {
    let (server, _superuser) = server().await;
    let db = open(&server.url("realm")).await;
    for (mut tx, hurried) in [(db.begin().await.unwrap(), true), (db.snapshot().await.unwrap(), false)] {
        let limit =
            sql("SELECT current_setting('statement_timeout') AS id").one::<Id>(&mut tx).await.unwrap();
        assert_eq!((limit.id != "0", limit_here(&tx).is_some()), (hurried, hurried));
    }
}

fn limit_here(tx: &Tx) -> Option<Duration> {
    let Tx::Postgres(_, time_limit) = tx else { panic!("it is a server") };
    time_limit.limit()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o13_o14_a_migrator_that_is_killed_leaves_a_file_to_the_one_that_waits() {
    let folder = tempfile::tempdir().unwrap();
    another_goes_on(&format!("sqlite:{}", folder.path().join("facts.db").display())).await;
}
