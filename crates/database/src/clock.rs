//! The clock of the database server.

use crate::{Db, Result, record, sql};

impl Db {
    /// The server's time in Unix seconds; `None` when the database is a file.
    pub async fn clock(&self) -> Result<Option<i64>> {
        record! { struct Time { seconds: i64 } }
        if matches!(self, Self::Sqlite { .. }) {
            return Ok(None);
        }
        let time: Time =
            sql("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS BIGINT) AS seconds").one(self).await?;
        Ok(Some(time.seconds))
    }
}
