//! Archives: a file that rows are copied into. It is an SQLite database in a single file, without `-wal` and `-shm`
//! files.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use crate::{
    Db, Error, Result, record, sql,
    sqlite::{OpenFile, create_private, unusable},
};

impl Db {
    /// Creates an archive that only its owner can read. An existing file is refused.
    pub fn create_archive(path: &Path) -> Result<Self> {
        create_private(path).map_err(|error| unusable(path, &error))?;
        open(path, SqliteConnectOptions::new().filename(path))
    }

    /// Opens an archive for reading, after an integrity check of every page.
    pub async fn open_archive(path: &Path) -> Result<Self> {
        record! { struct Checked { integrity_check: String } }
        let file = open(path, SqliteConnectOptions::new().filename(path).read_only(true))?;
        let checked = sql("SELECT integrity_check FROM pragma_integrity_check").opt::<Checked>(&file).await;
        match checked {
            Ok(Some(checked)) if checked.integrity_check == "ok" => Ok(file),
            // also for a file that is no database
            Ok(_) | Err(Error::Other(_)) => Err(Error::Schema("the file is damaged, or no archive".into())),
            Err(error) => Err(error),
        }
    }
}

/// Opens the file with one connection, which reads and writes.
fn open(path: &Path, options: SqliteConnectOptions) -> Result<Db> {
    let file = OpenFile::at(path)?;
    let pool = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options);
    Ok(Db::Sqlite { read: pool.clone(), write: pool, file })
}
