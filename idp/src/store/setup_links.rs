//! One-time setup links: how staff accounts come into being (D2), and how people get back into theirs.

use database::{Db, On, Result, Tx, record, sql};

record! {
    /// A link that still works.
    #[derive(Debug, Clone)]
    pub struct SetupLink {
        /// The role of the account it makes.
        pub role: String,
        /// The account it leads back into, instead of making one.
        pub user_id: Option<String>,
        /// Unix seconds.
        pub expires_at: i64,
    }
}

/// Makes a new link for a role; older unused ones for it stop working.
pub async fn issue(db: &Db, link_hash: &str, role: &str, now: i64, expires_at: i64) -> Result<()> {
    let mut tx = db.begin().await?;
    sql("DELETE FROM setup_links WHERE role = $1 AND user_id IS NULL AND used_at IS NULL")
        .bind(role)
        .run(&mut tx)
        .await?;
    sql("INSERT INTO setup_links (link_hash, role, created_at, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(link_hash)
        .bind(role)
        .bind(now)
        .bind(expires_at)
        .run(&mut tx)
        .await?;
    tx.commit().await
}

/// Makes a new link back into an account; older unused ones for it stop working.
pub async fn issue_for(tx: &mut Tx, link_hash: &str, user_id: &str, now: i64, expires_at: i64) -> Result<()> {
    sql("DELETE FROM setup_links WHERE user_id = $1 AND used_at IS NULL").bind(user_id).run(&mut *tx).await?;
    sql("INSERT INTO setup_links (link_hash, role, user_id, created_at, expires_at) VALUES ($1, '', $2, $3, $4)")
        .bind(link_hash)
        .bind(user_id)
        .bind(now)
        .bind(expires_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Looks at a link without using it: opening a page must not consume it (S25).
pub async fn usable(db: &Db, link_hash: &str, now: i64) -> Result<Option<SetupLink>> {
    sql("SELECT role, user_id, expires_at FROM setup_links \
         WHERE link_hash = $1 AND used_at IS NULL AND expires_at > $2")
    .bind(link_hash)
    .bind(now)
    .opt(db)
    .await
}

/// Uses a link up, inside the transaction that makes the account: one of two people with the same link wins.
pub async fn claim(on: impl Into<On<'_>>, link_hash: &str, now: i64) -> Result<Option<SetupLink>> {
    sql("UPDATE setup_links SET used_at = $1 WHERE link_hash = $2 AND used_at IS NULL AND expires_at > $1 \
         RETURNING role, user_id, expires_at")
    .bind(now)
    .bind(link_hash)
    .opt(on)
    .await
}
