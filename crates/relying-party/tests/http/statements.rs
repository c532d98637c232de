//! Every statement of this crate, read by the database before any of them runs.

use std::path::Path;

use database::testing::{Written, prepare, scratch, statements};
use relying_party::{MIGRATION_SET, MIGRATIONS};

#[tokio::test]
async fn every_statement_can_be_prepared() {
    let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
    let written = statements(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(written.len() > 8, "only {} were found", written.len());
    for Written { place, text } in written {
        let Some(text) = text else { panic!("{place}: a statement is a literal") };
        let prepared = prepare(&db, &text).await;
        assert!(prepared.is_ok(), "{place}: {prepared:?}");
    }
}
