//! Bringing a schema up and down.
//!
//! All pending steps run in one transaction that begins by taking the database's write lock, so that any number of
//! programs may start at once on an empty database, and a killed one leaves nothing half done: there is no marker row
//! to clean up, the lock dies with the connection.

use crate::{Db, Error, Result, Tx, sql, time_limit};

/// One reversible step of a schema, in PostgreSQL's words (TEXT and BIGINT only), which SQLite reads as well.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its place in the order, from 1 without gaps.
    pub version: i64,
    /// What it does, for the status.
    pub name: &'static str,
    /// The statements that apply it.
    pub up: &'static str,
    /// The statements that take it back.
    pub down: &'static str,
}

/// Where a schema stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationStatus {
    /// The newest applied version; 0 for an empty database.
    pub applied: i64,
    /// The newest version this program knows.
    pub known: i64,
}

impl MigrationStatus {
    /// Whether the schema is the one this program was built for.
    pub fn is_current(&self) -> bool {
        self.applied == self.known
    }
}

crate::record! { struct Applied { version: i64 } }

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (\
     migration_set TEXT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (migration_set, version))";

impl Db {
    /// Applies what is missing of `set`. Refuses a schema that is newer than this program.
    pub async fn migrate(&self, set: &'static str, migrations: &[Migration]) -> Result<MigrationStatus> {
        let mut tx = self.lock_schema().await?;
        let status = tx.migrate(set, migrations).await?;
        tx.commit().await?;
        Ok(status)
    }

    /// Takes steps back, newest first, until `set` stands at `target`.
    pub async fn migrate_down(&self, set: &'static str, migrations: &[Migration], target: i64) -> Result<()> {
        let mut tx = self.lock_schema().await?;
        tx.migrate_down(set, migrations, target).await?;
        tx.commit().await
    }

    /// Where `set` stands, without changing anything.
    pub async fn migration_status(
        &self,
        set: &'static str,
        migrations: &[Migration],
    ) -> Result<MigrationStatus> {
        let applied = match sql(NEWEST).bind(set).one::<Applied>(self).await {
            Ok(newest) => newest.version,
            Err(error) if has_no_ledger(&error) => 0,
            Err(error) => return Err(error),
        };
        Ok(MigrationStatus { applied, known: known(migrations) })
    }

    /// A transaction that holds the lock every migration holds, with the ledger in place. It may take its time.
    pub async fn lock_schema(&self) -> Result<Tx> {
        // a step on a large table may take its time, and so may whoever waits for it
        let mut tx = self.begin().await?.unhurried(time_limit::WHILE_IT_WORKS).await?;
        if matches!(tx, Tx::Postgres(..)) {
            // a schema's programs queue here, and those of no other one
            tx.script(LOCK).await?;
            tx.script(time_limit::A_MOMENT_FOR_A_TABLE).await?;
        }
        tx.script(LEDGER).await.map_err(schema_wanted)?;
        Ok(tx)
    }
}

const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), 7236837201945))";

const NEWEST: &str = "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) AS version FROM schema_migrations WHERE migration_set = $1";

impl Tx {
    /// As [`Db::migrate`], as part of a larger change; the transaction is one of [`Db::lock_schema`].
    pub async fn migrate(&mut self, set: &'static str, migrations: &[Migration]) -> Result<MigrationStatus> {
        let applied = self.schema_level(set).await?;
        let known = known(migrations);
        if applied > known {
            return Err(Error::Schema(format!(
                "the schema `{set}` is at version {applied}, this program knows only {known}: run the newer program"
            )));
        }
        for migration in migrations.iter().filter(|migration| migration.version > applied) {
            self.script(migration.up).await?;
            sql("INSERT INTO schema_migrations (migration_set, version, name) VALUES ($1, $2, $3)")
                .bind(set)
                .bind(migration.version)
                .bind(migration.name)
                .run(&mut *self)
                .await?;
        }
        Ok(MigrationStatus { applied: known, known })
    }

    /// As [`Db::migrate_down`], as part of a larger change.
    pub async fn migrate_down(
        &mut self,
        set: &'static str,
        migrations: &[Migration],
        target: i64,
    ) -> Result<()> {
        let applied = self.schema_level(set).await?;
        let back = migrations.iter().rev().filter(|m| m.version > target && m.version <= applied);
        for migration in back {
            self.script(migration.down).await?;
            sql("DELETE FROM schema_migrations WHERE migration_set = $1 AND version = $2")
                .bind(set)
                .bind(migration.version)
                .run(&mut *self)
                .await?;
        }
        Ok(())
    }

    /// The newest applied version of `set`; there is a ledger.
    pub async fn schema_level(&mut self, set: &str) -> Result<i64> {
        Ok(sql(NEWEST).bind(set).one::<Applied>(&mut *self).await?.version)
    }

    /// Runs a text of several statements.
    pub(crate) async fn script(&mut self, text: &'static str) -> Result<()> {
        match self {
            Self::Sqlite(tx) => {
                sqlx::raw_sql(text).execute(&mut **tx).await?;
            }
            Self::Postgres(tx, time_limit) => {
                time_limit.wait(sqlx::raw_sql(text).execute(&mut **tx)).await?;
            }
        }
        Ok(())
    }
}

/// Nothing was ever migrated here.
fn has_no_ledger(error: &Error) -> bool {
    let Error::Other(sqlx::Error::Database(error)) = error else { return false };
    error.code().as_deref() == Some("42P01") || error.message() == "no such table: schema_migrations"
}

/// A role without a schema has nowhere to put a table.
fn schema_wanted(error: Error) -> Error {
    match error {
        Error::Other(sqlx::Error::Database(e)) if matches!(e.code().as_deref(), Some("3F000" | "42501")) => {
            let message = "the role has no schema of its own: CREATE SCHEMA AUTHORIZATION its name makes one";
            Error::Schema(message.into())
        }
        error => error,
    }
}

fn known(migrations: &[Migration]) -> i64 {
    migrations.iter().map(|migration| migration.version).max().unwrap_or(0)
}
