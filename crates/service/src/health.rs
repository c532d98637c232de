//! The health of a service's databases: `/health/ready` needs them writable (E8), and `/status` shows their schema
//! version (H10).

use std::pin::Pin;

use database::{Db, Migration, sql};
use serde_json::{Value, json};
use web::health::{Probe, ProbeError};

/// One database and the schema that it should have.
#[derive(Debug, Clone)]
pub struct Database {
    name: &'static str,
    db: Db,
    set: &'static str,
    migrations: &'static [Migration],
}

impl Database {
    /// `name` is its name in answers and in the log.
    pub fn new(name: &'static str, db: &Db, set: &'static str, migrations: &'static [Migration]) -> Self {
        Self { name, db: db.clone(), set, migrations }
    }

    /// Its name in answers and in the log.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the database is reachable and writable and has the current schema, and the details.
    pub async fn report(&self) -> (bool, Value) {
        match self.db.migration_status(self.set, self.migrations).await {
            Ok(level) => {
                let writable = self.write().await.inspect_err(|error| {
                    tracing::warn!(database = self.name, %error, "writing to a database failed");
                });
                let details = json!({
                    "reachable": true, "writable": writable.is_ok(),
                    "schema": level.applied, "schema_known": level.known,
                });
                (level.is_current() && writable.is_ok(), details)
            }
            Err(error) => {
                tracing::warn!(database = self.name, %error, "reading the state of a database failed");
                let details =
                    json!({ "reachable": false, "writable": false, "schema": null, "schema_known": null });
                (false, details)
            }
        }
    }

    /// Updates one row without changing it: fails if the database is read-only, full or gone.
    async fn write(&self) -> database::Result<()> {
        sql("UPDATE schema_migrations SET name = name WHERE migration_set = $1 AND version = 1")
            .bind(self.set)
            .run(&self.db)
            .await
            .map(drop)
    }
}

impl Probe for Database {
    fn name(&self) -> &'static str {
        self.name
    }

    fn check(&self) -> Pin<Box<dyn Future<Output = Result<(), ProbeError>> + Send + '_>> {
        Box::pin(async { self.write().await.map_err(ProbeError::from) })
    }
}

#[cfg(test)]
mod tests {
    use database::testing::scratch;
    use relying_party::{MIGRATION_SET, MIGRATIONS};

    use super::*;

    #[tokio::test]
    async fn e8_a_database_without_its_schema_or_closed_is_not_ready() {
        let (_folder, db) = scratch(MIGRATION_SET, MIGRATIONS).await;
        let database = Database::new("sessions", &db, MIGRATION_SET, MIGRATIONS);
        assert!(database.check().await.is_ok());
        assert_eq!(
            database.report().await,
            (true, json!({ "reachable": true, "writable": true, "schema": 4, "schema_known": 4 }))
        );
        db.migrate_down(MIGRATION_SET, MIGRATIONS, 0).await.unwrap();
        assert!(!database.report().await.0);
        db.close().await;
        assert!(database.check().await.is_err());
        assert_eq!(database.report().await.1["reachable"], false);
    }
}
