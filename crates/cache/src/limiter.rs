//! Rate limits for requests: one token bucket for each key, which all replicas share.
//!
//! A bucket is stored as one time: when it will be full again. A request moves that time ahead by the cost of one
//! request. It is refused when the time would then be further ahead than an empty bucket takes to fill (the generic
//! cell rate algorithm). So taking from a bucket is one step on one number: a script in Redis, or one guarded statement
//! in the database.

use database::{Db, Result, Sql, record, sql};
use redis::Script;

use crate::{Away, Cache};

/// A rate: the requests of a minute may come at once, and later ones as the bucket fills again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    per_minute: i64,
}

/// Milliseconds.
const MINUTE: i64 = 60_000;

impl Pace {
    /// A rate of `requests` a minute; `None` (no limit) for 0 and below.
    pub fn per_minute(requests: i64) -> Option<Self> {
        (requests > 0).then_some(Self { per_minute: requests.min(MINUTE) })
    }

    /// The cost of one request in milliseconds, rounded up.
    fn cost(self) -> i64 {
        (MINUTE + self.per_minute - 1) / self.per_minute
    }

    /// How long an empty bucket takes to fill, in milliseconds.
    fn capacity(self) -> i64 {
        self.cost() * self.per_minute
    }

    /// Seconds after which a refused request is admitted, at the latest.
    pub fn retry_seconds(self) -> i64 {
        (self.cost() + 999) / 1000
    }
}

/// The buckets for one kind of request.
#[derive(Debug, Clone)]
pub struct Limiter {
    pace: Pace,
    cache: Option<Cache>,
    db: Db,
    script: Script,
}

impl Limiter {
    /// Buckets in `cache`, and in the table `request_buckets` of `db` while the cache is unreachable.
    pub fn new(pace: Pace, cache: Option<Cache>, db: Db) -> Self {
        Self { pace, cache, db, script: Script::new(TAKE) }
    }

    /// The rate of its buckets.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// Takes one request from the bucket `key` at `now` (Unix seconds); `false` when it is empty.
    pub async fn admit(&self, key: &str, now: i64) -> Result<bool> {
        let now = now.saturating_mul(1000);
        if let Some(cache) = &self.cache
            && let Ok(admitted) = self.take_in_cache(cache, key, now).await
        {
            return Ok(admitted);
        }
        self.take_in_database(key, now).await
    }

    async fn take_in_cache(&self, cache: &Cache, key: &str, now: i64) -> std::result::Result<bool, Away> {
        let mut call = self.script.key(cache.key(&format!("bucket:{key}")));
        call.arg(now).arg(self.pace.cost()).arg(self.pace.capacity());
        let answer: i64 =
            cache.connection.ask(async |mut connection| call.invoke_async(&mut connection).await).await?;
        self.judge(answer, now).ok_or(Away)
    }

    /// Whether the script's answer admits the request. `None` when no bucket can have this value: then the peer isn't
    /// Redis, and must not decide.
    fn judge(&self, answer: i64, now: i64) -> Option<bool> {
        let full_at = answer.checked_abs()?;
        let (cost, capacity) = (self.pace.cost(), self.pace.capacity());
        // twice the capacity, for replicas whose clocks are ahead
        let is_possible = (now.saturating_add(cost)..=now.saturating_add(2 * capacity)).contains(&full_at);
        is_possible.then_some(answer > 0)
    }

    /// The step in the database. A stored time too far ahead, even for another replica's clock, counts as a full
    /// bucket.
    async fn take_in_database(&self, key: &str, now: i64) -> Result<bool> {
        record! { struct Taken { full_at: i64 } }
        let taken: Option<Taken> = sql("INSERT INTO request_buckets (bucket_key, full_at) VALUES ($1, $2) \
             ON CONFLICT (bucket_key) DO UPDATE SET full_at = CASE \
             WHEN request_buckets.full_at + $3 > $2 AND request_buckets.full_at <= $5 \
             THEN request_buckets.full_at + $3 ELSE $2 END \
             WHERE request_buckets.full_at + $3 <= $4 OR request_buckets.full_at > $5 RETURNING full_at")
        .bind(key)
        .bind(now.saturating_add(self.pace.cost()))
        .bind(self.pace.cost())
        .bind(now.saturating_add(self.pace.capacity()))
        .bind(now.saturating_add(2 * self.pace.capacity()))
        .opt(&self.db)
        .await?;
        Ok(taken.is_some_and(|taken| taken.full_at > now))
    }
}

/// The statement that removes full buckets, which are the same as new ones; for a [`Sweep`](database::Sweep).
pub fn full_buckets(now: i64) -> Sql {
    sql("DELETE FROM request_buckets WHERE bucket_key IN \
         (SELECT bucket_key FROM request_buckets WHERE full_at < $1 LIMIT $2)")
    .bind(now.saturating_mul(1000))
}

/// The same step in Redis, where a value that is no number also counts as a full bucket. It returns the time at which
/// the bucket will be full, negated when the request is refused.
const TAKE: &str = "
local now, cost, capacity = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full_at = tonumber(redis.call('GET', KEYS[1]) or '') or now
if not (full_at >= now and full_at <= now + 2 * capacity) then full_at = now end
if full_at + cost > now + capacity then return -math.max(full_at, now + cost) end
redis.call('SET', KEYS[1], string.format('%.0f', full_at + cost), 'PX', string.format('%.0f', full_at + cost - now))
return full_at + cost";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pool4_a_pace_is_never_exceeded_by_rounding() {
        for requests in 1..=MINUTE {
            let pace = Pace::per_minute(requests).unwrap();
            assert!(MINUTE / pace.cost() <= requests, "{requests}");
            assert!(pace.capacity() / pace.cost() == requests, "{requests} at once");
            assert!(pace.retry_seconds() * 1000 >= pace.cost(), "{requests}");
        }
        assert_eq!(Pace::per_minute(0), None);
        assert_eq!(Pace::per_minute(-1), None);
    }
}
