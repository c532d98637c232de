//! Everything that a realm stores. This is the only place of this crate with SQL.
//!
//! Functions are named after what happens (`claim`, `advance`, `end`). What must happen once is one guarded statement,
//! whose `RETURNING` or row count tells which request succeeded. A `Store` belongs to one realm: there is no realm
//! column, and no way to name another realm's rows.

pub mod addresses;
pub mod apps;
pub mod archive;
pub mod attempts;
pub mod audit;
pub mod clocks;
pub mod consents;
pub mod deletions;
pub mod directory;
pub mod factors;
pub mod form_outcomes;
pub mod grants;
pub mod identities;
pub mod issued;
pub mod keys;
pub mod mailed_links;
pub mod migrations;
pub mod not_before;
pub mod outbox;
pub mod passkey_prompts;
pub mod passkeys;
pub mod pending;
pub mod pending_upstream;
pub mod reaper;
pub mod restored;
pub mod servers;
pub mod sessions;
pub mod setup_links;
pub mod standing;
pub mod transfer;
pub mod trusted_browsers;
pub mod user_roles;
pub mod users;

use std::path::PathBuf;

use database::{DatabaseUrl, Db, Durability, MigrationStatus, Result, sql};

/// A realm's databases.
#[derive(Debug, Clone)]
pub struct Store {
    /// Facts: what was acknowledged survives kill -9 and power loss.
    pub facts: Db,
    /// Pending state: half-finished sign-ins, which a person can simply start again.
    pub pending: Db,
}

impl Store {
    /// Opens both databases and migrates their schemas.
    pub async fn open(url: &DatabaseUrl) -> Result<Self> {
        let store = Self::connect(url).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens both databases as they are. On SQLite the pending state has a file of its own beside the facts. On
    /// PostgreSQL it is in the same schema, and its connections commit without waiting for the disk.
    pub async fn connect(url: &DatabaseUrl) -> Result<Self> {
        database::check_not_lost(url, &pending_url(url))?;
        let facts = Db::open(url, Durability::Full).await?;
        let pending = Db::open(&pending_url(url), Durability::Relaxed).await?;
        Ok(Self { facts, pending })
    }

    /// Opens the facts alone, as they are, to replace them. If the file was lost, what is left beside it is removed:
    /// its log is worth nothing without it.
    pub async fn connect_facts(url: &DatabaseUrl) -> Result<Db> {
        if let Some(missing) = missing_file(url) {
            database::remove_companions(&missing);
        }
        Db::open(url, Durability::Full).await
    }

    /// Opens the pending state alone; `None` if it doesn't exist or has no table of servers yet.
    pub async fn connect_pending(url: &DatabaseUrl) -> Result<Option<Db>> {
        let url = pending_url(url);
        if missing_file(&url).is_some() {
            return Ok(None);
        }
        let pending = Db::open(&url, Durability::Relaxed).await?;
        let level = pending.migration_status(migrations::PENDING_SET, migrations::PENDING).await?;
        Ok((level.applied >= migrations::SERVERS).then_some(pending))
    }

    /// Closes both databases after the statements under way.
    pub async fn close(&self) {
        self.facts.close().await;
        self.pending.close().await;
    }

    /// Migrates both schemas to this program's version.
    pub async fn migrate(&self) -> Result<()> {
        self.facts.migrate(migrations::FACTS_SET, migrations::FACTS).await?;
        addresses::settle(&self.facts).await?;
        self.pending.migrate(migrations::PENDING_SET, migrations::PENDING).await?;
        Ok(())
    }

    /// The schema versions of the facts and of the pending state.
    pub async fn levels(&self) -> Result<[MigrationStatus; 2]> {
        Ok([
            self.facts.migration_status(migrations::FACTS_SET, migrations::FACTS).await?,
            self.pending.migration_status(migrations::PENDING_SET, migrations::PENDING).await?,
        ])
    }

    /// Takes the facts' schema back to an earlier version, and removes that of the pending state: the next program
    /// makes it as it needs it. Only things that a person can start again are lost by that.
    pub async fn migrate_down(&self, version: i64) -> Result<()> {
        self.pending.migrate_down(migrations::PENDING_SET, migrations::PENDING, 0).await?;
        self.facts.migrate_down(migrations::FACTS_SET, migrations::FACTS, version).await
    }

    /// Writes a fact, to see whether that is possible: a read-only database would answer every query.
    pub async fn probe_write(&self, now: i64) -> Result<()> {
        attempts::touch_probe(&self.facts, now).await
    }

    /// Writes pending state, to see whether that is possible.
    pub async fn probe_pending(&self, now: i64) -> Result<()> {
        pending::begin_setup(&self.pending, "probe", "", "", now).await
    }

    /// Whether the realm has any account.
    pub async fn has_users(&self) -> Result<bool> {
        database::record! { struct Counted { n: i64 } }
        Ok(sql("SELECT COUNT(*) AS n FROM users").one::<Counted>(&self.facts).await?.n > 0)
    }
}

/// The file of the facts, if the database is a file and it does not exist.
pub fn missing_file(url: &DatabaseUrl) -> Option<PathBuf> {
    match url {
        DatabaseUrl::Sqlite(path) if !path.exists() => Some(path.clone()),
        _ => None,
    }
}

/// The URL of the pending state of the realm with that database of facts.
pub fn pending_url(facts: &DatabaseUrl) -> DatabaseUrl {
    match facts {
        DatabaseUrl::Sqlite(path) => DatabaseUrl::Sqlite(path.with_extension("pending.db")),
        DatabaseUrl::Postgres(_) => facts.clone(),
    }
}

/// The text for a JSON column; `null` for a value that has no JSON form.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
