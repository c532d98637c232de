//! Counting attempts (W8, W9, MF3). What a count means is decided by `authn::throttle`.

use std::collections::HashMap;

use database::{Db, On, Result, Tx, record, sql};

/// How long an attempt under way counts, in seconds: longer than any password waits to be checked. This only matters
/// when a process ends before the attempt has a verdict.
pub const UNDER_WAY_SECONDS: i64 = 120;

record! {
    /// The value of a counter.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Count {
        /// Failures since the last success; for a counter that leaks, the seconds until it is empty.
        pub failures: i64,
        /// When it had that value, Unix seconds. Without failures: the time of the promised turn, or 0 when none was
        /// promised.
        pub last_at: i64,
    }
}

/// The key of a counter, and the account it belongs to, if it belongs to only one.
#[derive(Debug, Clone, Copy)]
pub struct Counter<'a> {
    /// The counter's key, a keyed hash.
    pub key: &'a str,
    /// A keyed hash that all counters of an account have in common.
    pub account: Option<&'a str>,
}

impl<'a> From<&'a str> for Counter<'a> {
    fn from(key: &'a str) -> Self {
        Self { key, account: None }
    }
}

/// The value of a counter; `None` when there is none.
pub async fn read(db: &Db, key: &str) -> Result<Option<Count>> {
    sql("SELECT failures, last_at FROM attempts WHERE attempt_key = $1").bind(key).opt(db).await
}

/// Locks a counter within a transaction and returns its value: parallel guesses wait until this one is counted. Creates
/// an empty counter if there was none.
pub async fn hold(tx: &mut Tx, counter: impl Into<Counter<'_>>) -> Result<Count> {
    let counter = counter.into();
    sql("INSERT INTO attempts (attempt_key, failures, last_at, account_key) VALUES ($1, 0, 0, $2) \
         ON CONFLICT (attempt_key) DO UPDATE SET failures = attempts.failures RETURNING failures, last_at")
    .bind(counter.key)
    .bind(counter.account)
    .one(tx)
    .await
}

/// Sets the value of a counter that is [locked](hold).
pub async fn put(tx: &mut Tx, key: &str, count: Count) -> Result<()> {
    sql("UPDATE attempts SET failures = $2, last_at = $3 WHERE attempt_key = $1")
        .bind(key)
        .bind(count.failures)
        .bind(count.last_at)
        .run(tx)
        .await?;
    Ok(())
}

/// How many attempts are under way in each of these counters, which are [locked](hold). An attempt that lapses later
/// than any clock could have said doesn't count.
pub async fn under_way(tx: &mut Tx, keys: [&str; 3], now: i64, latest: i64) -> Result<HashMap<String, i64>> {
    record! { struct Row { attempt_key: String, n: i64 } }
    let rows: Vec<Row> = sql("SELECT attempt_key, COUNT(*) AS n FROM attempts_under_way \
         WHERE attempt_key IN ($1, $2, $3) AND lapses_at > $4 AND lapses_at <= $5 GROUP BY attempt_key")
    .bind(keys[0])
    .bind(keys[1])
    .bind(keys[2])
    .bind(now)
    .bind(latest)
    .all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.attempt_key, row.n)).collect())
}

/// Takes a place for an attempt in each of these counters, which are [locked](hold). A key may be named more than once.
pub async fn begin(tx: &mut Tx, id: &str, keys: [&str; 3], lapses_at: i64) -> Result<()> {
    sql("INSERT INTO attempts_under_way (attempt_key, attempt_id, lapses_at) \
         VALUES ($1, $4, $5), ($2, $4, $5), ($3, $4, $5) ON CONFLICT DO NOTHING")
    .bind(keys[0])
    .bind(keys[1])
    .bind(keys[2])
    .bind(id)
    .bind(lapses_at)
    .run(tx)
    .await?;
    Ok(())
}

/// Gives an attempt's places back: its verdict is stored, or there will be none.
pub async fn end(on: impl Into<On<'_>>, id: &str) -> Result<()> {
    sql("DELETE FROM attempts_under_way WHERE attempt_id = $1").bind(id).run(on).await?;
    Ok(())
}

/// Deletes a counter after a success.
pub async fn forgive(on: impl Into<On<'_>>, key: &str) -> Result<()> {
    sql("DELETE FROM attempts WHERE attempt_key = $1").bind(key).run(on).await?;
    Ok(())
}

/// Deletes every counter of an account.
pub async fn forgive_account(db: &Db, account: &str) -> Result<()> {
    sql("DELETE FROM attempts WHERE account_key = $1").bind(account).run(db).await?;
    Ok(())
}

/// Subtracts `weight` from a counter that many accounts share, so that honest sign-ins make room in it.
pub async fn give_back(on: impl Into<On<'_>>, key: &str, weight: i64) -> Result<()> {
    sql("UPDATE attempts SET failures = CASE WHEN failures > $2 THEN failures - $2 ELSE 0 END \
         WHERE attempt_key = $1")
    .bind(key)
    .bind(weight)
    .run(on)
    .await?;
    Ok(())
}

/// Records that something happened at `now`. `true` when it is the first time since `since`, or when the last recorded
/// time is later than `latest` and so can't be right.
pub async fn first_since(tx: &mut Tx, key: &str, now: i64, since: i64, latest: i64) -> Result<bool> {
    let noted = sql("INSERT INTO attempts (attempt_key, failures, last_at) VALUES ($1, 0, $2) \
         ON CONFLICT (attempt_key) DO UPDATE SET last_at = excluded.last_at \
         WHERE attempts.last_at <= $3 OR attempts.last_at > $4")
    .bind(key)
    .bind(now)
    .bind(since)
    .bind(latest)
    .run(tx)
    .await?;
    Ok(noted == 1)
}

/// Writes a row that nobody reads, to see whether writes work.
pub async fn touch_probe(db: &Db, now: i64) -> Result<()> {
    sql("INSERT INTO attempts (attempt_key, failures, last_at) VALUES ('probe', 0, $1) \
         ON CONFLICT (attempt_key) DO UPDATE SET last_at = excluded.last_at")
    .bind(now)
    .run(db)
    .await?;
    Ok(())
}
