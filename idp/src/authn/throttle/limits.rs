//! When the next attempt may be made. Pure: the caller counts, under a lock, what is decided here.

use protocol::stored_time::{LEEWAY, is_ahead};

use super::Bucket;

/// The longest that anybody waits for what others did, seconds (W9); and how long a turn that was promised stands.
pub const TURN_SECONDS: i64 = 60;

/// What a counter says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Failures in a row; of what empties by itself, the seconds until it is empty.
    pub count: i64,
    /// When that was so, Unix seconds. Without any count, the turn that was promised; 0 when none was.
    pub last_at: i64,
    /// Attempts that were admitted and whose verdict isn't known yet.
    pub under_way: i64,
}

/// How one bucket slows down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// Failures in a row, which only a success ends. Each beyond the free ones doubles the wait.
    Backoff {
        /// Failures in a row that cost no waiting.
        free: i64,
        /// Seconds to wait after the last of them.
        first_seconds: i64,
        /// The longest wait in seconds.
        cap_seconds: i64,
        /// Failures in a row after which only a reset helps.
        stop: i64,
    },
    /// What many share: so many failures at once, and then one in so many seconds.
    Pace {
        /// Failures that cost no waiting.
        burst: i64,
        /// Seconds after which one failure counts no more, again and again.
        seconds: i64,
        /// What an attempt counts until its verdict is known, seconds: most of what comes from an address with many
        /// people are not failures.
        under_way_seconds: i64,
    },
}

impl Limits {
    /// From when on (Unix seconds) the next attempt is allowed; `i64::MAX` when only a reset helps.
    ///
    /// A count whose time is ahead of the clock owes no wait: it would last until the clock gets there. The attempt that
    /// is let in by that is dated anew.
    pub fn open_at(&self, standing: &Standing, now: i64) -> i64 {
        let dated_ahead = standing.under_way == 0 && is_ahead(standing.last_at, now);
        match *self {
            Self::Backoff { stop, .. } => {
                if standing.count >= stop {
                    return i64::MAX;
                }
                let wait = self.wait(standing.count.saturating_add(standing.under_way));
                if wait == 0 || dated_ahead {
                    return now;
                }
                // what is under way may fail now
                let since = if standing.under_way > 0 { now } else { standing.last_at };
                since.saturating_add(wait)
            }
            Self::Pace { burst, seconds, under_way_seconds } => {
                let under_way = standing.under_way.saturating_mul(under_way_seconds);
                let level = self.left(standing, now).saturating_add(under_way).saturating_add(seconds);
                let over = level.saturating_sub(burst * seconds);
                if dated_ahead { now } else { now.saturating_add(over.max(0)) }
            }
        }
    }

    /// The count and its time after one more failure at `now`. What many share is never more than full by failures, so
    /// that it soon has room again.
    pub fn after_failure(&self, standing: &Standing, now: i64) -> (i64, i64) {
        match *self {
            Self::Backoff { .. } => (standing.count.saturating_add(1), now),
            Self::Pace { burst, seconds, .. } => {
                let left = self.left(standing, now);
                (left.max((left + seconds).min(burst * seconds)), dated(standing, now))
            }
        }
    }

    /// The count and its time after a turn was promised, which is paid for like a failure.
    pub fn after_promise(&self, standing: &Standing, now: i64) -> (i64, i64) {
        let paid = match *self {
            Self::Backoff { .. } => 0,
            Self::Pace { seconds, .. } => seconds,
        };
        (self.left(standing, now).saturating_add(paid), dated(standing, now))
    }

    /// What is left of the count at `now`.
    fn left(&self, standing: &Standing, now: i64) -> i64 {
        match self {
            Self::Backoff { .. } => standing.count,
            Self::Pace { .. } => {
                standing.count.saturating_sub(now.saturating_sub(standing.last_at).max(0)).max(0)
            }
        }
    }

    /// Seconds to wait after `failures` in a row.
    fn wait(&self, failures: i64) -> i64 {
        let Self::Backoff { free, first_seconds, cap_seconds, .. } = *self else { return 0 };
        let beyond = failures - free;
        if beyond < 0 {
            return 0;
        }
        // 2^40 seconds are beyond every cap; the bound keeps the shift defined.
        first_seconds.saturating_mul(1 << beyond.min(40)).min(cap_seconds)
    }
}

/// The time of a new count of what empties by itself: the clocks of two replicas that take turns must not empty it by their
/// difference.
fn dated(standing: &Standing, now: i64) -> i64 {
    if is_ahead(standing.last_at, now) { now } else { now.max(standing.last_at) }
}

/// Whether an attempt may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It takes a place in each of its counters; not in the account's when its turn was promised and so paid for.
    Admitted {
        /// Whether it comes in its turn.
        in_turn: bool,
    },
    /// Not before this time.
    Wait(i64),
    /// Not before this time, and then for certain: the promise has to be kept with the source's counter.
    Promised(i64),
}

/// Decides about an attempt with these counters, the account's last.
///
/// An account that is attacked from many places is open to one attempt in some seconds. So that the attackers, who ask
/// all the time, don't take every one of them, whoever has not failed there yet is promised a turn and comes in at that
/// time, whatever the others did meanwhile.
pub fn decide(held: &[(Bucket, Standing)], now: i64) -> Decision {
    let source = held.iter().find(|(bucket, _)| *bucket == Bucket::AccountAndSource);
    let turn = source.map_or(Turn::No, |(_, standing)| Turn::of(standing, now));
    for (bucket, standing) in held {
        let open_at = bucket.limits().open_at(standing, now);
        match (bucket, turn) {
            (Bucket::AccountAndSource, Turn::Later(at)) => return Decision::Wait(at),
            (Bucket::Account, Turn::Now) => return Decision::Admitted { in_turn: true },
            _ if open_at <= now => {}
            (Bucket::Account, Turn::Free) if open_at - now <= TURN_SECONDS => {
                return Decision::Promised(open_at);
            }
            (Bucket::Account | Bucket::Address, _) => {
                return Decision::Wait(open_at.min(now.saturating_add(TURN_SECONDS)));
            }
            _ => return Decision::Wait(open_at),
        }
    }
    Decision::Admitted { in_turn: false }
}

/// Whether a source has a turn at an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// It failed there, or an attempt is under way: it gets none.
    No,
    /// It may be promised one.
    Free,
    /// It has one, but not yet.
    Later(i64),
    /// It is its turn.
    Now,
}

impl Turn {
    fn of(source: &Standing, now: i64) -> Self {
        if source.count > 0 || source.under_way > 0 {
            return Self::No;
        }
        let ahead = source.last_at.saturating_sub(now);
        match ahead {
            // no promise reaches further
            _ if ahead > TURN_SECONDS + LEEWAY => Self::Free,
            1.. => Self::Later(source.last_at),
            _ if ahead >= -TURN_SECONDS => Self::Now,
            _ => Self::Free,
        }
    }
}
