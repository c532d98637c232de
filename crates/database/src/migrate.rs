//! Bringing a schema up and down.
//!
//! All pending steps run in one transaction, which takes the database's write lock first. So any number of programs may
//! start at once on an empty database, and a program that is killed leaves nothing half done: the lock ends with its
//! connection, and there is no marker row to clean up.

use crate::{Db, Error, Result, Tx, sql, time_limit};

/// One reversible step of a schema, in SQL for PostgreSQL (TEXT and BIGINT columns only) that SQLite understands as
/// well.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its place in the order, from 1 without gaps.
    pub version: i64,
    /// What it does, in a few words.
    pub name: &'static str,
    /// The statements that apply it.
    pub up: &'static str,
    /// The statements that take it back.
    pub down: &'static str,
}

/// The version of a schema, and the one this program needs.
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
    /// Applies the missing steps of `set`. A schema that is newer than this program is an error.
    pub async fn migrate(&self, set: &'static str, migrations: &[Migration]) -> Result<MigrationStatus> {
        let mut tx = self.lock_schema().await?;
        let status = tx.migrate(set, migrations).await?;
        tx.commit().await?;
        Ok(status)
    }

    /// Reverts steps, newest first, until `set` is at version `target`.
    pub async fn migrate_down(&self, set: &'static str, migrations: &[Migration], target: i64) -> Result<()> {
        let mut tx = self.lock_schema().await?;
        tx.migrate_down(set, migrations, target).await?;
        tx.commit().await
    }

    /// The version of `set`. This changes nothing.
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

    /// Starts a transaction that holds the lock of all migrations, and creates a missing `schema_migrations`. While it
    /// works it has no time limit.
    pub async fn lock_schema(&self) -> Result<Tx> {
        // a step on a large table can take long, and then other programs wait long for the lock
        let mut tx = self.begin().await?.unhurried(time_limit::WHILE_IT_WORKS).await?;
        if matches!(tx, Tx::Postgres(..)) {
            // programs with the same schema wait for each other here; those with another schema don't
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

    /// The newest applied version of `set`. The table `schema_migrations` must exist.
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

/// Whether `schema_migrations` is missing, because nothing was ever migrated here.
fn has_no_ledger(error: &Error) -> bool {
    let Error::Other(sqlx::Error::Database(error)) = error else { return false };
    error.code().as_deref() == Some("42P01") || error.message() == "no such table: schema_migrations"
}

/// Explains the error of a role that has no schema to create tables in.
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
