//! People who were sent to an upstream provider, and what it said about those who have no account here.

use database::{Db, Result, record, sql};

/// Somebody who is sent to an upstream.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// The hash of its `state`.
    pub state_hash: &'a str,
    /// The hash of its browser's binding.
    pub browser_hash: &'a str,
    /// A keyed hash of the network address it comes from.
    pub source: &'a str,
    /// What the answer has to match, sealed.
    pub sealed: &'a str,
    /// When it expires, Unix seconds.
    pub expires_at: i64,
}

record! { struct Sealed { sealed: String } }

/// Keeps an attempt for the browser that begins it. Of the attempts from one place only the newest `most` are kept.
pub async fn keep(db: &Db, new: &Attempt<'_>, most: i64) -> Result<()> {
    sql("INSERT INTO upstream_attempts (state_hash, browser_hash, source, sealed, expires_at) \
         VALUES ($1, $2, $3, $4, $5)")
    .bind(new.state_hash)
    .bind(new.browser_hash)
    .bind(new.source)
    .bind(new.sealed)
    .bind(new.expires_at)
    .run(db)
    .await?;
    sql("DELETE FROM upstream_attempts WHERE state_hash IN (SELECT state_hash FROM upstream_attempts \
         WHERE source = $1 ORDER BY expires_at DESC, state_hash LIMIT 1000 OFFSET $2)")
    .bind(new.source)
    .bind(most)
    .run(db)
    .await?;
    Ok(())
}

/// Uses an attempt up and returns what was sealed, once and only to the browser that began it.
pub async fn take(db: &Db, state_hash: &str, browser_hash: &str, now: i64) -> Result<Option<String>> {
    let taken: Option<Sealed> = sql("UPDATE upstream_attempts SET used_at = $1 \
         WHERE state_hash = $2 AND browser_hash = $3 AND used_at IS NULL AND expires_at > $1 RETURNING sealed")
    .bind(now)
    .bind(state_hash)
    .bind(browser_hash)
    .opt(db)
    .await?;
    Ok(taken.map(|row| row.sealed))
}

/// What was sealed of an attempt of this browser, used up or not.
pub async fn find(db: &Db, state_hash: &str, browser_hash: &str) -> Result<Option<String>> {
    let found: Option<Sealed> =
        sql("SELECT sealed FROM upstream_attempts WHERE state_hash = $1 AND browser_hash = $2")
            .bind(state_hash)
            .bind(browser_hash)
            .opt(db)
            .await?;
    Ok(found.map(|row| row.sealed))
}

/// Keeps what an upstream said in an open request, until the person has decided or signed in; `None` forgets it.
pub async fn remember(db: &Db, id_hash: &str, assertion: Option<&str>) -> Result<()> {
    sql("UPDATE pending_authorizations SET assertion = $1 WHERE id_hash = $2 AND completed_at IS NULL")
        .bind(assertion)
        .bind(id_hash)
        .run(db)
        .await?;
    Ok(())
}
