//! The newest times that were stored.

use database::{Db, Result, record, sql};

/// The newest time of an audit event, or of a sign-in whose session was not ended, by the clock that stored it. Unix
/// seconds; 0 when there is none yet.
pub async fn newest_stored(db: &Db) -> Result<i64> {
    record! { struct Row { newest: i64 } }
    let mut newest = 0;
    for statement in [
        sql("SELECT COALESCE(MAX(happened_at), 0) AS newest FROM audit_events"),
        sql("SELECT COALESCE(MAX(auth_time), 0) AS newest FROM sessions WHERE ended_at IS NULL"),
    ] {
        newest = newest.max(statement.one::<Row>(db).await?.newest);
    }
    Ok(newest)
}
