//! Counting failed attempts (W8, W9, MF3). What a count means is decided by `authn::throttle`.

use database::{Db, Result, record, sql};

record! {
    /// A count.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Count {
        /// Attempts since the last success; of what leaks, the seconds until it is empty.
        pub failures: i64,
        /// When the newest was made, Unix seconds.
        pub last_at: i64,
    }
}

/// What is counted: its key, and the account it belongs to, if it is one account's.
#[derive(Debug, Clone, Copy)]
pub struct Counter<'a> {
    /// A keyed hash.
    pub key: &'a str,
    /// The same for all counts of an account.
    pub account: Option<&'a str>,
}

impl<'a> From<&'a str> for Counter<'a> {
    fn from(key: &'a str) -> Self {
        Self { key, account: None }
    }
}

/// The count under a key.
pub async fn read(db: &Db, key: &str) -> Result<Option<Count>> {
    sql("SELECT failures, last_at FROM attempts WHERE attempt_key = $1").bind(key).opt(db).await
}

/// Counts one more attempt, if the count is still the one that was judged: of parallel guesses that saw the same
/// count, one goes on and the others have to look again.
pub async fn advance(
    db: &Db,
    counter: impl Into<Counter<'_>>,
    seen: Option<Count>,
    next: Count,
) -> Result<bool> {
    let counter = counter.into();
    let statement = match seen {
        None => sql("INSERT INTO attempts (attempt_key, failures, last_at, account_key) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (attempt_key) DO NOTHING"),
        Some(_) => sql("UPDATE attempts SET failures = $2, last_at = $3 \
             WHERE attempt_key = $1 AND failures = $4 AND last_at = $5"),
    };
    let bound = statement.bind(counter.key).bind(next.failures).bind(next.last_at);
    let bound = match seen {
        None => bound.bind(counter.account),
        Some(seen) => bound.bind(seen.failures).bind(seen.last_at),
    };
    Ok(bound.run(db).await? == 1)
}

/// Takes a count away after a success.
pub async fn forgive(db: &Db, key: &str) -> Result<()> {
    sql("DELETE FROM attempts WHERE attempt_key = $1").bind(key).run(db).await?;
    Ok(())
}

/// Takes every count of an account away.
pub async fn forgive_account(db: &Db, account: &str) -> Result<()> {
    sql("DELETE FROM attempts WHERE account_key = $1").bind(account).run(db).await?;
    Ok(())
}

/// Takes one attempt of that weight back from a count that many accounts share, so that honest sign-ins don't fill it.
pub async fn give_back(db: &Db, key: &str, weight: i64) -> Result<()> {
    sql("UPDATE attempts SET failures = CASE WHEN failures > $2 THEN failures - $2 ELSE 0 END \
         WHERE attempt_key = $1")
    .bind(key)
    .bind(weight)
    .run(db)
    .await?;
    Ok(())
}

/// A write that changes nothing anybody reads, to see whether writes work.
pub async fn touch_probe(db: &Db, now: i64) -> Result<()> {
    sql("INSERT INTO attempts (attempt_key, failures, last_at) VALUES ('probe', 0, $1) \
         ON CONFLICT (attempt_key) DO UPDATE SET last_at = excluded.last_at")
    .bind(now)
    .run(db)
    .await?;
    Ok(())
}
