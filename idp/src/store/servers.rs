//! The servers of the realm. Each one increments a counter. A growing counter shows a running server without any clock,
//! so a killed server is not mistaken for one, and a wrong clock does no harm.

use database::{Db, Result, record, sql};

record! {
    /// A server and its counter.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Beat {
        /// Its id, new at every start.
        pub id: String,
        /// The counter, which grows while the server runs.
        pub beat: i64,
    }
}

/// Increments a server's counter.
pub async fn beat(pending: &Db, id: &str, now: i64) -> Result<()> {
    sql("INSERT INTO servers (id, beat, seen_at) VALUES ($1, 1, $2) \
         ON CONFLICT (id) DO UPDATE SET beat = servers.beat + 1, seen_at = excluded.seen_at")
    .bind(id)
    .bind(now)
    .run(pending)
    .await?;
    Ok(())
}

/// Removes the counter of a server that stops.
pub async fn leave(pending: &Db, id: &str) -> Result<()> {
    sql("DELETE FROM servers WHERE id = $1").bind(id).run(pending).await?;
    Ok(())
}

/// The counters of all servers, including killed ones.
pub async fn beats(pending: &Db) -> Result<Vec<Beat>> {
    sql("SELECT id, beat FROM servers ORDER BY id").all(pending).await
}
