//! Everything a realm remembers: the only place of this crate with SQL.
//!
//! Functions are named after what happens (`claim`, `advance`, `end`). What must happen once is one guarded statement
//! whose `RETURNING` tells the winner. A `Store` is one realm's: there is no realm column, and no other realm's rows
//! can be named.

pub mod attempts;
pub mod audit;
pub mod consents;
pub mod factors;
pub mod grants;
pub mod keys;
pub mod logout;
pub mod migrations;
pub mod pending;
pub mod reaper;
pub mod sessions;
pub mod setup_links;
pub mod users;

use database::{DatabaseUrl, Db, Durability, Result, sql};

/// A realm's databases.
#[derive(Debug, Clone)]
pub struct Store {
    /// Facts: what was acknowledged survives kill -9 and power loss.
    pub facts: Db,
    /// Half-finished sign-ins: what a person can simply start again.
    pub pending: Db,
}

impl Store {
    /// Opens both and brings their schemas up. On SQLite the pending state has a file of its own beside the facts;
    /// on PostgreSQL it lies in the same schema.
    pub async fn open(url: &DatabaseUrl) -> Result<Self> {
        let facts = Db::open(url, Durability::Full).await?;
        let pending = match url {
            DatabaseUrl::Sqlite(_) => Db::open(&pending_url(url), Durability::Relaxed).await?,
            DatabaseUrl::Postgres(_) => facts.clone(),
        };
        facts.migrate(migrations::FACTS_SET, migrations::FACTS).await?;
        pending.migrate(migrations::PENDING_SET, migrations::PENDING).await?;
        Ok(Self { facts, pending })
    }

    /// Whether a fact could be written now: a real write, since a read-only database answers every question well.
    pub async fn probe_write(&self, now: i64) -> Result<()> {
        attempts::touch_probe(&self.facts, now).await
    }

    /// Whether half-finished sign-ins can be kept now.
    pub async fn probe_pending(&self) -> Result<()> {
        pending::end_enrolment(&self.pending, "probe").await
    }

    /// Whether anybody has an account here.
    pub async fn has_users(&self) -> Result<bool> {
        database::record! { struct Counted { n: i64 } }
        Ok(sql("SELECT COUNT(*) AS n FROM users").one::<Counted>(&self.facts).await?.n > 0)
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
