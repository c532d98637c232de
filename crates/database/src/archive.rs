//! A file that rows are copied into: an SQLite database that is complete in itself, without the companions that one at
//! work has.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use crate::{
    Db, Error, Result, record, sql,
    sqlite::{OpenFile, create_private, unusable},
};

impl Db {
    /// Makes such a file, readable by its owner only. One that is there is refused.
    pub fn create_archive(path: &Path) -> Result<Self> {
        create_private(path).map_err(|error| unusable(path, &error))?;
        open(path, SqliteConnectOptions::new().filename(path))
    }

    /// Opens such a file to read it, after a look at every page of it.
    pub async fn open_archive(path: &Path) -> Result<Self> {
        record! { struct Checked { integrity_check: String } }
        let file = open(path, SqliteConnectOptions::new().filename(path).read_only(true))?;
        let checked = sql("SELECT integrity_check FROM pragma_integrity_check").opt::<Checked>(&file).await;
        match checked {
            Ok(Some(checked)) if checked.integrity_check == "ok" => Ok(file),
            // also what is no database at all
            Ok(_) | Err(Error::Other(_)) => Err(Error::Schema("the file is damaged, or no archive".into())),
            Err(error) => Err(error),
        }
    }
}

/// One connection, which reads and writes.
fn open(path: &Path, options: SqliteConnectOptions) -> Result<Db> {
    let file = OpenFile::at(path)?;
    let pool = SqlitePoolOptions::new().max_connections(1).connect_lazy_with(options);
    Ok(Db::Sqlite { read: pool.clone(), write: pool, file })
}
