//! Removing what has expired. Every statement can run on all replicas at once.

use database::{Result, Sql, Sweep, sql};

use super::Store;

/// How long a row stays readable after it expired, so that a replayed code or refresh token is recognised.
const KEEP_SECONDS: i64 = 24 * 3600;

/// How long an interaction is kept after it expired, so that its page can still offer to start again. Short, since
/// anybody can begin one.
const KEEP_PENDING_SECONDS: i64 = 3600;
/// A browser that was not used for an account for this long counts as unknown again; its cookie is gone by then.
const KNOWN_SECONDS: i64 = 400 * 24 * 3600;
/// How long a counter of failed attempts is kept after its last change. A high counter of one account ([`FORGIVABLE`]
/// or more) is never removed here: only a success or an operator ends it (W8). Shared counters are empty long before.
const FORGET_SECONDS: i64 = 30 * 24 * 3600;
const FORGIVABLE: i64 = 10;

/// Removes expired rows, and audit events that are older than `retention` seconds. Returns how many rows were removed.
pub async fn reap(store: &Store, now: i64, retention: i64) -> Result<u64> {
    let (facts, pending) = (&store.facts, &store.pending);
    let mut sweep = Sweep::default();
    for expired in of_facts(now, retention) {
        sweep.remove(facts, expired).await;
    }
    for expired in of_pending(now) {
        sweep.remove(pending, expired).await;
    }
    sweep.end()
}

/// What has expired of the facts.
fn of_facts(now: i64, retention: i64) -> [Sql; 13] {
    let past = now - KEEP_SECONDS;
    [
        sql("DELETE FROM sessions WHERE id_hash IN \
             (SELECT id_hash FROM sessions WHERE expires_at < $1 LIMIT $2)")
        .bind(past),
        sql("DELETE FROM grants WHERE id IN \
             (SELECT id FROM grants WHERE refresh_absolute_at < $1 LIMIT $2)")
        .bind(past),
        // kept for longer than the token lives by the clock of any replica
        sql("DELETE FROM revoked_tokens WHERE jti IN \
             (SELECT jti FROM revoked_tokens WHERE expires_at < $1 LIMIT $2)")
        .bind(past),
        sql("DELETE FROM attempts WHERE attempt_key IN (SELECT attempt_key FROM attempts \
             WHERE last_at < $1 AND (failures < $2 OR account_key IS NULL) LIMIT $3)")
        .bind(now - FORGET_SECONDS)
        .bind(FORGIVABLE),
        sql("DELETE FROM attempts_under_way WHERE (attempt_key, attempt_id) IN \
             (SELECT attempt_key, attempt_id FROM attempts_under_way WHERE lapses_at < $1 LIMIT $2)")
        .bind(past),
        sql("DELETE FROM logout_deliveries WHERE id IN \
             (SELECT id FROM logout_deliveries WHERE done_at < $1 LIMIT $2)")
        .bind(past),
        sql("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE done_at < $1 LIMIT $2)").bind(past),
        sql("DELETE FROM mailed_links WHERE id IN \
             (SELECT id FROM mailed_links WHERE expires_at < $1 LIMIT $2)")
        .bind(past),
        sql("DELETE FROM setup_links WHERE link_hash IN \
             (SELECT link_hash FROM setup_links WHERE expires_at < $1 LIMIT $2)")
        .bind(past),
        sql("DELETE FROM known_browsers WHERE (user_id, browser_hash) IN \
             (SELECT user_id, browser_hash FROM known_browsers WHERE last_used_at < $1 LIMIT $2)")
        .bind(now - KNOWN_SECONDS),
        sql("DELETE FROM audit_events WHERE id IN \
             (SELECT id FROM audit_events WHERE happened_at < $1 LIMIT $2)")
        .bind(now - retention),
        // no ceremony outlives its challenge by the clock of any replica
        sql("DELETE FROM used_challenges WHERE challenge IN \
             (SELECT challenge FROM used_challenges WHERE expires_at < $1 LIMIT $2)")
        .bind(past),
        sql("DELETE FROM form_outcomes WHERE name IN \
             (SELECT name FROM form_outcomes WHERE expires_at < $1 LIMIT $2)")
        .bind(now),
    ]
}

/// What has expired of the half-finished.
fn of_pending(now: i64) -> [Sql; 5] {
    let (past, over) = (now - KEEP_SECONDS, now - KEEP_PENDING_SECONDS);
    [
        sql("DELETE FROM pending_authorizations WHERE id_hash IN \
             (SELECT id_hash FROM pending_authorizations WHERE expires_at < $1 LIMIT $2)")
        .bind(over),
        sql("DELETE FROM pending_enrolments WHERE owner IN \
             (SELECT owner FROM pending_enrolments WHERE expires_at < $1 LIMIT $2)")
        .bind(now),
        sql("DELETE FROM upstream_attempts WHERE state_hash IN \
             (SELECT state_hash FROM upstream_attempts WHERE expires_at < $1 LIMIT $2)")
        .bind(over),
        sql("DELETE FROM servers WHERE id IN (SELECT id FROM servers WHERE seen_at < $1 LIMIT $2)")
            .bind(past),
        cache::full_buckets(now),
    ]
}
