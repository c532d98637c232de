//! For tests: scratch databases, and the statements of a crate's sources.

mod statements;

use tempfile::TempDir;

use crate::{Db, Durability, Migration};

pub use statements::{Written, prepare, statements};

/// A fresh database with `migrations` applied; it lives as long as the folder.
///
/// # Panics
/// When the database can't be made: a test can't go on then.
#[expect(clippy::expect_used, reason = "a test stops here")]
pub async fn scratch(set: &'static str, migrations: &[Migration]) -> (TempDir, Db) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = crate::DatabaseUrl::Sqlite(folder.path().join("scratch.db"));
    let db = Db::open(&url, Durability::Relaxed).await.expect("a database opens");
    db.migrate(set, migrations).await.expect("the migrations apply");
    (folder, db)
}
