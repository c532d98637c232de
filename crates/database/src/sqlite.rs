//! A database that is a file.

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
/// Memory for pages, of each connection, in SQLite's way of saying KiB. What isn't there is in the system's page cache,
/// which all connections share and which gives way when somebody needs memory.
const PAGE_CACHE: &str = "-256";

/// Which file was opened under a path.
#[derive(Debug, Clone)]
pub struct OpenFile(Arc<(PathBuf, u64, u64)>);

impl OpenFile {
    pub(crate) fn at(path: &Path) -> Result<Self> {
        let there = path.metadata().map_err(|error| unusable(path, &error))?;
        Ok(Self(Arc::new((path.to_owned(), there.dev(), there.ino()))))
    }

    /// That the path still leads to the file that is open: what is written into one that was removed or replaced would
    /// be acknowledged, and gone with the process.
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

/// Opens the file, which is made when nothing was there.
pub(crate) async fn open(path: &Path, durability: Durability) -> Result<Db> {
    make_private(path)?;
    let file = OpenFile::at(path)?;
    let synchronous = match durability {
        Durability::Full => SqliteSynchronous::Full,
        Durability::Relaxed => SqliteSynchronous::Normal,
    };
    let options = SqliteConnectOptions::new()
        .filename(path)
        // connections come and go; a later one must not find an empty database where the file was removed
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

/// Opens the one writer. Turning a new file to WAL fails at once when another program does the same, whatever the busy
/// time-out says, so that programs that start together would die of each other (O9).
async fn open_writer(options: &SqliteConnectOptions) -> Result<SqlitePool> {
    let mut waited = Duration::ZERO;
    loop {
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            // A transaction that SQLite took back by itself, as on a full disk, goes on for the driver, which would begin
            // no other one. The ping that comes first waits for what was left to do on the connection.
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

/// SQLITE_BUSY, with whatever extends it.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == 5)
}

/// Makes a missing file readable by its owner only; SQLite gives its companions the same mode. A file that is missing
/// while its log is there was lost, not never made.
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

/// That facts were not lost: whoever has made `other`, which comes after them, has been at work, and must not start on an
/// empty database.
///
/// # Errors
/// When the file of the facts is missing and the other one isn't.
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

/// Removes what SQLite keeps beside a file, which is worth nothing without it.
pub fn remove_companions(file: &Path) {
    for end in ["-wal", "-shm"] {
        // mostly there is none
        let _ = std::fs::remove_file(companion(file, end));
    }
}

fn companion(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Makes an empty file that only its owner may read.
pub(crate) fn create_private(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map(drop)
}

pub(crate) fn unusable(path: &Path, error: &io::Error) -> Error {
    Error::Address(format!("{}: {error}", path.display()))
}
