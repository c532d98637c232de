//! The realm's not-before: a session that was signed in to until then is none, a grant that was made in such a session
//! is dead, a token of a client itself that was issued until then is not valid. One row ends them all at once, on every
//! replica, those included that a transaction under way adds a moment later.

use database::{On, Result, Tx, record, sql};

/// Unix seconds; 0 while nothing was ever ended that way.
pub async fn get(on: impl Into<On<'_>>) -> Result<i64> {
    record! { struct Row { not_before: i64 } }
    Ok(sql("SELECT not_before FROM realm_state").one::<Row>(on).await?.not_before)
}

/// Raises it. This way it never goes back, whatever the clock does.
pub async fn raise(tx: &mut Tx, now: i64) -> Result<()> {
    sql("UPDATE realm_state SET not_before = $1 WHERE not_before < $1").bind(now).run(tx).await?;
    Ok(())
}

/// Lowers one that is after `latest`, where only a clock ahead can have raised it to; `false` when it isn't, any more.
pub async fn lower(tx: &mut Tx, to: i64, latest: i64) -> Result<bool> {
    let lowered = sql("UPDATE realm_state SET not_before = $1 WHERE not_before > $2")
        .bind(to)
        .bind(latest)
        .run(tx)
        .await?;
    Ok(lowered == 1)
}

/// When somebody who still is last signed in, by the clock of that replica, which may be ahead: of what was until then at
/// most; 0 when nobody did.
pub async fn newest_sign_in(tx: &mut Tx, until: i64) -> Result<i64> {
    record! { struct Row { newest: i64 } }
    let mut newest = 0;
    for statement in [
        sql("SELECT COALESCE(MAX(auth_time), 0) AS newest FROM sessions \
             WHERE ended_at IS NULL AND auth_time <= $1"),
        sql("SELECT COALESCE(MAX(auth_time), 0) AS newest FROM grants \
             WHERE revoked_at IS NULL AND auth_time <= $1"),
    ] {
        newest = newest.max(statement.bind(until).one::<Row>(&mut *tx).await?.newest);
    }
    Ok(newest)
}
