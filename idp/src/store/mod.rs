//! Everything a realm remembers: the only place of this crate with SQL.
//!
//! Functions are named after what happens (`claim`, `advance`, `end`). What must happen once is one guarded statement
//! whose `RETURNING` tells the winner. A `Store` is one realm's: there is no realm column, and no other realm's rows
//! can be named.

pub mod addresses;
pub mod archive;
pub mod attempts;
pub mod audit;
pub mod clocks;
pub mod consents;
pub mod directory;
pub mod factors;
pub mod form_outcomes;
pub mod grants;
pub mod issued;
pub mod keys;
pub mod logout;
pub mod migrations;
pub mod not_before;
pub mod pending;
pub mod reaper;
pub mod restored;
pub mod servers;
pub mod sessions;
pub mod setup_links;
pub mod standing;
pub mod user_roles;
pub mod users;

use std::path::PathBuf;

use database::{DatabaseUrl, Db, Durability, MigrationStatus, Result, sql};

/// A realm's databases.
#[derive(Debug, Clone)]
pub struct Store {
    /// Facts: what was acknowledged survives kill -9 and power loss.
    pub facts: Db,
    /// Half-finished sign-ins: what a person can simply start again.
    pub pending: Db,
}

impl Store {
    /// Opens both and brings their schemas up.
    pub async fn open(url: &DatabaseUrl) -> Result<Self> {
        let store = Self::connect(url).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens both as they are. On SQLite the pending state has a file of its own beside the facts; on PostgreSQL it lies
    /// in the same schema, and is reached by connections whose commits don't wait for the disk.
    pub async fn connect(url: &DatabaseUrl) -> Result<Self> {
        database::check_not_lost(url, &pending_url(url))?;
        let facts = Db::open(url, Durability::Full).await?;
        let pending = Db::open(&pending_url(url), Durability::Relaxed).await?;
        Ok(Self { facts, pending })
    }

    /// Opens the facts alone, as they are, to put others in their place. What is left of a file that was lost makes no
    /// difference then: its log is worth nothing without it.
    pub async fn connect_facts(url: &DatabaseUrl) -> Result<Db> {
        if let Some(missing) = missing_file(url) {
            database::remove_companions(&missing);
        }
        Db::open(url, Durability::Full).await
    }

    /// Opens what is half-finished alone, if it is there and knows who serves the realm.
    pub async fn connect_pending(url: &DatabaseUrl) -> Result<Option<Db>> {
        let url = pending_url(url);
        if missing_file(&url).is_some() {
            return Ok(None);
        }
        let pending = Db::open(&url, Durability::Relaxed).await?;
        let level = pending.migration_status(migrations::PENDING_SET, migrations::PENDING).await?;
        Ok((level.applied >= migrations::SERVERS).then_some(pending))
    }

    /// Closes both after the statements under way.
    pub async fn close(&self) {
        self.facts.close().await;
        self.pending.close().await;
    }

    /// Brings both schemas up.
    pub async fn migrate(&self) -> Result<()> {
        self.facts.migrate(migrations::FACTS_SET, migrations::FACTS).await?;
        addresses::settle(&self.facts).await?;
        self.pending.migrate(migrations::PENDING_SET, migrations::PENDING).await?;
        Ok(())
    }

    /// Where the schemas of the facts and of the pending state stand.
    pub async fn levels(&self) -> Result<[MigrationStatus; 2]> {
        Ok([
            self.facts.migration_status(migrations::FACTS_SET, migrations::FACTS).await?,
            self.pending.migration_status(migrations::PENDING_SET, migrations::PENDING).await?,
        ])
    }

    /// Takes the facts' schema back to an earlier version, and the pending state's to nothing: whichever program comes
    /// makes it as it knows it, and nothing is lost that can't be started again.
    pub async fn migrate_down(&self, version: i64) -> Result<()> {
        self.pending.migrate_down(migrations::PENDING_SET, migrations::PENDING, 0).await?;
        self.facts.migrate_down(migrations::FACTS_SET, migrations::FACTS, version).await
    }

    /// Whether a fact could be written now: a real write, since a read-only database answers every question well.
    pub async fn probe_write(&self, now: i64) -> Result<()> {
        attempts::touch_probe(&self.facts, now).await
    }

    /// Whether half-finished sign-ins can be kept now.
    pub async fn probe_pending(&self, now: i64) -> Result<()> {
        pending::begin_setup(&self.pending, "probe", "", "", now).await
    }

    /// Whether anybody has an account here.
    pub async fn has_users(&self) -> Result<bool> {
        database::record! { struct Counted { n: i64 } }
        Ok(sql("SELECT COUNT(*) AS n FROM users").one::<Counted>(&self.facts).await?.n > 0)
    }
}

/// The file of the facts, when it is not there.
pub fn missing_file(url: &DatabaseUrl) -> Option<PathBuf> {
    match url {
        DatabaseUrl::Sqlite(path) if !path.exists() => Some(path.clone()),
        _ => None,
    }
}

/// Where the pending state of the realm with that database lies.
pub fn pending_url(facts: &DatabaseUrl) -> DatabaseUrl {
    match facts {
        DatabaseUrl::Sqlite(path) => DatabaseUrl::Sqlite(path.with_extension("pending.db")),
        DatabaseUrl::Postgres(_) => facts.clone(),
    }
}

/// A JSON column: what cannot be read back is a defect of the database's content, not an answer.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}
