//! When a passkey was last offered to somebody in a browser.

use database::{Db, Result, sql};

/// Notes an offer; `false` when there was one after `since`, or when the account was never signed in to in that browser. A
/// time ahead of the clock is not believed.
pub async fn claim(db: &Db, user_id: &str, browser_hash: &str, now: i64, since: i64) -> Result<bool> {
    let claimed =
        sql("UPDATE known_browsers SET passkey_offered_at = $1 WHERE user_id = $2 AND browser_hash = $3 \
         AND (passkey_offered_at IS NULL OR passkey_offered_at <= $4 OR passkey_offered_at > $1)")
        .bind(now)
        .bind(user_id)
        .bind(browser_hash)
        .bind(since)
        .run(db)
        .await?;
    Ok(claimed == 1)
}
