//! Who serves the realm. Each server counts; that somebody counts on is seen without a clock, so that neither a killed
//! server nor a wrong clock is taken for one at work.

use database::{Db, Result, record, sql};

record! {
    /// A server and how far it has counted.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Beat {
        /// Its id, new at every start.
        pub id: String,
        /// Counted up while it serves.
        pub beat: i64,
    }
}

/// Counts on.
pub async fn beat(pending: &Db, id: &str, now: i64) -> Result<()> {
    sql("INSERT INTO servers (id, beat, seen_at) VALUES ($1, 1, $2) \
         ON CONFLICT (id) DO UPDATE SET beat = servers.beat + 1, seen_at = excluded.seen_at")
    .bind(id)
    .bind(now)
    .run(pending)
    .await?;
    Ok(())
}

/// Ends the count of a server that stops.
pub async fn leave(pending: &Db, id: &str) -> Result<()> {
    sql("DELETE FROM servers WHERE id = $1").bind(id).run(pending).await?;
    Ok(())
}

/// Where all of them stand, killed ones included.
pub async fn beats(pending: &Db) -> Result<Vec<Beat>> {
    sql("SELECT id, beat FROM servers ORDER BY id").all(pending).await
}
