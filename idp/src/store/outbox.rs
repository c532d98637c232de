//! The outbox: what has to reach somebody outside the realm, and is tried until it does (OUT-3, L4).

use database::{Db, Result, Tx, record, sql};
use protocol::stored_time::LEEWAY;

/// The next try is at most this many seconds ahead. What is put off for longer was dated by a clock ahead, and is due. So
/// is what was never tried and is dated in the future.
const LATEST_SECONDS: i64 = 24 * 3600;
/// A logout notice that a program of the release before has stored is taken over when it is overdue by this many seconds:
/// that program has ended.
const ORPHANED_SECONDS: i64 = 120;
/// How long a logout notice is of use, in seconds. Every notice is given up earlier.
const NOTICE_SECONDS: i64 = 7 * 24 * 3600;

/// The kind of a back-channel logout notice.
pub const LOGOUT: &str = "logout";
/// The kind of a mail.
pub const MAIL: &str = "mail";

record! {
    /// Something to deliver.
    #[derive(Clone)]
    pub struct Delivery {
        /// Its id. The receiver recognises by it what arrives twice.
        pub id: String,
        /// [`LOGOUT`] or [`MAIL`].
        pub kind: String,
        /// Who gets it: a client's id, or the realm's mail server.
        pub lane: String,
        /// The account that it is about; empty when there is none.
        pub subject: String,
        /// The public name of the session that ended, or the sealed mail.
        pub message: String,
        /// How often it was tried. When it was [taken](take), this time included.
        pub attempts: i64,
        /// When it is of no use any more, Unix seconds.
        pub expires_at: i64,
    }
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Delivery").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Delivery {
    /// The notice for a client that a session has ended.
    pub fn logout(id: String, client_id: String, user_id: &str, sid: &str, now: i64) -> Self {
        Self {
            id,
            kind: LOGOUT.to_owned(),
            lane: client_id,
            subject: user_id.to_owned(),
            message: sid.to_owned(),
            attempts: 0,
            expires_at: now + NOTICE_SECONDS,
        }
    }
}

/// Why a delivery is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It arrived.
    Delivered,
    /// The receiver will never take it.
    Refused,
    /// It was tried often enough.
    GivenUp,
    /// It is of no use any more.
    Late,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Refused => "refused",
            Self::GivenUp => "given_up",
            Self::Late => "late",
        }
    }
}

/// Puts something into the outbox, inside the transaction of what it is about.
pub async fn enqueue(tx: &mut Tx, delivery: &Delivery, now: i64) -> Result<()> {
    sql("INSERT INTO outbox (id, kind, lane, subject, message, created_at, attempts, next_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $6, $8)")
    .bind(&delivery.id)
    .bind(&delivery.kind)
    .bind(&delivery.lane)
    .bind(&delivery.subject)
    .bind(&delivery.message)
    .bind(now)
    .bind(delivery.attempts)
    .bind(delivery.expires_at)
    .run(tx)
    .await?;
    Ok(())
}

/// Takes over the notices that a program of the release before has left behind in its own table.
pub async fn adopt(db: &Db, now: i64) -> Result<()> {
    record! { struct Id { id: String } }
    record! { struct Row { id: String, client_id: String, user_id: String, sid: String, attempts: i64 } }
    let left: Vec<Id> = sql("SELECT id FROM logout_deliveries \
         WHERE done_at IS NULL AND next_at <= $1 ORDER BY next_at LIMIT 100")
    .bind(now - ORPHANED_SECONDS)
    .all(db)
    .await?;
    for Id { id } in left {
        let mut tx = db.begin().await?;
        let taken: Option<Row> = sql("DELETE FROM logout_deliveries \
             WHERE id = $1 AND done_at IS NULL AND next_at <= $2 \
             RETURNING id, client_id, user_id, sid, attempts")
        .bind(&id)
        .bind(now - ORPHANED_SECONDS)
        .opt(&mut tx)
        .await?;
        if let Some(row) = taken {
            // it goes on counting: each try has an id of its own, which the receiver takes once
            let delivery = Delivery {
                attempts: row.attempts,
                ..Delivery::logout(row.id, row.client_id, &row.user_id, &row.sid, now)
            };
            enqueue(&mut tx, &delivery, now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

record! {
    /// A receiver, and what kind of thing it receives.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
    pub struct Lane {
        /// [`LOGOUT`] or [`MAIL`].
        pub kind: String,
        /// Who.
        pub lane: String,
    }
}

/// The receivers for whom something is due.
pub async fn due_lanes(db: &Db, now: i64) -> Result<Vec<Lane>> {
    sql("SELECT DISTINCT kind, lane FROM outbox WHERE done_at IS NULL \
             AND (next_at <= $1 OR next_at > $2 OR (attempts = 0 AND next_at > $3))")
    .bind(now)
    .bind(now + LATEST_SECONDS)
    .bind(now + LEEWAY)
    .all(db)
    .await
}

/// What is due for a receiver: the longest waiting first, a few at a time.
pub async fn due_of(db: &Db, lane: &Lane, now: i64) -> Result<Vec<String>> {
    record! { struct Row { id: String } }
    let rows: Vec<Row> = sql("SELECT id FROM outbox WHERE done_at IS NULL \
         AND (next_at <= $1 OR next_at > $2 OR (attempts = 0 AND next_at > $3)) \
         AND kind = $4 AND lane = $5 ORDER BY next_at, id LIMIT 8")
    .bind(now)
    .bind(now + LATEST_SECONDS)
    .bind(now + LEEWAY)
    .bind(&lane.kind)
    .bind(&lane.lane)
    .all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Takes what is due for one try. No other worker gets it before `retry_at`, even if this process dies. `None` when it is
/// not due any more.
pub async fn take(db: &Db, id: &str, now: i64, retry_at: i64) -> Result<Option<Delivery>> {
    sql("UPDATE outbox SET attempts = attempts + 1, next_at = $1 \
         WHERE id = $2 AND done_at IS NULL \
         AND (next_at <= $3 OR next_at > $4 OR (attempts = 0 AND next_at > $5)) \
         RETURNING id, kind, lane, subject, message, attempts, expires_at")
    .bind(retry_at)
    .bind(id)
    .bind(now)
    .bind(now + LATEST_SECONDS)
    .bind(now + LEEWAY)
    .opt(db)
    .await
}

/// Sets the time of the next try after a failed one.
pub async fn put_off(db: &Db, id: &str, retry_at: i64) -> Result<()> {
    sql("UPDATE outbox SET next_at = $1 WHERE id = $2 AND done_at IS NULL")
        .bind(retry_at)
        .bind(id)
        .run(db)
        .await?;
    Ok(())
}

/// Ends a delivery. Its message is forgotten.
pub async fn close(db: &Db, id: &str, outcome: Outcome, now: i64) -> Result<()> {
    sql("UPDATE outbox SET done_at = $1, outcome = $2, message = '' WHERE id = $3 AND done_at IS NULL")
        .bind(now)
        .bind(outcome.as_str())
        .bind(id)
        .run(db)
        .await?;
    Ok(())
}
