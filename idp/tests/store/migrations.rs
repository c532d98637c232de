//! The steps of the two schemas, up and down.

use database::{Db, Error, Migration, record, sql};
use idp::store::{
    Store,
    migrations::{FACTS, FACTS_SET, PENDING, PENDING_SET},
    users,
};

use crate::harness::{NOW, count, stores, user};

/// The tables a step makes.
fn tables(migration: &Migration) -> Vec<&'static str> {
    let after = migration.up.split("CREATE TABLE ").skip(1);
    after.filter_map(|text| text.split_whitespace().next()).collect()
}

async fn has(db: &Db, table: &str) -> bool {
    record! { struct Counted { n: i64 } }
    let statement: &'static str = format!("SELECT COUNT(*) AS n FROM {table}").leak();
    sql(statement).one::<Counted>(db).await.is_ok_and(|counted| counted.n >= 0)
}

fn sets(store: &Store) -> [(&Db, &'static str, &'static [Migration]); 2] {
    [(&store.facts, FACTS_SET, FACTS), (&store.pending, PENDING_SET, PENDING)]
}

#[test]
fn o15_the_steps_are_numbered_without_gaps_and_named_after_their_files() {
    for steps in [FACTS, PENDING] {
        for (step, version) in steps.iter().zip(1..) {
            assert_eq!(step.version, version);
            assert!(step.name.starts_with(&format!("{version:04}_")), "{}", step.name);
        }
    }
}

#[test]
fn o15_every_file_of_the_folders_is_a_step() {
    for (folder, steps) in [("idp", FACTS), ("idp_pending", PENDING)] {
        let path = format!("{}/../migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        let mut files: Vec<String> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let expected: Vec<String> = steps
            .iter()
            .flat_map(|step| ["down", "up"].map(|way| format!("{}.{way}.sql", step.name)))
            .collect();
        assert_eq!(files, expected);
    }
}

#[test]
fn columns_are_text_and_bigint_only() {
    for step in FACTS.iter().chain(PENDING) {
        for line in step.up.lines().map(str::trim).filter(|line| !line.starts_with("--")) {
            let word = line.split_whitespace().next().unwrap_or_default();
            let column = word.chars().next().is_some_and(|c| c.is_ascii_lowercase());
            let kind = line.split([' ', ',']).nth(1).unwrap_or_default();
            assert!(!column || ["TEXT", "BIGINT"].contains(&kind), "{}: {line}", step.name);
        }
    }
}

#[tokio::test]
async fn h12_every_step_is_taken_back_and_made_again() {
    for store in stores().await {
        for (db, set, steps) in sets(&store) {
            for (step, below) in
                steps.iter().rev().zip(steps.iter().rev().skip(1).map(|step| step.version).chain([0]))
            {
                db.migrate_down(set, steps, below).await.unwrap();
                assert_eq!(db.migration_status(set, steps).await.unwrap().applied, below);
                for table in tables(step) {
                    assert!(!has(db, table).await, "{table} is gone");
                }
            }
            assert!(db.migrate(set, steps).await.unwrap().is_current());
            for table in steps.iter().flat_map(tables) {
                assert!(has(db, table).await, "{table} is back");
            }
        }
    }
}

#[tokio::test]
async fn o16_taking_back_a_step_leaves_the_rows_of_the_others() {
    for store in stores().await {
        user(&store, "u1").await;
        store.facts.migrate_down(FACTS_SET, FACTS, 1).await.unwrap();
        assert_eq!(count(&store.facts, "SELECT COUNT(*) AS n FROM users WHERE id = 'u1'").await, 1);
        store.facts.migrate(FACTS_SET, FACTS).await.unwrap();
        assert_eq!(users::roles(&store.facts, "u1").await.unwrap(), ["individual"]);
        store.probe_write(NOW).await.unwrap();
    }
}

#[tokio::test]
async fn o13_a_schema_of_a_newer_program_is_refused_and_left_as_it_is() {
    for store in stores().await {
        user(&store, "u1").await;
        let refused = store.facts.migrate(FACTS_SET, &FACTS[..2]).await.unwrap_err();
        assert!(matches!(refused, Error::Schema(_)), "{refused}");
        assert!(store.facts.migration_status(FACTS_SET, FACTS).await.unwrap().is_current());
        assert!(store.has_users().await.unwrap());
    }
}

#[tokio::test]
async fn o15_opening_a_store_again_changes_nothing() {
    for store in stores().await {
        user(&store, "u1").await;
        let again = store.replica().await;
        assert!(users::by_id(&again.facts, "u1").await.unwrap().is_some());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn o9_programs_that_start_at_once_on_an_empty_database_make_one_schema() {
    for store in stores().await {
        for (db, set, steps) in sets(&store) {
            db.migrate_down(set, steps, 0).await.unwrap();
        }
        let opening: Vec<_> = (0..8)
            .map(|_| {
                let url = store.url();
                tokio::spawn(async move { Store::open(&url).await.unwrap() })
            })
            .collect();
        for opened in opening {
            assert!(!opened.await.unwrap().has_users().await.unwrap());
        }
        user(&store, "u1").await;
    }
}
