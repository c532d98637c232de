//! `idp backup`

use std::os::unix::fs::PermissionsExt;

use idp::store::{
    Store,
    archive::{LEFT_OUT, TABLES},
    migrations::{FACTS, PENDING},
};

use crate::{harness::Operator, restore::fill};

#[tokio::test]
async fn o15_every_table_of_the_facts_is_in_a_backup_or_left_out_on_purpose() {
    let operator = Operator::new().await;
    let store = Store::open(&operator.database()).await.unwrap();
    let mut known: Vec<&str> = TABLES.iter().chain(LEFT_OUT).copied().collect();
    known.push("schema_migrations");
    known.sort_unstable();
    let pending = PENDING.iter().flat_map(|step| step.up.split("CREATE TABLE ").skip(1));
    let pending: Vec<&str> = pending.filter_map(|text| text.split_whitespace().next()).collect();
    let mut tables = store.facts.snapshot().await.unwrap().table_names().await.unwrap();
    tables.retain(|table| !pending.contains(&table.as_str()));
    assert_eq!(tables, known, "add the new table to `TABLES` in store/archive.rs, after those it refers to");
}

#[tokio::test]
async fn p10_a_backup_is_one_file_of_its_owners_and_replaces_none() {
    let operator = Operator::new().await;
    let store = Store::open(&operator.database()).await.unwrap();
    fill(&store).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("customer.backup");
    let words = format!("backup --realm test {}", file.display());
    let made = operator.run(&words);
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(made.out.contains(&format!("schema {}", FACTS.len())), "{made:?}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing beside it");
    let again = operator.run(&words);
    assert!(again.code == Some(1) && again.err.contains("is there already"), "{again:?}");
}

#[tokio::test]
async fn k15_no_signing_key_is_in_a_backup_and_no_secret_in_clear() {
    let operator = Operator::new().await;
    let store = Store::open(&operator.database()).await.unwrap();
    fill(&store).await;
    let made = operator.run("sessions end-all --realm test --yes");
    assert_eq!(made.code, Some(0), "{made:?}");
    let keys = idp::store::keys::published(&store.facts).await.unwrap();
    assert_eq!(keys.len(), 4);
    let file = operator.folder().join("b");
    assert_eq!(operator.run(&format!("backup --realm test {}", file.display())).code, Some(0));
    let bytes = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
    assert!(bytes.contains("u1@example.com"), "it is a backup");
    for key in keys {
        assert!(!bytes.contains(&key.private_key) && !bytes.contains("signing_keys"));
    }
    assert!(!bytes.contains(crate::harness::KEK));
}

#[tokio::test]
async fn a_backup_of_a_database_without_a_schema_or_a_realm_that_is_not_there_is_refused() {
    let operator = Operator::new().await;
    let file = operator.folder().join("b");
    let empty = operator.run(&format!("backup --realm test {}", file.display()));
    assert!(empty.code == Some(1) && empty.err.contains("schema is at 0"), "{empty:?}");
    let unknown = operator.run(&format!("backup --realm other {}", file.display()));
    assert!(unknown.code == Some(1) && unknown.err.contains("no realm"), "{unknown:?}");
    assert!(!file.exists());
}
