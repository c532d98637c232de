//! How a database is opened and how durable its commits are.

use std::time::Duration;

use sqlx::{
    Connection, PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    pool::PoolConnectionMetadata,
    postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
};

use crate::{
    DatabaseUrl, Result,
    budget::{self, ACQUIRE_TIMEOUT},
    driver, pooler, round_trip,
    sqlite::{self, OpenFile},
    stale::StaleConnections,
    time_limit::{self, TimeLimit},
};

/// A connection that was idle for longer is pinged before use: the server may have been restarted.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);

/// What an acknowledged commit survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It survives kill -9 and power loss. For every fact whose change was acknowledged.
    Full,
    /// It survives kill -9 only. For state that a person can simply produce again.
    Relaxed,
}

impl Durability {
    /// The most connections of one process to a server. A commit that waits for the disk holds its connection several
    /// times as long.
    fn most_connections(self) -> u32 {
        match self {
            Self::Full => 8,
            Self::Relaxed => 3,
        }
    }
}

/// An open database.
#[derive(Debug, Clone)]
pub enum Db {
    /// SQLite: several readers and exactly one writer. Writes queue for it, instead of failing as busy.
    Sqlite {
        /// Connections that can't write.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
        /// The file that they opened.
        file: OpenFile,
    },
    /// PostgreSQL.
    Postgres(Server),
}

/// A PostgreSQL server.
#[derive(Debug, Clone)]
pub struct Server {
    pub(crate) pool: PgPool,
    pub(crate) time_limit: TimeLimit,
}

/// A transaction; dropped without [`Tx::commit`] it is rolled back.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite's one writer.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a PostgreSQL connection.
    Postgres(Transaction<'static, Postgres>, TimeLimit),
}

impl Db {
    /// Opens the database; an SQLite file that is missing is created.
    pub async fn open(url: &DatabaseUrl, durability: Durability) -> Result<Self> {
        match url {
            DatabaseUrl::Sqlite(path) => sqlite::open(path, durability).await,
            DatabaseUrl::Postgres(server) => {
                let stale = StaleConnections::default();
                let (doubted, useless) = (stale.clone(), stale.clone());
                let options = PgPoolOptions::new()
                    .max_connections(durability.most_connections())
                    .acquire_timeout(ACQUIRE_TIMEOUT)
                    .test_before_acquire(false)
                    .before_acquire(move |connection, metadata| {
                        let doubted = doubted.include(&metadata);
                        Box::pin(async move { Ok(!doubted && alive(connection, metadata).await) })
                    })
                    // otherwise a connection to a server that hangs would keep its place in the pool until the server
                    // answers
                    .after_release(move |_, metadata| {
                        let useless = useless.include(&metadata);
                        Box::pin(async move { Ok(!useless) })
                    });
                let connecting = async {
                    let pool = options.connect_with(promising((**server).clone(), durability)).await?;
                    pooler::check(&mut *pool.acquire().await?).await?;
                    Ok(pool)
                };
                let pool = driver::guarded(connecting).await.map_err(pooler::named)?;
                Ok(Self::Postgres(Server { pool, time_limit: TimeLimit::of_a_request(stale) }))
            }
        }
    }

    /// Starts a transaction. On SQLite it holds the write lock from the beginning, because a deferred transaction can
    /// fail as busy when it turns from reading to writing.
    pub async fn begin(&self) -> Result<Tx> {
        round_trip();
        Ok(match self {
            Self::Sqlite { write, file, .. } => {
                file.check()?;
                Tx::Sqlite(budget::wait(None, write.begin_with("BEGIN IMMEDIATE"), || ()).await?)
            }
            Self::Postgres(Server { pool, time_limit }) => {
                // boxed, because its future includes connecting to the server and would make the future of every caller
                // that large
                Tx::Postgres(time_limit.wait(Box::pin(pool.begin())).await?, time_limit.clone())
            }
        })
    }

    /// Starts a read-only transaction that sees one state of the database, whatever others write meanwhile. It has no
    /// time limit.
    pub async fn snapshot(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { read, file, .. } => {
                file.check()?;
                Tx::Sqlite(read.begin_with("BEGIN").await?)
            }
            Self::Postgres(Server { pool, time_limit }) => {
                let begin = Box::pin(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
                Tx::Postgres(time_limit.wait(begin).await?, time_limit.clone())
                    .unhurried(time_limit::WITHOUT_END)
                    .await?
            }
        })
    }

    /// Closes every connection, after the statements under way have ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(server) => server.pool.close().await,
        }
    }
}

/// Sets what this crate promises and relies on for each connection, whatever the server's configuration says.
fn promising(server: PgConnectOptions, durability: Durability) -> PgConnectOptions {
    let synchronous_commit = match durability {
        Durability::Full => "on",
        Durability::Relaxed => "off",
    };
    server.application_name("realmkeep").options([
        ("synchronous_commit", synchronous_commit),
        ("default_transaction_isolation", "read committed"),
        ("statement_timeout", time_limit::AT_THE_SERVER),
        ("idle_in_transaction_session_timeout", time_limit::AT_THE_SERVER),
    ])
}

/// Whether a connection of the pool still works. One that was idle for a while is pinged.
async fn alive(connection: &mut PgConnection, metadata: PoolConnectionMetadata) -> bool {
    metadata.idle_for < TRUSTED_IDLE
        || TimeLimit::of_a_request(StaleConnections::default()).wait(connection.ping()).await.is_ok()
}

impl Tx {
    /// Commits everything that was done in the transaction.
    pub async fn commit(self) -> Result<()> {
        round_trip();
        match self {
            Self::Sqlite(tx) => budget::wait(None, tx.commit(), || ()).await?,
            Self::Postgres(tx, time_limit) => time_limit.wait(tx.commit()).await?,
        }
        Ok(())
    }

    /// Removes the time limit for the rest of the transaction: `settings` remove the server's, and this process waits
    /// without end.
    pub(crate) async fn unhurried(mut self, settings: &'static str) -> Result<Self> {
        if matches!(self, Self::Postgres(..)) {
            self.script(settings).await?;
        }
        Ok(match self {
            Self::Postgres(tx, time_limit) => Self::Postgres(tx, time_limit.without_end()),
            tx @ Self::Sqlite(_) => tx,
        })
    }
}
