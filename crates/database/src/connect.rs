//! How a database is opened and how durable its commits are.

use std::{fs::OpenOptions, io, os::unix::fs::OpenOptionsExt, path::Path, time::Duration};

use sqlx::{
    Connection, PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    pool::PoolConnectionMetadata,
    postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{DatabaseUrl, Error, Result, patience};

/// How long a caller waits for a connection before the answer is "unavailable".
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
const BUSY_PAUSE: Duration = Duration::from_millis(20);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 10;
/// A connection that nobody used for longer is asked for a sign of life first: the server may have been restarted.
const TRUSTED_IDLE: Duration = Duration::from_secs(1);

/// What an acknowledged commit survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// kill -9 and power loss: for every fact that was acknowledged.
    Full,
    /// kill -9 only: for state a person can simply start again.
    Relaxed,
}

/// An open database.
#[derive(Debug, Clone)]
pub enum Db {
    /// SQLite: many readers and exactly one writer, so writes queue instead of failing as busy.
    Sqlite {
        /// Connections that can't write.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
    },
    /// PostgreSQL.
    Postgres(PgPool),
}

/// A transaction; dropped without [`Tx::commit`] it is rolled back.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite's one writer.
    Sqlite(Transaction<'static, Sqlite>),
    /// On a PostgreSQL connection.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens (and for SQLite creates) the database.
    pub async fn open(url: &DatabaseUrl, durability: Durability) -> Result<Self> {
        match url {
            DatabaseUrl::Sqlite(path) => {
                make_private(path)?;
                let synchronous = match durability {
                    Durability::Full => SqliteSynchronous::Full,
                    Durability::Relaxed => SqliteSynchronous::Normal,
                };
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(synchronous)
                    .busy_timeout(ACQUIRE_TIMEOUT)
                    .foreign_keys(true);
                let write = open_writer(&options).await?;
                let read = SqlitePoolOptions::new()
                    .max_connections(SQLITE_READERS)
                    .acquire_timeout(ACQUIRE_TIMEOUT)
                    .connect_lazy_with(options.pragma("query_only", "ON"));
                Ok(Self::Sqlite { read, write })
            }
            DatabaseUrl::Postgres(server) => {
                let pool = PgPoolOptions::new()
                    .max_connections(POSTGRES_CONNECTIONS)
                    .acquire_timeout(ACQUIRE_TIMEOUT)
                    .test_before_acquire(false)
                    .before_acquire(|connection, metadata| Box::pin(alive(connection, metadata)))
                    .connect_with(promising((**server).clone(), durability))
                    .await?;
                Ok(Self::Postgres(pool))
            }
        }
    }

    /// Starts a transaction that holds the write lock from its first statement on: a deferred one on SQLite would
    /// fail as busy when it turns from reading to writing.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(patience::limited(pool.begin()).await?),
        })
    }

    /// Starts a transaction that sees everything as it is now, whatever others write meanwhile, and can't write. It may
    /// take its time.
    pub async fn snapshot(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin_with("BEGIN").await?),
            Self::Postgres(pool) => {
                let begin = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
                let mut tx = Tx::Postgres(patience::limited(begin).await?);
                tx.script(patience::WITHOUT_END).await?;
                tx
            }
        })
    }

    /// Closes every connection after the statements under way.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Opens the one writer. Turning a new file to WAL fails at once when another program does the same, whatever the busy
/// time-out says, so that programs that start together would die of each other (O9).
async fn open_writer(options: &SqliteConnectOptions) -> Result<SqlitePool> {
    let mut waited = Duration::ZERO;
    loop {
        let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE_TIMEOUT);
        match pool.connect_with(options.clone()).await.map_err(Error::from) {
            Err(Error::Unavailable(error)) if is_busy(&error) && waited < ACQUIRE_TIMEOUT => {
                tokio::time::sleep(BUSY_PAUSE).await;
                waited += BUSY_PAUSE;
            }
            opened => return opened,
        }
    }
}

/// SQLITE_BUSY, with whatever extends it.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 5)
}

/// What we promise and rely on doesn't depend on how a server happens to be configured.
fn promising(server: PgConnectOptions, durability: Durability) -> PgConnectOptions {
    let synchronous_commit = match durability {
        Durability::Full => "on",
        Durability::Relaxed => "off",
    };
    server.application_name("realmkeep").options([
        ("synchronous_commit", synchronous_commit),
        ("default_transaction_isolation", "read committed"),
        ("statement_timeout", patience::AT_THE_SERVER),
        ("idle_in_transaction_session_timeout", patience::AT_THE_SERVER),
    ])
}

/// Whether a connection of the pool still leads to a server.
async fn alive(connection: &mut PgConnection, metadata: PoolConnectionMetadata) -> sqlx::Result<bool> {
    Ok(metadata.idle_for < TRUSTED_IDLE || patience::limited(connection.ping()).await.is_ok())
}

/// Makes a missing file readable by its owner only; SQLite gives its companions the same mode.
fn make_private(path: &Path) -> Result<()> {
    match create_private(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(unusable(path, &error)),
        _ => Ok(()),
    }
}

/// Makes an empty file that only its owner may read.
pub(crate) fn create_private(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map(drop)
}

pub(crate) fn unusable(path: &Path, error: &io::Error) -> Error {
    Error::Address(format!("{}: {error}", path.display()))
}

impl Tx {
    /// Makes everything done in the transaction a fact.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => patience::limited(tx.commit()).await?,
        }
        Ok(())
    }
}
