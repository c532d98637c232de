//! Every statement of this crate, read by every database before any of them runs.

use std::path::Path;

use database::{
    Db, sql,
    testing::{Written, prepare, statements},
};

use crate::harness::stores;

fn written() -> Vec<Written> {
    statements(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

#[test]
fn sql_is_written_in_the_store_only_and_as_a_literal() {
    let statements = written();
    assert!(statements.len() > 50, "only {} were found", statements.len());
    for statement in statements {
        assert!(statement.place.starts_with("store/"), "{}", statement.place);
        assert!(statement.text.is_some(), "{}", statement.place);
    }
}

#[test]
fn a_statement_reads_or_writes_rows_in_words_both_databases_know() {
    for Written { place, text } in written() {
        let text = text.unwrap_or_default();
        let verb = text.split(' ').next().unwrap_or_default().to_owned();
        assert!(["SELECT", "INSERT", "UPDATE", "DELETE"].contains(&verb.as_str()), "{place}: {verb}");
        for word in [
            " OR IGNORE",
            " OR REPLACE",
            "IFNULL(",
            "strftime(",
            "unixepoch(",
            "SELECT 1",
            "?",
            "::",
            "now()",
        ] {
            assert!(!text.contains(word), "{place}: {word}");
        }
    }
}

#[tokio::test]
async fn every_statement_can_be_prepared() {
    for store in stores().await {
        for Written { place, text } in written() {
            let text = text.unwrap_or_default();
            let half_finished = ["store/pending", "store/servers"].iter().any(|file| place.starts_with(file));
            let db = if half_finished { &store.pending } else { &store.facts };
            let prepared = prepare(db, &text).await;
            let elsewhere = place.starts_with("store/reaper") && prepare(&store.pending, &text).await.is_ok();
            assert!(prepared.is_ok() || elsewhere, "{place}: {prepared:?}");
        }
    }
}

#[tokio::test]
async fn a_statement_that_names_no_column_of_ours_can_not_be_prepared() {
    for store in stores().await {
        for text in ["SELECT colour FROM users", "SELECT id FROM nothing", "UPDATE users SET"] {
            assert!(prepare(&store.facts, text).await.is_err(), "{text}");
        }
    }
}

/// What is looked for in whole tables, however many rows they have: what is alive, and what has expired.
#[tokio::test]
async fn o15_what_goes_through_a_whole_table_has_an_index() {
    database::record! { struct Step { detail: String } }
    // which one PostgreSQL takes depends on what is in a table
    let sqlite = stores().await.into_iter().find(|store| matches!(store.facts, Db::Sqlite { .. }));
    let Some(sqlite) = sqlite else { return };
    let mut looked_at = 0;
    for Written { place, text } in written() {
        let text = text.unwrap_or_default();
        let everywhere =
            text.contains("auth_time <= $") || text.contains("ended_at IS NULL AND auth_time > $");
        if !place.starts_with("store/reaper") && !everywhere {
            continue;
        }
        looked_at += 1;
        let db = if ["pending_", "servers", "upstream_attempts"].iter().any(|table| text.contains(table)) {
            &sqlite.pending
        } else {
            &sqlite.facts
        };
        let explain: &'static str = format!("EXPLAIN QUERY PLAN {text}").leak();
        let steps: Vec<Step> = sql(explain).all(db).await.unwrap();
        let scans = |step: &&Step| step.detail.starts_with("SCAN ") && !step.detail.contains("INDEX");
        assert!(
            steps.iter().find(scans).is_none(),
            "{place}: {text}: {:?}",
            steps.iter().map(|s| &s.detail).collect::<Vec<_>>()
        );
    }
    assert!(looked_at >= 14, "only {looked_at}");
}
