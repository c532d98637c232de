//! The condition of a realm's databases: whether they answer, take writes, and have this program's schema.

use database::{Db, Migration};
use serde::Serialize;

use crate::{realm::Realm, store::migrations};

/// The condition of one database.
#[derive(Debug, Clone, Serialize)]
pub struct Condition {
    /// Whether it answers.
    pub reachable: bool,
    /// Whether it takes a write.
    pub writable: bool,
    /// The version of its schema; `None` when it does not answer.
    pub schema: Option<i64>,
    /// The version this program was built for; `None` when the database does not answer.
    pub schema_known: Option<i64>,
}

impl Condition {
    /// Whether the realm can work with it.
    pub fn is_sound(&self) -> bool {
        self.writable && self.schema == self.schema_known
    }
}

/// The condition of the database of facts.
pub async fn facts(realm: &Realm) -> Condition {
    let store = &realm.store;
    of(&store.facts, migrations::FACTS_SET, migrations::FACTS, store.probe_write(realm.now())).await
}

/// The condition of the database of pending state, such as half-finished sign-ins.
pub async fn pending(realm: &Realm) -> Condition {
    let store = &realm.store;
    of(&store.pending, migrations::PENDING_SET, migrations::PENDING, store.probe_pending(realm.now())).await
}

/// Writes into the database of facts.
///
/// # Errors
/// When it takes no write.
pub async fn write_facts(realm: &Realm) -> database::Result<()> {
    realm.store.probe_write(realm.now()).await
}

/// Writes into the database of pending state.
///
/// # Errors
/// When it takes no write.
pub async fn write_pending(realm: &Realm) -> database::Result<()> {
    realm.store.probe_pending(realm.now()).await
}

async fn of(
    db: &Db,
    set: &'static str,
    migrations: &'static [Migration],
    write: impl Future<Output = database::Result<()>>,
) -> Condition {
    match db.migration_status(set, migrations).await {
        Ok(level) => {
            let written = write.await.inspect_err(|error| {
                tracing::warn!(set, %error, "a database takes no write");
            });
            Condition {
                reachable: true,
                writable: written.is_ok(),
                schema: Some(level.applied),
                schema_known: Some(level.known),
            }
        }
        Err(error) => {
            tracing::warn!(set, %error, "the state of a database could not be read");
            Condition { reachable: false, writable: false, schema: None, schema_known: None }
        }
    }
}
