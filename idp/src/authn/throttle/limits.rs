//! When the next attempt may be made. Pure functions: the caller stores the counters, and holds a lock meanwhile.

use protocol::stored_time::{LEEWAY, is_ahead};

use super::Bucket;

/// The longest that anybody waits because of other people's attempts, in seconds (W9). A promised turn is valid for the
/// same time.
pub const TURN_SECONDS: i64 = 60;

/// The state of a counter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// For [`Limits::Backoff`], failures in a row. For [`Limits::Pace`], the seconds until the counter is empty.
    pub count: i64,
    /// The time of that count, Unix seconds. When the count is 0, the time of the promised turn, or 0 when none was
    /// promised.
    pub last_at: i64,
    /// Admitted attempts whose result isn't known yet.
    pub under_way: i64,
}

/// How one bucket slows attempts down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits {
    /// Counts failures in a row, until a success. Each one beyond `free` doubles the wait.
    Backoff {
        /// Failures in a row that cost no waiting.
        free: i64,
        /// Seconds to wait after `free` failures.
        first_seconds: i64,
        /// The longest wait in seconds.
        cap_seconds: i64,
        /// Failures in a row after which only a reset helps.
        stop: i64,
    },
    /// For a counter that many people share: `burst` failures at once, then one every `seconds`.
    Pace {
        /// How many failures cost no waiting.
        burst: i64,
        /// One failure leaves the counter after this many seconds, and then the next one.
        seconds: i64,
        /// What an attempt counts until its result is known, in seconds. Most attempts from an address with many people
        /// are not failures.
        under_way_seconds: i64,
    },
}

impl Limits {
    /// The time (Unix seconds) from which the next attempt is allowed; `i64::MAX` when only a reset helps.
    ///
    /// A count whose time is ahead of the clock causes no wait, because the wait would last until the clock reaches
    /// that time. The attempt that is admitted instead sets the time anew.
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
                // the attempts under way may fail now
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

    /// The count and its time after one more failure at `now`. Failures fill a shared counter no further than `burst`,
    /// so that it soon has room again.
    pub fn after_failure(&self, standing: &Standing, now: i64) -> (i64, i64) {
        match *self {
            Self::Backoff { .. } => (standing.count.saturating_add(1), now),
            Self::Pace { burst, seconds, .. } => {
                let left = self.left(standing, now);
                (left.max((left + seconds).min(burst * seconds)), dated(standing, now))
            }
        }
    }

    /// The count and its time after a turn was promised. In a shared counter the promise counts like a failure.
    pub fn after_promise(&self, standing: &Standing, now: i64) -> (i64, i64) {
        let paid = match *self {
            Self::Backoff { .. } => 0,
            Self::Pace { seconds, .. } => seconds,
        };
        (self.left(standing, now).saturating_add(paid), dated(standing, now))
    }

    /// The count at `now`, after what has left a shared counter since.
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

/// The time of a new count in a counter that empties by itself. It never goes back: otherwise two replicas whose clocks
/// differ would empty the counter by taking turns.
fn dated(standing: &Standing, now: i64) -> i64 {
    if is_ahead(standing.last_at, now) { now } else { now.max(standing.last_at) }
}

/// Whether an attempt may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Yes. The attempt takes a place in each of its counters. With a promised turn it takes none in the account's: the
    /// promise was counted there.
    Admitted {
        /// Whether it uses a promised turn.
        in_turn: bool,
    },
    /// No, not before this time (Unix seconds).
    Wait(i64),
    /// No, but certainly at this time (Unix seconds): the caller stores the promise in the counter of the source.
    Promised(i64),
}

/// Decides about an attempt with these counters. The account's counter comes last.
///
/// An account that is attacked from many places admits only one attempt every few seconds, and the attackers try all
/// the time. So that they don't take every one, a source that has no failure at this account is promised a turn. At
/// that time its attempt is admitted, whatever the others did meanwhile.
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

/// Whether a source has a promised turn at an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// No, and it gets none: it failed there, or an attempt is under way.
    No,
    /// No, but it may be promised one.
    Free,
    /// Yes, at this later time.
    Later(i64),
    /// Yes, now.
    Now,
}

impl Turn {
    fn of(source: &Standing, now: i64) -> Self {
        if source.count > 0 || source.under_way > 0 {
            return Self::No;
        }
        let ahead = source.last_at.saturating_sub(now);
        match ahead {
            // no promise is made for a time further ahead
            _ if ahead > TURN_SECONDS + LEEWAY => Self::Free,
            1.. => Self::Later(source.last_at),
            _ if ahead >= -TURN_SECONDS => Self::Now,
            _ => Self::Free,
        }
    }
}
