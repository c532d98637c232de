//! SQL of the sessions of signed-in browsers.

use database::{Db, Result, Sql, again, sql};

database::record! {
    /// One signed-in browser.
    #[derive(Debug, Clone)]
    pub(crate) struct Row {
        pub id_hash: String,
        pub subject: String,
        pub sealed: String,
        /// Number of renewals; an update names the version that it has read.
        pub version: i64,
        pub access_expires_at: i64,
        pub last_seen_at: i64,
        pub ends_at: i64,
    }
}

database::record! { struct Sealed { sealed: String } }

/// The values of a new session.
#[derive(Debug)]
pub(crate) struct NewSession<'a> {
    pub id_hash: &'a str,
    pub subject: &'a str,
    /// The realm's `sid`, by which back-channel logout finds the session.
    pub provider_session: Option<&'a str>,
    pub sealed: &'a str,
    pub access_expires_at: i64,
    pub now: i64,
    pub ends_at: i64,
}

/// Starts a session and ends the ones that it replaces, in one transaction (RP3, P6).
pub(crate) async fn start(db: &Db, new: NewSession<'_>, replaced: &[String]) -> Result<()> {
    again!(start_once(db, &new, replaced))
}

async fn start_once(db: &Db, new: &NewSession<'_>, replaced: &[String]) -> Result<()> {
    let mut tx = db.begin().await?;
    sql("INSERT INTO bff_sessions (id_hash, subject, provider_session, sealed, version, access_expires_at, \
         created_at, last_seen_at, ends_at) VALUES ($1, $2, $3, $4, 1, $5, $6, $6, $7)")
    .bind(new.id_hash)
    .bind(new.subject)
    .bind(new.provider_session.map(str::to_owned))
    .bind(new.sealed)
    .bind(new.access_expires_at)
    .bind(new.now)
    .bind(new.ends_at)
    .run(&mut tx)
    .await?;
    for id_hash in replaced {
        sql("DELETE FROM bff_sessions WHERE id_hash = $1").bind(id_hash.as_str()).run(&mut tx).await?;
    }
    tx.commit().await
}

/// The session, unless its lifetime or its idle time is over.
pub(crate) async fn find(db: &Db, id_hash: &str, now: i64, idle_since: i64) -> Result<Option<Row>> {
    sql("SELECT id_hash, subject, sealed, version, access_expires_at, last_seen_at, ends_at FROM bff_sessions \
         WHERE id_hash = $1 AND ends_at > $2 AND last_seen_at > $3")
    .bind(id_hash)
    .bind(now)
    .bind(idle_since)
    .opt(db)
    .await
}

/// Updates `last_seen_at`; of parallel requests only one writes.
pub(crate) async fn touch(db: &Db, row: &Row, now: i64) -> Result<u64> {
    sql("UPDATE bff_sessions SET last_seen_at = $1 WHERE id_hash = $2 AND last_seen_at = $3")
        .bind(now)
        .bind(row.id_hash.as_str())
        .bind(row.last_seen_at)
        .run(db)
        .await
}

/// Stores renewed tokens unless the row has changed since it was read. Returns whether it stored them.
pub(crate) async fn renew(db: &Db, row: &Row, sealed: &str, access_expires_at: i64) -> Result<bool> {
    sql("UPDATE bff_sessions SET sealed = $1, access_expires_at = $2, version = version + 1 \
         WHERE id_hash = $3 AND version = $4")
    .bind(sealed)
    .bind(access_expires_at)
    .bind(row.id_hash.as_str())
    .bind(row.version)
    .run(db)
    .await
    .map(|rows| rows == 1)
}

/// Ends a session. Returns its sealed tokens, or `None` if there was no such session.
pub(crate) async fn end(db: &Db, id_hash: &str) -> Result<Option<String>> {
    let row: Option<Sealed> =
        sql("DELETE FROM bff_sessions WHERE id_hash = $1 RETURNING sealed").bind(id_hash).opt(db).await?;
    Ok(row.map(|row| row.sealed))
}

/// Ends a session whose refresh token was refused, unless its tokens were renewed meanwhile. Returns the number of
/// rows.
pub(crate) async fn end_version(db: &Db, row: &Row) -> Result<u64> {
    sql("DELETE FROM bff_sessions WHERE id_hash = $1 AND version = $2")
        .bind(row.id_hash.as_str())
        .bind(row.version)
        .run(db)
        .await
}

/// Deletes sessions whose lifetime or idle time is over; for a [`Sweep`](database::Sweep).
pub(crate) fn over(now: i64, idle_since: i64) -> Sql {
    sql("DELETE FROM bff_sessions WHERE id_hash IN \
         (SELECT id_hash FROM bff_sessions WHERE ends_at <= $1 OR last_seen_at <= $2 LIMIT $3)")
    .bind(now)
    .bind(idle_since)
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
