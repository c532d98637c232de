//! Idempotency keys: a request that must not run twice (R3).
//!
//! The first request with a key claims it. Its answer is stored in the transaction that does the work, so there is
//! never work without an answer or an answer without work. A claim is only held for a lease: if a program dies between
//! the claim and the transaction, the key is blocked no longer than that.

use database::{Db, Result, Sql, Tx, record, sql};

/// How long an answer is kept, in seconds.
pub const KEPT: i64 = 24 * 60 * 60;
/// Seconds after which another request may take over the key of an unfinished one.
pub const LEASE: i64 = 30;
/// How far the clocks of two replicas may differ, in seconds. A claim further in the future was dated by a wrong clock,
/// and must not block its key until then: another request may take it over. Its first holder notices that before it
/// does the work.
const CLOCKS_APART: i64 = 60;

/// The key of a request: its sender, the text that the sender chose, and a hash of the body.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// The sender. Keys of different owners are independent.
    pub owner: &'a str,
    /// The text that the sender chose.
    pub key: &'a str,
    /// Hash of the body.
    pub body_hash: &'a str,
}

/// The state of a key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// The key is claimed for this request, because it is new, or its lease or storage time is over.
    Mine,
    /// The work is done; this is the stored answer.
    Answered(String),
    /// Another request with this key is under way.
    InFlight,
    /// The key was used with another body.
    OtherBody,
}

record! { struct Claimed { claim: String } }
record! { struct Stored { body_hash: String, answer: Option<String> } }

/// Claims the key for this request; `claim` is a fresh random text.
pub(crate) async fn claim(db: &Db, key: &Key<'_>, claim: &str, now: i64) -> Result<Claim> {
    let claimed = sql("INSERT INTO idempotency_keys (owner, request_key, body_hash, claim, claimed_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (owner, request_key) DO UPDATE SET \
         body_hash = excluded.body_hash, claim = excluded.claim, claimed_at = excluded.claimed_at, answer = NULL \
         WHERE idempotency_keys.claimed_at <= $6 \
         OR (idempotency_keys.answer IS NULL \
         AND (idempotency_keys.claimed_at <= $7 OR idempotency_keys.claimed_at > $8)) RETURNING claim")
    .bind(key.owner)
    .bind(key.key)
    .bind(key.body_hash)
    .bind(claim)
    .bind(now)
    .bind(now - KEPT)
    .bind(now - LEASE)
    .bind(now + CLOCKS_APART)
    .opt::<Claimed>(db)
    .await?;
    if claimed.is_some() {
        return Ok(Claim::Mine);
    }
    let stored = sql("SELECT body_hash, answer FROM idempotency_keys WHERE owner = $1 AND request_key = $2")
        .bind(key.owner)
        .bind(key.key)
        .opt::<Stored>(db)
        .await?;
    Ok(match stored {
        Some(stored) if stored.body_hash != key.body_hash => Claim::OtherBody,
        Some(Stored { answer: Some(answer), .. }) => Claim::Answered(answer),
        // without a row: the other request released the key between the two statements; the client may retry
        _ => Claim::InFlight,
    })
}

/// Locks the claim in the transaction that does the work; `false` when another request has taken the key over.
pub(crate) async fn hold(tx: &mut Tx, key: &Key<'_>, claim: &str) -> Result<bool> {
    let held = sql("UPDATE idempotency_keys SET claim = $3 \
         WHERE owner = $1 AND request_key = $2 AND claim = $3 AND answer IS NULL")
    .bind(key.owner)
    .bind(key.key)
    .bind(claim)
    .run(tx)
    .await?;
    Ok(held == 1)
}

/// Stores the answer in the transaction that does the work.
pub(crate) async fn answer(tx: &mut Tx, key: &Key<'_>, answer: &str) -> Result<()> {
    sql("UPDATE idempotency_keys SET answer = $3 WHERE owner = $1 AND request_key = $2")
        .bind(key.owner)
        .bind(key.key)
        .bind(answer)
        .run(tx)
        .await
        .map(drop)
}

/// Releases a claim whose work changed nothing, so that the key can be used again.
pub(crate) async fn release(db: &Db, key: &Key<'_>, claim: &str) -> Result<()> {
    sql("DELETE FROM idempotency_keys WHERE owner = $1 AND request_key = $2 AND claim = $3 AND answer IS NULL")
        .bind(key.owner)
        .bind(key.key)
        .bind(claim)
        .run(db)
        .await
        .map(drop)
}

/// Deletes keys older than [`KEPT`]; for a [`Sweep`](database::Sweep).
pub fn expired(now: i64) -> Sql {
    sql("DELETE FROM idempotency_keys WHERE (owner, request_key) IN \
         (SELECT owner, request_key FROM idempotency_keys WHERE claimed_at <= $1 LIMIT $2)")
    .bind(now - KEPT)
}
