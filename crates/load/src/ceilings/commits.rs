//! How many durable commits of one row a database makes, for as many callers. It is asked directly: nothing of how this
//! product uses it is in between.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use database::sqlx::{
    Connection, PgConnection, SqliteConnection, query,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use tokio::sync::Mutex;

use crate::{
    http::Failure,
    operations::Setting,
    work::{self, Progress, Work},
};

const TABLE: &str = "CREATE TABLE counters (id BIGINT PRIMARY KEY, count BIGINT NOT NULL)";
const ROW: &str = "INSERT INTO counters (id, count) VALUES ($1, 0)";
const COMMIT: &str = "UPDATE counters SET count = count + 1 WHERE id = $1";

/// Where somebody commits.
enum To {
    /// A file has one writer, whom all callers share.
    Sqlite(Arc<Mutex<SqliteConnection>>),
    Postgres(PgConnection),
}

struct Committing {
    to: To,
    id: i64,
}

impl Work for Committing {
    async fn once(&mut self) -> Result<Progress, Failure> {
        let done = match &mut self.to {
            To::Sqlite(writer) => {
                query(COMMIT).bind(self.id).execute(&mut *writer.lock().await).await.map(drop)
            }
            To::Postgres(server) => query(COMMIT).bind(self.id).execute(server).await.map(drop),
        };
        done.map(|()| Progress::Done).map_err(|error| Failure::unexpected(error.to_string()))
    }
}

/// Commits per second on SQLite, in a file below a folder that the measured databases are in too.
pub async fn sqlite(folder: &Path, setting: &Setting) -> anyhow::Result<f64> {
    let options = SqliteConnectOptions::new().filename(folder.join("ceiling.db")).create_if_missing(true);
    let durable = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let mut writer = SqliteConnection::connect_with(&durable).await?;
    query(TABLE).execute(&mut writer).await?;
    for id in ids(setting) {
        query(ROW).bind(id).execute(&mut writer).await?;
    }
    let writer = Arc::new(Mutex::new(writer));
    rate(ids(setting).map(|id| Committing { to: To::Sqlite(Arc::clone(&writer)), id }).collect(), setting)
        .await
}

/// Commits per second on a PostgreSQL server.
pub async fn postgres(address: &str, setting: &Setting) -> anyhow::Result<f64> {
    let mut first = PgConnection::connect(address).await?;
    query(TABLE).execute(&mut first).await?;
    let mut workers = Vec::new();
    for id in ids(setting) {
        let mut server = PgConnection::connect(address).await?;
        query(ROW).bind(id).execute(&mut server).await?;
        workers.push(Committing { to: To::Postgres(server), id });
    }
    rate(workers, setting).await
}

/// Each caller has a row of its own.
fn ids(setting: &Setting) -> impl Iterator<Item = i64> {
    (0..).take(setting.connections)
}

async fn rate(workers: Vec<Committing>, setting: &Setting) -> anyhow::Result<f64> {
    work::measure(workers, setting.duration, None).await.flawless_rate().context("commits of the machine")
}
