//! The realm's not-before. Sessions that were signed in to until then have ended, and so have their grants; tokens that
//! clients got for themselves until then are invalid. One row ends all of these at once, on every replica, including
//! those that a transaction under way adds a moment later.

use database::{On, Result, Tx, record, sql};

/// The not-before, Unix seconds; 0 if it was never raised.
pub async fn get(on: impl Into<On<'_>>) -> Result<i64> {
    record! { struct Row { not_before: i64 } }
    Ok(sql("SELECT not_before FROM realm_state").one::<Row>(on).await?.not_before)
}

/// Raises it to `now`, if that is later. Whatever the clock does, this never lowers it.
pub async fn raise(tx: &mut Tx, now: i64) -> Result<()> {
    sql("UPDATE realm_state SET not_before = $1 WHERE not_before < $1").bind(now).run(tx).await?;
    Ok(())
}

/// Lowers a not-before that is later than `latest`, which only a clock ahead can have set; `false` if it is not that
/// late.
pub async fn lower(tx: &mut Tx, to: i64, latest: i64) -> Result<bool> {
    let lowered = sql("UPDATE realm_state SET not_before = $1 WHERE not_before > $2")
        .bind(to)
        .bind(latest)
        .run(tx)
        .await?;
    Ok(lowered == 1)
}

/// The newest sign-in, no later than `until`, of a session that was not ended or a grant that was not revoked; 0 when
/// there is none. A replica's clock that was ahead may have dated it.
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
