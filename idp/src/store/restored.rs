//! What a restored database forgets: everything that was used or ended since its backup must not live again.

use database::{Result, Tx, sql};

use super::not_before;

/// How many rows change in one statement.
const PAGE: i64 = 1000;

/// Ends all that was alive in the backup: sessions, grants with their codes and refresh tokens, one-time links. Nothing
/// that was proved or issued until `now` counts, and no one-time code up to the time step `last_step`.
pub async fn end_the_past(tx: &mut Tx, now: i64, last_step: i64) -> Result<()> {
    not_before::raise(tx, now).await?;
    while end_sessions(tx, now).await? > 0 {}
    while revoke_grants(tx, now).await? > 0 {}
    while end_links(tx, now).await? > 0 {}
    while use_steps_up(tx, last_step).await? > 0 {}
    Ok(())
}

async fn end_sessions(tx: &mut Tx, now: i64) -> Result<u64> {
    sql("UPDATE sessions SET ended_at = $1 WHERE sid IN \
         (SELECT sid FROM sessions WHERE ended_at IS NULL LIMIT $2)")
    .bind(now)
    .bind(PAGE)
    .run(tx)
    .await
}

async fn revoke_grants(tx: &mut Tx, now: i64) -> Result<u64> {
    sql("UPDATE grants SET revoked_at = $1, revoked_reason = 'restored' WHERE id IN \
         (SELECT id FROM grants WHERE revoked_at IS NULL LIMIT $2)")
    .bind(now)
    .bind(PAGE)
    .run(tx)
    .await
}

async fn end_links(tx: &mut Tx, now: i64) -> Result<u64> {
    sql("UPDATE setup_links SET expires_at = $1 WHERE link_hash IN \
         (SELECT link_hash FROM setup_links WHERE used_at IS NULL AND expires_at > $1 LIMIT $2)")
    .bind(now)
    .bind(PAGE)
    .run(tx)
    .await
}

async fn use_steps_up(tx: &mut Tx, last_step: i64) -> Result<u64> {
    sql("UPDATE totp_factors SET last_step = $1 WHERE user_id IN \
         (SELECT user_id FROM totp_factors WHERE last_step < $1 LIMIT $2)")
    .bind(last_step)
    .bind(PAGE)
    .run(tx)
    .await
}
