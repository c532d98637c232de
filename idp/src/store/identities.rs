//! Accounts of upstream providers, by which people sign in.

use database::{On, Result, Tx, record, sql};

record! {
    /// An upstream account that is connected with an account here.
    #[derive(Debug, Clone)]
    pub struct Identity {
        /// Its id.
        pub id: String,
        /// The id of its upstream.
        pub upstream: String,
        /// The upstream's issuer.
        pub issuer: String,
        /// The upstream's subject.
        pub subject: String,
        /// The account here.
        pub user_id: String,
        /// The address that the upstream told.
        pub email: Option<String>,
        /// When it was connected, Unix seconds.
        pub created_at: i64,
        /// When somebody last signed in by it, Unix seconds.
        pub last_used_at: Option<i64>,
    }
}

/// An account at an upstream.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// The id of the upstream.
    pub upstream: &'a str,
    /// Its issuer.
    pub issuer: &'a str,
    /// Its subject.
    pub subject: &'a str,
}

/// The account here that an upstream account is connected with.
pub async fn owner(on: impl Into<On<'_>>, at: At<'_>) -> Result<Option<String>> {
    record! { struct Row { user_id: String } }
    let row: Option<Row> = sql("SELECT user_id FROM upstream_identities \
         WHERE upstream = $1 AND issuer = $2 AND subject = $3 AND severed_at IS NULL")
    .bind(at.upstream)
    .bind(at.issuer)
    .bind(at.subject)
    .opt(on)
    .await?;
    Ok(row.map(|row| row.user_id))
}

/// Connects an upstream account, also one that was taken away before; `false` when it is connected already, with whichever
/// account.
pub async fn add(tx: &mut Tx, new: &Identity) -> Result<bool> {
    let added = sql("INSERT INTO upstream_identities \
         (id, upstream, issuer, subject, user_id, email, created_at, last_used_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (upstream, issuer, subject) DO UPDATE SET \
         id = excluded.id, user_id = excluded.user_id, email = excluded.email, created_at = excluded.created_at, \
         last_used_at = excluded.last_used_at, severed_at = NULL WHERE upstream_identities.severed_at IS NOT NULL")
    .bind(&new.id)
    .bind(&new.upstream)
    .bind(&new.issuer)
    .bind(&new.subject)
    .bind(&new.user_id)
    .bind(new.email.as_deref())
    .bind(new.created_at)
    .bind(new.last_used_at)
    .run(tx)
    .await?;
    Ok(added == 1)
}

/// Records a sign-in; `false` when the upstream account is not connected with that account any more.
pub async fn used(tx: &mut Tx, at: At<'_>, user_id: &str, now: i64) -> Result<bool> {
    let changed = sql("UPDATE upstream_identities SET last_used_at = $1 \
         WHERE upstream = $2 AND issuer = $3 AND subject = $4 AND user_id = $5 AND severed_at IS NULL")
    .bind(now)
    .bind(at.upstream)
    .bind(at.issuer)
    .bind(at.subject)
    .bind(user_id)
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// The upstream accounts of an account, the oldest first.
pub async fn of_user(on: impl Into<On<'_>>, user_id: &str) -> Result<Vec<Identity>> {
    sql("SELECT id, upstream, issuer, subject, user_id, email, created_at, last_used_at FROM upstream_identities \
         WHERE user_id = $1 AND severed_at IS NULL ORDER BY created_at, id")
    .bind(user_id)
    .all(on)
    .await
}

/// Whether an account has another account of the same upstream, or had this very one and it was taken away: then an
/// address alone connects nothing.
pub async fn needs_proof(on: impl Into<On<'_>>, at: At<'_>, user_id: &str) -> Result<bool> {
    record! { struct Counted { known: i64 } }
    let counted: Counted = sql("SELECT COUNT(*) AS known FROM upstream_identities \
         WHERE upstream = $1 AND issuer = $2 AND user_id = $3 AND (severed_at IS NULL OR subject = $4)")
    .bind(at.upstream)
    .bind(at.issuer)
    .bind(user_id)
    .bind(at.subject)
    .one(on)
    .await?;
    Ok(counted.known > 0)
}

/// Disconnects an upstream account; `false` when the account has no such one.
pub async fn sever(tx: &mut Tx, user_id: &str, id: &str, now: i64) -> Result<bool> {
    let severed = sql("UPDATE upstream_identities SET severed_at = $1, email = NULL \
         WHERE id = $2 AND user_id = $3 AND severed_at IS NULL")
    .bind(now)
    .bind(id)
    .bind(user_id)
    .run(tx)
    .await?;
    Ok(severed == 1)
}

/// Disconnects the upstream accounts of an account that were connected or used since a time.
pub async fn sever_since(tx: &mut Tx, user_id: &str, since: i64, now: i64) -> Result<()> {
    sql("UPDATE upstream_identities SET severed_at = $1, email = NULL WHERE user_id = $2 \
         AND severed_at IS NULL AND (created_at >= $3 OR COALESCE(last_used_at, 0) >= $3)")
    .bind(now)
    .bind(user_id)
    .bind(since)
    .run(tx)
    .await?;
    Ok(())
}
