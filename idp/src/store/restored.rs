//! What a restore ends: what was used or ended after the backup was made must not become valid again.

use database::{Result, Tx, sql};

use super::not_before;

/// Ends everything that was alive in the backup: sessions, grants with their codes and refresh tokens, one-time links.
/// Nothing that was proved or issued until `now` is valid, and no one-time code up to the time step `last_step`.
pub async fn end_the_past(tx: &mut Tx, now: i64, last_step: i64) -> Result<()> {
    not_before::raise(tx, now).await?;
    for statement in [
        sql("UPDATE sessions SET ended_at = $1 WHERE ended_at IS NULL").bind(now),
        sql("UPDATE grants SET revoked_at = $1, revoked_reason = 'restored' WHERE revoked_at IS NULL")
            .bind(now),
        sql("UPDATE setup_links SET expires_at = $1 WHERE used_at IS NULL AND expires_at > $1").bind(now),
        // their links are not in a backup, and what they tell has been told
        sql("UPDATE outbox SET done_at = $1, outcome = 'late', message = '' \
             WHERE kind = 'mail' AND done_at IS NULL")
        .bind(now),
        sql("UPDATE totp_factors SET last_step = $1 WHERE last_step < $1").bind(last_step),
    ] {
        statement.run(&mut *tx).await?;
    }
    Ok(())
}
