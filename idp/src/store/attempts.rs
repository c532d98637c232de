//! Counting failed attempts (W8, W9, MF3). What a count means is decided by `authn::throttle`.

use database::{Db, On, Result, Tx, record, sql};

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

/// Takes hold of a count within a transaction and tells it: of parallel guesses the others wait until this one is
/// counted. There is one afterwards, an empty one as of `now` if there was none.
pub async fn hold(tx: &mut Tx, counter: impl Into<Counter<'_>>, now: i64) -> Result<Count> {
    let counter = counter.into();
    sql("INSERT INTO attempts (attempt_key, failures, last_at, account_key) VALUES ($1, 0, $2, $3) \
         ON CONFLICT (attempt_key) DO UPDATE SET failures = attempts.failures RETURNING failures, last_at")
    .bind(counter.key)
    .bind(now)
    .bind(counter.account)
    .one(tx)
    .await
}

/// Puts another count in the place of one that is [held](hold).
pub async fn put(tx: &mut Tx, key: &str, count: Count) -> Result<()> {
    sql("UPDATE attempts SET failures = $2, last_at = $3 WHERE attempt_key = $1")
        .bind(key)
        .bind(count.failures)
        .bind(count.last_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Puts a count back to what it was `before`, if nobody has counted on from `seen`.
pub async fn take_back(db: &Db, key: &str, seen: Count, before: Count) -> Result<bool> {
    let changed = sql("UPDATE attempts SET failures = $2, last_at = $3 \
         WHERE attempt_key = $1 AND failures = $4 AND last_at = $5")
    .bind(key)
    .bind(before.failures)
    .bind(before.last_at)
    .bind(seen.failures)
    .bind(seen.last_at)
    .run(db)
    .await?;
    Ok(changed == 1)
}

/// Takes a count away after a success.
pub async fn forgive(on: impl Into<On<'_>>, key: &str) -> Result<()> {
    sql("DELETE FROM attempts WHERE attempt_key = $1").bind(key).run(on).await?;
    Ok(())
}

/// Takes every count of an account away.
pub async fn forgive_account(db: &Db, account: &str) -> Result<()> {
    sql("DELETE FROM attempts WHERE account_key = $1").bind(account).run(db).await?;
    Ok(())
}

/// Takes one attempt of that weight back from a count that many accounts share, so that honest sign-ins don't fill it.
pub async fn give_back(on: impl Into<On<'_>>, key: &str, weight: i64) -> Result<()> {
    sql("UPDATE attempts SET failures = CASE WHEN failures > $2 THEN failures - $2 ELSE 0 END \
         WHERE attempt_key = $1")
    .bind(key)
    .bind(weight)
    .run(on)
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
