//! Which roles accounts have.

use database::{Result, Tx, record, sql};

/// Makes changes of roles happen one after the other, so that each one sees what the last one left.
pub async fn hold(tx: &mut Tx) -> Result<()> {
    sql("UPDATE realm_state SET id = id").run(tx).await?;
    Ok(())
}

/// Gives an account a role.
pub async fn give(tx: &mut Tx, user_id: &str, role: &str, now: i64) -> Result<()> {
    sql("INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(user_id)
        .bind(role)
        .bind(now)
        .run(tx)
        .await?;
    Ok(())
}

/// Takes a role from an account.
pub async fn take(tx: &mut Tx, user_id: &str, role: &str) -> Result<()> {
    sql("DELETE FROM user_roles WHERE user_id = $1 AND role = $2").bind(user_id).bind(role).run(tx).await?;
    Ok(())
}

/// Whether another account that can sign in has the role.
pub async fn has_another_holder(tx: &mut Tx, role: &str, user_id: &str) -> Result<bool> {
    record! { struct Counted { n: i64 } }
    let others = sql("SELECT COUNT(*) AS n FROM user_roles r JOIN users u ON u.id = r.user_id \
         WHERE r.role = $1 AND r.user_id <> $2 AND u.disabled_at IS NULL \
         AND (u.password_hash IS NOT NULL OR EXISTS (SELECT p.user_id FROM passkeys p WHERE p.user_id = u.id))")
    .bind(role)
    .bind(user_id);
    Ok(others.one::<Counted>(tx).await?.n > 0)
}
