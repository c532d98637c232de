//! The outbox of back-channel logout (OUT-3, L4).

use database::{Db, Result, Tx, record, sql};
use protocol::stored_time::LEEWAY;

/// The next try is at most this many seconds ahead. A notice that is put off for longer was dated by a clock ahead, and
/// is due. So is a notice that was never tried and is dated in the future.
const LATEST_SECONDS: i64 = 24 * 3600;

record! {
    /// A notice to deliver.
    #[derive(Debug, Clone)]
    pub struct Delivery {
        /// The notice's id; the `jti` of each logout token begins with it.
        pub id: String,
        /// The client to notify.
        pub client_id: String,
        /// The account that signed out.
        pub user_id: String,
        /// The public name of the session that ended.
        pub sid: String,
        /// How often it was tried, this time included.
        pub attempts: i64,
    }
}

/// Puts a notice into the outbox, inside the transaction that ends the session.
pub async fn enqueue(tx: &mut Tx, delivery: &Delivery, now: i64) -> Result<()> {
    sql("INSERT INTO logout_deliveries (id, client_id, user_id, sid, created_at, attempts, next_at) \
         VALUES ($1, $2, $3, $4, $5, 0, $5)")
    .bind(&delivery.id)
    .bind(&delivery.client_id)
    .bind(&delivery.user_id)
    .bind(&delivery.sid)
    .bind(now)
    .run(tx)
    .await?;
    Ok(())
}

/// The clients that have a notice due.
pub async fn due_clients(db: &Db, now: i64) -> Result<Vec<String>> {
    record! { struct Row { client_id: String } }
    let rows: Vec<Row> = sql("SELECT DISTINCT client_id FROM logout_deliveries WHERE done_at IS NULL \
             AND (next_at <= $1 OR next_at > $2 OR (attempts = 0 AND next_at > $3))")
    .bind(now)
    .bind(now + LATEST_SECONDS)
    .bind(now + LEEWAY)
    .all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.client_id).collect())
}

/// The notices that are due for a client: the longest waiting first, a few at a time.
pub async fn due_of(db: &Db, client_id: &str, now: i64) -> Result<Vec<String>> {
    record! { struct Row { id: String } }
    let rows: Vec<Row> = sql("SELECT id FROM logout_deliveries WHERE done_at IS NULL \
         AND (next_at <= $1 OR next_at > $3 OR (attempts = 0 AND next_at > $4)) \
         AND client_id = $2 ORDER BY next_at, id LIMIT 8")
    .bind(now)
    .bind(client_id)
    .bind(now + LATEST_SECONDS)
    .bind(now + LEEWAY)
    .all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Takes a due notice for one try. No other worker gets it before `retry_at`, even if this process dies. `None` when it
/// is not due any more.
pub async fn take(db: &Db, id: &str, now: i64, retry_at: i64) -> Result<Option<Delivery>> {
    sql("UPDATE logout_deliveries SET attempts = attempts + 1, next_at = $1 \
         WHERE id = $2 AND done_at IS NULL \
         AND (next_at <= $3 OR next_at > $4 OR (attempts = 0 AND next_at > $5)) \
         RETURNING id, client_id, user_id, sid, attempts")
    .bind(retry_at)
    .bind(id)
    .bind(now)
    .bind(now + LATEST_SECONDS)
    .bind(now + LEEWAY)
    .opt(db)
    .await
}

/// Sets the time of a failed notice's next try.
pub async fn put_off(db: &Db, id: &str, retry_at: i64) -> Result<()> {
    sql("UPDATE logout_deliveries SET next_at = $1 WHERE id = $2 AND done_at IS NULL")
        .bind(retry_at)
        .bind(id)
        .run(db)
        .await?;
    Ok(())
}

/// Closes a notice: delivered, or given up.
pub async fn close(db: &Db, id: &str, now: i64) -> Result<()> {
    sql("UPDATE logout_deliveries SET done_at = $1 WHERE id = $2").bind(now).bind(id).run(db).await?;
    Ok(())
}
