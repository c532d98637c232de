//! The whole system on SQLite: a file that another program locks, a full disk, a file that is gone.

use database::sqlx::{self, Connection, SqliteConnection};
use end_to_end::{
    Program, Witness,
    witness::{Notices, Realm},
};
use reqwest::StatusCode;

use crate::support::{CLIENTS, NO_MAIL, SIGN_OUTS, eventually};

/// A program on SQLite at work for that witness; none when this run is about PostgreSQL.
async fn at_work() -> Option<(Program, Witness)> {
    if std::env::var("REALMKEEP_TEST_DATABASE").is_ok_and(|database| database == "postgres") {
        return None;
    }
    let notices = Notices::listen().await;
    let program = Program::start_with(&[("customer", SIGN_OUTS, notices.uri()), NO_MAIL]).await;
    let realm = Realm {
        party: program.client("customer").await,
        entries: vec![program.url("customer_issuer")],
        authorities: Vec::new(),
        other: program.client("admin").await,
        database: format!("sqlite:{}?mode=ro", program.data().join("customer.db").display()),
        notices,
    };
    let mut witness = Witness::start(realm, CLIENTS);
    witness.rounds(CLIENTS).await;
    Some((program, witness))
}

/// What the customers' realm answers at a path.
async fn status(program: &Program, path: &str) -> StatusCode {
    let url = format!("{}{path}", program.url("customer_issuer"));
    end_to_end::http_client::client().get(url).send().await.unwrap().status()
}

async fn is_ready(program: &Program) -> bool {
    status(program, "/health/ready").await.is_success()
}

/// Lets the clients go on when all is well again, and looks at what they were promised.
async fn recovers(program: &Program, mut witness: Witness) {
    eventually(async || is_ready(program).await).await;
    witness.rounds(CLIENTS).await;
    let ledger = witness.ends().await;
    assert!(!ledger.cuts.is_empty(), "the fault was noticed: {ledger}");
    println!("{ledger}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_a_database_that_another_program_locks_breaks_no_promise() {
    let Some((program, mut witness)) = at_work().await else { return };
    let path = program.data().join("customer.db");
    let mut other = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    eventually(async || !is_ready(&program).await).await;
    assert_eq!(status(&program, "/health/live").await, StatusCode::OK);
    witness.cuts(1).await;
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    recovers(&program, witness).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_a_full_disk_breaks_no_promise() {
    let Some((mut program, mut witness)) = at_work().await else { return };
    program.limit_files(Some(0));
    eventually(async || !is_ready(&program).await).await;
    assert_eq!(status(&program, "/health/live").await, StatusCode::OK);
    witness.cuts(CLIENTS).await;
    program.limit_files(None);
    eventually(async || is_ready(&program).await).await;
    witness.rounds(CLIENTS).await;
    program.kill_and_restart();
    recovers(&program, witness).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn z20_a_database_file_that_is_moved_away_breaks_no_promise_and_is_not_made_anew() {
    let Some((mut program, mut witness)) = at_work().await else { return };
    let (path, away) = (program.data().join("customer.db"), program.data().join("away"));
    std::fs::rename(&path, &away).unwrap();
    eventually(async || !is_ready(&program).await).await;
    witness.cuts(CLIENTS).await;
    std::fs::rename(&away, &path).unwrap();
    eventually(async || is_ready(&program).await).await;
    witness.rounds(CLIENTS).await;
    program.kill();
    std::fs::rename(&path, &away).unwrap();
    let said = program.kill_and_fail_to_start();
    assert!(said.contains("customer.db") && said.contains("restore"), "{said}");
    assert!(!path.exists());
    std::fs::rename(&away, &path).unwrap();
    program.kill_and_restart();
    recovers(&program, witness).await;
}
