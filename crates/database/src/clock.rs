//! What time the database has.

use crate::{Db, Result, record, sql};

impl Db {
    /// The time of the server's clock, Unix seconds; none where the database is a file.
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
