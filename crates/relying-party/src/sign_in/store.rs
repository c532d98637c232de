//! SQL of unfinished sign-ins.

use database::{Db, Result, Sql, sql};

database::record! { struct Taken { sealed: String } }

/// A sign-in that starts.
#[derive(Debug)]
pub(crate) struct New<'a> {
    pub state: &'a str,
    pub visitor: &'a str,
    /// Keyed hash of the browser's address.
    pub source: &'a str,
    pub sealed: &'a str,
    pub expires_at: i64,
}

/// Stores an attempt for the browser that started it. Of the attempts of its address only the newest `most` are kept.
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

/// Removes an attempt and returns its content, once and only to the browser that started it. Another browser doesn't
/// use it up (RP5).
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

/// Deletes attempts that weren't finished in time; for a [`Sweep`](database::Sweep).
pub(crate) fn expired(now: i64) -> Sql {
    sql("DELETE FROM bff_attempts WHERE state_hash IN \
         (SELECT state_hash FROM bff_attempts WHERE expires_at <= $1 LIMIT $2)")
    .bind(now)
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
