//! How many requests somebody may make: one token bucket each, which all replicas share.
//!
//! A bucket is a moment: when it will be full again. A request moves that moment on by what one request costs, unless
//! it would lie further ahead than a whole bucket takes to fill (the generic cell rate algorithm). So a bucket is one
//! number, and taking from it is one step: a script in Redis, or one guarded statement in the database.

use database::{Db, Result, Sql, record, sql};
use redis::Script;

use crate::{Away, Cache};

/// How often somebody may do something: a minute's worth at once, and from then on as much in every minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    per_minute: i64,
}

/// Milliseconds.
const MINUTE: i64 = 60_000;

impl Pace {
    /// So many a minute; `None` for no limit.
    pub fn per_minute(requests: i64) -> Option<Self> {
        (requests > 0).then_some(Self { per_minute: requests.min(MINUTE) })
    }

    /// What one request costs, milliseconds; rather too much than too little.
    fn cost(self) -> i64 {
        (MINUTE + self.per_minute - 1) / self.per_minute
    }

    /// How long an empty bucket takes to fill, milliseconds.
    fn capacity(self) -> i64 {
        self.cost() * self.per_minute
    }

    /// Seconds after which a request that was refused is admitted at the latest.
    pub fn retry_seconds(self) -> i64 {
        (self.cost() + 999) / 1000
    }
}

/// The buckets of one kind of requests.
#[derive(Debug, Clone)]
pub struct Limiter {
    pace: Pace,
    cache: Option<Cache>,
    db: Db,
    script: Script,
}

impl Limiter {
    /// Buckets in `cache`, and in the table `request_buckets` of `db` while that is away.
    pub fn new(pace: Pace, cache: Option<Cache>, db: Db) -> Self {
        Self { pace, cache, db, script: Script::new(TAKE) }
    }

    /// Its pace.
    pub fn pace(&self) -> Pace {
        self.pace
    }

    /// Takes one request out of the bucket `key` at `now` (Unix seconds); `false` when it is empty.
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

    /// What the script's answer says. Nothing, when no bucket can be like that: what answers so is no Redis, and must not
    /// decide who comes in.
    fn judge(&self, answer: i64, now: i64) -> Option<bool> {
        let full_at = answer.checked_abs()?;
        let (cost, capacity) = (self.pace.cost(), self.pace.capacity());
        // also of a replica whose clock is ahead
        let is_possible = (now.saturating_add(cost)..=now.saturating_add(2 * capacity)).contains(&full_at);
        is_possible.then_some(answer > 0)
    }

    /// A moment that is too far ahead even for the clock of another replica is a full bucket.
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

/// Removes buckets that are full again, which are like new ones; for a [`Sweep`](database::Sweep).
pub fn full_buckets(now: i64) -> Sql {
    sql("DELETE FROM request_buckets WHERE bucket_key IN \
         (SELECT bucket_key FROM request_buckets WHERE full_at < $1 LIMIT $2)")
    .bind(now.saturating_mul(1000))
}

/// The same step in Redis, where what is no number is a full bucket too. The answer is when the bucket will be full, and
/// that below zero when the request is refused.
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
