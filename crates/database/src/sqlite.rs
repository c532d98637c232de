//! SQLite: a database in a file.

use std::{
    fs::{Metadata, OpenOptions},
    io,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sqlx::{
    Connection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{DatabaseUrl, Db, Durability, Error, Result, budget::ACQUIRE_TIMEOUT};

const BUSY_PAUSE: Duration = Duration::from_millis(20);
const READERS: u32 = 4;
/// The page cache of each connection: SQLite writes KiB as a negative number. Other pages are in the operating system's
/// cache, which all connections share, and which shrinks when a program needs memory.
const PAGE_CACHE: &str = "-256";

/// The path of an open file, and its identity (device and inode).
#[derive(Debug, Clone)]
pub struct OpenFile(Arc<(PathBuf, u64, u64)>);

impl OpenFile {
    pub(crate) fn at(path: &Path) -> Result<Self> {
        let there = path.metadata().map_err(|error| unusable(path, &error))?;
        Ok(Self(Arc::new((path.to_owned(), there.dev(), there.ino()))))
    }

    /// Checks that the path still leads to the open file. What is written to a file that was removed or replaced would
    /// be acknowledged, and lost when the process ends.
    pub(crate) fn check(&self) -> Result<()> {
        let (path, dev, ino) = &*self.0;
        let same = |there: &Metadata| (there.dev(), there.ino()) == (*dev, *ino);
        match path.metadata() {
            Ok(there) if same(&there) => Ok(()),
            Ok(_) => {
                Err(Error::Unavailable(io::Error::other("the file of the database was replaced").into()))
            }
            Err(error) => Err(Error::Unavailable(error.into())),
        }
    }
}

/// Opens the file, and creates it when it is missing.
pub(crate) async fn open(path: &Path, durability: Durability) -> Result<Db> {
    make_private(path)?;
    let file = OpenFile::at(path)?;
    let synchronous = match durability {
        Durability::Full => SqliteSynchronous::Full,
        Durability::Relaxed => SqliteSynchronous::Normal,
    };
    let options = SqliteConnectOptions::new()
        .filename(path)
        // a connection that the pool opens later must not create an empty database when the file was removed meanwhile
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .busy_timeout(ACQUIRE_TIMEOUT)
        .foreign_keys(true)
        .pragma("cache_size", PAGE_CACHE);
    let write = open_writer(&options).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_lazy_with(options.pragma("query_only", "ON"));
    Ok(Db::Sqlite { read, write, file })
}

/// Opens the one writer. Switching a new file to WAL fails at once when another program does the same, whatever the
/// busy time-out is. So it is tried again for a while: programs that start together must not stop each other (O9).
async fn open_writer(options: &SqliteConnectOptions) -> Result<SqlitePool> {
    let mut waited = Duration::ZERO;
    loop {
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // SQLite can roll a transaction back by itself, as on a full disk. The driver doesn't notice, and would
            // begin no other one on that connection; so it is closed. The ping runs first, and waits for work that is
            // left on the connection.
            .test_before_acquire(true)
            .before_acquire(|connection, _| {
                let sound = !connection.is_in_transaction();
                Box::pin(async move { Ok(sound) })
            });
        match pool.connect_with(options.clone()).await.map_err(Error::from) {
            Err(Error::Unavailable(error)) if is_busy(&error) && waited < ACQUIRE_TIMEOUT => {
                tokio::time::sleep(BUSY_PAUSE).await;
                waited += BUSY_PAUSE;
            }
            opened => return opened,
        }
    }
}

/// Whether the code is SQLITE_BUSY or one of its extended codes.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 5)
}

/// Creates a missing file, readable by its owner only; SQLite gives its `-wal` and `-shm` files the same mode. If only
/// the file is missing, but not its `-wal` file, it was lost: an error.
fn make_private(path: &Path) -> Result<()> {
    if !path.exists() && companion(path, "-wal").exists() {
        let text = "the file is missing, although its -wal file is there: restore both from a backup";
        return Err(Error::Address(format!("{}: {text}", path.display())));
    }
    match create_private(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(unusable(path, &error)),
        _ => Ok(()),
    }
}

/// Checks that the database of facts was not lost. `other` is created after it: when only `other` exists, the program
/// has run before, and must not start on an empty database.
///
/// # Errors
/// The file of the facts is missing, and the other one exists.
pub fn check_not_lost(facts: &DatabaseUrl, other: &DatabaseUrl) -> Result<()> {
    let (DatabaseUrl::Sqlite(facts), DatabaseUrl::Sqlite(other)) = (facts, other) else { return Ok(()) };
    if facts.exists() || !other.exists() {
        return Ok(());
    }
    let (facts, other) = (facts.display(), other.display());
    Err(Error::Address(format!(
        "{facts} is missing, although {other} is there: restore it from a backup, or remove that one too to start \
         with nothing"
    )))
}

/// Removes the `-wal` and `-shm` files that SQLite keeps beside a file. They are worth nothing without it.
pub fn remove_companions(file: &Path) {
    for end in ["-wal", "-shm"] {
        // usually there is none
        let _ = std::fs::remove_file(companion(file, end));
    }
}

fn companion(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Creates an empty file that only its owner may read.
pub(crate) fn create_private(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map(drop)
}

pub(crate) fn unusable(path: &Path, error: &io::Error) -> Error {
    Error::Address(format!("{}: {error}", path.display()))
}
