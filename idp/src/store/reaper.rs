//! Forgetting what has expired. Every statement can run on all replicas at once.

use database::{Result, sql};

use super::Store;

/// How long an ended session or grant stays readable, so that a replayed code or refresh token is recognised.
const KEEP_SECONDS: i64 = 24 * 3600;

/// How long an interaction is kept after its time, so that its page can still offer to start again. Short: anybody can
/// begin one.
const KEEP_PENDING_SECONDS: i64 = 3600;
/// A browser that was not used for an account for this long is a stranger again; its cookie is gone by then.
const KNOWN_SECONDS: i64 = 400 * 24 * 3600;
/// A short count of failed attempts nobody added to for a month is forgotten; a long one of an account only ends by a
/// success or by an operator (W8). What many accounts share is empty long before.
const FORGET_SECONDS: i64 = 30 * 24 * 3600;
const FORGIVABLE: i64 = 10;

/// Removes expired rows; the answer is how many.
pub async fn reap(store: &Store, now: i64) -> Result<u64> {
    let past = now - KEEP_SECONDS;
    let facts = &store.facts;
    let pending = &store.pending;
    let mut removed = 0;
    removed += sql("DELETE FROM sessions WHERE expires_at < $1").bind(past).run(facts).await?;
    removed += sql("DELETE FROM grants WHERE refresh_absolute_at < $1").bind(past).run(facts).await?;
    removed += sql("DELETE FROM revoked_tokens WHERE expires_at < $1").bind(now).run(facts).await?;
    removed += sql("DELETE FROM attempts WHERE last_at < $1 AND (failures < $2 OR account_key IS NULL)")
        .bind(now - FORGET_SECONDS)
        .bind(FORGIVABLE)
        .run(facts)
        .await?;
    removed += sql("DELETE FROM logout_deliveries WHERE done_at < $1").bind(past).run(facts).await?;
    removed += sql("DELETE FROM setup_links WHERE expires_at < $1").bind(past).run(facts).await?;
    let strange = now - KNOWN_SECONDS;
    removed += sql("DELETE FROM known_browsers WHERE last_used_at < $1").bind(strange).run(facts).await?;
    let over = now - KEEP_PENDING_SECONDS;
    removed +=
        sql("DELETE FROM pending_authorizations WHERE expires_at < $1").bind(over).run(pending).await?;
    removed += sql("DELETE FROM pending_enrolments WHERE expires_at < $1").bind(now).run(pending).await?;
    removed += cache::reap_buckets(pending, now).await?;
    Ok(removed)
}
