//! The realm's not-before: a session that was signed in to until then is none, a grant that was made in such a session
//! is dead, a token of a client itself that was issued until then is not valid. One row ends them all at once, on every
//! replica, those included that a transaction under way adds a moment later.

use database::{On, Result, Tx, record, sql};

/// Unix seconds; 0 while nothing was ever ended that way.
pub async fn get(on: impl Into<On<'_>>) -> Result<i64> {
    record! { struct Row { not_before: i64 } }
    Ok(sql("SELECT not_before FROM realm_state").one::<Row>(on).await?.not_before)
}

/// Raises it. It never goes back, whatever the clock does.
pub async fn raise(tx: &mut Tx, now: i64) -> Result<()> {
    sql("UPDATE realm_state SET not_before = $1 WHERE not_before < $1").bind(now).run(tx).await?;
    Ok(())
}
