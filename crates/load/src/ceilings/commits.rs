//! How many durable commits of one row a database makes, for as many callers.

use std::path::Path;

use database::{DatabaseUrl, Db, Durability, Migration, sql};

use crate::{
    http::Failure,
    operations::Setting,
    work::{self, Progress, Work},
};

const MIGRATIONS: &[Migration] = &[Migration {
    version: 1,
    name: "counters",
    up: "CREATE TABLE counters (id BIGINT PRIMARY KEY, count BIGINT NOT NULL)",
    down: "DROP TABLE counters",
}];

struct Committing {
    db: Db,
    id: i64,
}

impl Work for Committing {
    async fn once(&mut self) -> Result<Progress, Failure> {
        let done =
            sql("UPDATE counters SET count = count + 1 WHERE id = $1").bind(self.id).run(&self.db).await;
        done.map(|_| Progress::Done).map_err(|error| Failure::unexpected(error.to_string()))
    }
}

/// Commits per second on SQLite, in a file below a folder that the measured databases are in too.
pub async fn sqlite(folder: &Path, setting: &Setting) -> anyhow::Result<f64> {
    rate(&DatabaseUrl::Sqlite(folder.join("ceiling.db")), setting).await
}

/// Commits per second at an address.
pub async fn rate(address: &DatabaseUrl, setting: &Setting) -> anyhow::Result<f64> {
    let db = Db::open(address, Durability::Full).await?;
    db.migrate("ceiling", MIGRATIONS).await?;
    let mut workers = Vec::new();
    for n in 0..setting.connections {
        let id = i64::try_from(n)?;
        sql("INSERT INTO counters (id, count) VALUES ($1, 0)").bind(id).run(&db).await?;
        workers.push(Committing { db: db.clone(), id });
    }
    let measured = work::measure(workers, setting.duration, None).await;
    db.close().await;
    Ok(measured.rate())
}
