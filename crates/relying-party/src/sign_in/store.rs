//! SQL of sign-ins under way.

use database::{Db, Result, Sql, sql};

database::record! { struct Taken { sealed: String } }

/// A sign-in that begins.
#[derive(Debug)]
pub(crate) struct New<'a> {
    pub state: &'a str,
    pub visitor: &'a str,
    /// Where it comes from, as a keyed hash.
    pub source: &'a str,
    pub sealed: &'a str,
    pub expires_at: i64,
}

/// Keeps an attempt for the browser that started it. Of those from its address the newest `most` are kept.
pub(crate) async fn keep(db: &Db, new: &New<'_>, most: i64) -> Result<()> {
    sql("INSERT INTO bff_attempts (state_hash, visitor_hash, source, sealed, expires_at) \
         VALUES ($1, $2, $3, $4, $5)")
    .bind(new.state)
    .bind(new.visitor)
    .bind(new.source)
    .bind(new.sealed)
    .bind(new.expires_at)
    .run(db)
    .await?;
    sql("DELETE FROM bff_attempts WHERE state_hash IN (SELECT state_hash FROM bff_attempts \
         WHERE source = $1 ORDER BY expires_at DESC, state_hash LIMIT 1000 OFFSET $2)")
    .bind(new.source)
    .bind(most)
    .run(db)
    .await
    .map(drop)
}

/// Takes an attempt, once, and only for its own browser; another browser's try doesn't use it up (RP5).
pub(crate) async fn take(db: &Db, state: &str, visitor: &str, now: i64) -> Result<Option<String>> {
    let taken: Option<Taken> = sql("DELETE FROM bff_attempts \
         WHERE state_hash = $1 AND visitor_hash = $2 AND expires_at > $3 RETURNING sealed")
    .bind(state)
    .bind(visitor)
    .bind(now)
    .opt(db)
    .await?;
    Ok(taken.map(|taken| taken.sealed))
}

/// Deletes attempts nobody finished; for a [`Sweep`](database::Sweep).
pub(crate) fn expired(now: i64) -> Sql {
    sql("DELETE FROM bff_attempts WHERE state_hash IN \
         (SELECT state_hash FROM bff_attempts WHERE expires_at <= $1 LIMIT $2)")
    .bind(now)
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
