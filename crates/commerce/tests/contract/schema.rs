//! The migrations go up, down and up again.

use clock::random::OsRandom;
use commerce::{MIGRATION_SET, MIGRATIONS, demo};
use database::testing::scratch;

use crate::shop::NOW;

#[tokio::test]
async fn h12_every_migration_can_be_taken_back_and_applied_again() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    db.migrate_down(MIGRATION_SET, MIGRATIONS, 0).await.unwrap();
    assert_eq!(db.migration_status(MIGRATION_SET, MIGRATIONS).await.unwrap().applied, 0);
    assert!(db.migrate(MIGRATION_SET, MIGRATIONS).await.unwrap().is_current());
    demo::seed(&db, &OsRandom, NOW).await.unwrap();
}

#[test]
fn migrations_are_numbered_without_gaps() {
    let versions: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    assert_eq!(versions, (1..).take(versions.len()).collect::<Vec<i64>>());
}
