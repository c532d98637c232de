//! Accounts that are going to be deleted, and their end.

use database::{Db, Result, Tx, record, sql};

/// Has an account deleted for good at a later time; `false` when it is disabled or does not exist. A time that was set
/// before stays.
pub async fn plan(tx: &mut Tx, id: &str, at: i64, now: i64) -> Result<bool> {
    let planned = sql("UPDATE users SET deletion_at = COALESCE(deletion_at, $1), updated_at = $2 \
         WHERE id = $3 AND disabled_at IS NULL")
    .bind(at)
    .bind(now)
    .bind(id)
    .run(tx)
    .await?;
    Ok(planned == 1)
}

/// Lets an account stay that was to be deleted; `false` for all others.
pub async fn forget(tx: &mut Tx, id: &str) -> Result<bool> {
    let kept = sql("UPDATE users SET deletion_at = NULL WHERE id = $1 AND deletion_at IS NOT NULL")
        .bind(id)
        .run(tx)
        .await?;
    Ok(kept == 1)
}

/// The ids of accounts that are to be deleted by now.
pub async fn due(db: &Db, now: i64, limit: i64) -> Result<Vec<String>> {
    record! { struct Row { id: String } }
    let rows: Vec<Row> = sql("SELECT id FROM users WHERE deletion_at <= $1 ORDER BY deletion_at LIMIT $2")
        .bind(now)
        .bind(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Locks an account that is to be deleted by now until the transaction ends; `false` when it stays.
pub async fn hold(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let held = sql("UPDATE users SET updated_at = updated_at WHERE id = $1 AND deletion_at <= $2")
        .bind(id)
        .bind(now)
        .run(tx)
        .await?;
    Ok(held == 1)
}

/// Deletes an account with everything of its own: roles, factors, sessions, grants, consents, known browsers. The audit
/// trail stays. The caller has ended its sessions and grants in the same transaction.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<bool> {
    Ok(sql("DELETE FROM users WHERE id = $1").bind(id).run(tx).await? == 1)
}
