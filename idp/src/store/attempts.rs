//! Counting attempts (W8, W9, MF3). What a count means is decided by `authn::throttle`.

use std::collections::HashMap;

use database::{Db, On, Result, Tx, record, sql};

/// How long an attempt may be under way before it counts no more, seconds: longer than any password waits to be checked.
/// It only matters when a process ends in between.
pub const UNDER_WAY_SECONDS: i64 = 120;

record! {
    /// A count.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Count {
        /// Failures since the last success; of what leaks, the seconds until it is empty.
        pub failures: i64,
        /// When that was so, Unix seconds. Without failures, the turn that was promised; 0 when none was.
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
/// counted. There is one afterwards, an empty one if there was none.
pub async fn hold(tx: &mut Tx, counter: impl Into<Counter<'_>>) -> Result<Count> {
    let counter = counter.into();
    sql("INSERT INTO attempts (attempt_key, failures, last_at, account_key) VALUES ($1, 0, 0, $2) \
         ON CONFLICT (attempt_key) DO UPDATE SET failures = attempts.failures RETURNING failures, last_at")
    .bind(counter.key)
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

/// How many attempts are under way under each of these keys, which are [held](hold). One that lapses later than any clock
/// could have said is none.
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

/// An attempt takes a place under each of these keys, which are [held](hold); a key may be named more than once.
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

/// An attempt gives its places back: its verdict is stored, or there will be none.
pub async fn end(on: impl Into<On<'_>>, id: &str) -> Result<()> {
    sql("DELETE FROM attempts_under_way WHERE attempt_id = $1").bind(id).run(on).await?;
    Ok(())
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

/// Takes so much back from a count that many accounts share, so that honest sign-ins make room in it.
pub async fn give_back(on: impl Into<On<'_>>, key: &str, weight: i64) -> Result<()> {
    sql("UPDATE attempts SET failures = CASE WHEN failures > $2 THEN failures - $2 ELSE 0 END \
         WHERE attempt_key = $1")
    .bind(key)
    .bind(weight)
    .run(on)
    .await?;
    Ok(())
}

/// Notes that something happened at `now`; `true` when it is the first time since `since`, or the last time is later than
/// `latest` and so says nothing.
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

/// A write that changes nothing anybody reads, to see whether writes work.
pub async fn touch_probe(db: &Db, now: i64) -> Result<()> {
    sql("INSERT INTO attempts (attempt_key, failures, last_at) VALUES ('probe', 0, $1) \
         ON CONFLICT (attempt_key) DO UPDATE SET last_at = excluded.last_at")
    .bind(now)
    .run(db)
    .await?;
    Ok(())
}
