//! One-time setup links: they create staff accounts (D2), and give people access to their accounts again.

use database::{Db, On, Result, Tx, record, sql};

use super::user_roles;

record! {
    /// A link that still works.
    #[derive(Debug, Clone)]
    pub struct SetupLink {
        /// The role of an account that nobody has signed in to yet; empty when the link recovers an account.
        pub role: String,
        /// The account that the link leads into, if that exists already.
        pub user_id: Option<String>,
        /// When it expires, Unix seconds.
        pub expires_at: i64,
    }
}

/// Stores a new link for a role; older unused links for that role stop working.
pub async fn issue(tx: &mut Tx, link_hash: &str, role: &str, now: i64, expires_at: i64) -> Result<()> {
    user_roles::hold(tx).await?;
    sql("DELETE FROM setup_links WHERE role = $1 AND user_id IS NULL AND used_at IS NULL")
        .bind(role)
        .run(&mut *tx)
        .await?;
    sql("INSERT INTO setup_links (link_hash, role, created_at, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(link_hash)
        .bind(role)
        .bind(now)
        .bind(expires_at)
        .run(tx)
        .await?;
    Ok(())
}

/// The account that a link leads into.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// The account's id.
    pub user_id: &'a str,
    /// Its role when nobody has signed in to it yet; empty when the link recovers it.
    pub role: &'a str,
}

/// Stores a new link into an account; older unused links into it stop working.
pub async fn issue_for(
    tx: &mut Tx,
    link_hash: &str,
    owner: Owner<'_>,
    now: i64,
    expires_at: i64,
) -> Result<()> {
    forget_of(tx, owner.user_id).await?;
    sql("INSERT INTO setup_links (link_hash, role, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(link_hash)
        .bind(owner.role)
        .bind(owner.user_id)
        .bind(now)
        .bind(expires_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes every unused link into an account.
pub async fn forget_of(tx: &mut Tx, user_id: &str) -> Result<()> {
    sql("DELETE FROM setup_links WHERE user_id = $1 AND used_at IS NULL").bind(user_id).run(tx).await?;
    Ok(())
}

/// The link, if it still works. Does not use it up: opening a page must not consume a link (S25).
pub async fn usable(db: &Db, link_hash: &str, now: i64) -> Result<Option<SetupLink>> {
    sql("SELECT role, user_id, expires_at FROM setup_links \
         WHERE link_hash = $1 AND used_at IS NULL AND expires_at > $2")
    .bind(link_hash)
    .bind(now)
    .opt(db)
    .await
}

/// Uses a link up, within the transaction that makes the account: of two people with the same link, only one succeeds.
pub async fn claim(on: impl Into<On<'_>>, link_hash: &str, now: i64) -> Result<Option<SetupLink>> {
    sql("UPDATE setup_links SET used_at = $1 WHERE link_hash = $2 AND used_at IS NULL AND expires_at > $1 \
         RETURNING role, user_id, expires_at")
    .bind(now)
    .bind(link_hash)
    .opt(on)
    .await
}
