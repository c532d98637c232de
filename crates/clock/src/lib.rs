//! Time as a value. Code that depends on the time takes a [`Clock`], so that tests can move it instead of sleeping.
//!
//! [`random`] does the same for randomness; [`when`] writes times for people.

pub mod random;
pub mod when;

use std::{
    fmt::Debug,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use tokio::time::Instant;

/// A source of wall-clock time in whole Unix seconds. Lifetimes of stored data use it; time-outs of sockets don't.
pub trait Clock: Send + Sync + Debug {
    /// Seconds since 1970-01-01T00:00:00Z.
    fn now(&self) -> i64;

    /// Seconds since a fixed moment of this process, for cool-downs and ages in memory. It never goes back, even when
    /// the wall clock is changed.
    fn elapsed(&self) -> i64;

    /// Whether this clock is meant to show the real time, so that it can be compared with other clocks. A clock that
    /// tests move isn't.
    fn is_of_the_world(&self) -> bool {
        true
    }
}

/// A clock shared by the parts of a service.
pub type SharedClock = Arc<dyn Clock>;

/// The operating system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where ambient time becomes a value")]
    fn now(&self) -> i64 {
        // A clock set before 1970 reads as 0. Stored times are then ahead of the clock.
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .ok()
            .and_then(|elapsed| i64::try_from(elapsed.as_secs()).ok())
            .unwrap_or(0)
    }

    fn elapsed(&self) -> i64 {
        static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
        i64::try_from(BEGIN.elapsed().as_secs()).unwrap_or(i64::MAX)
    }
}

/// A clock that stands still until a test moves it.
#[derive(Debug, Default)]
pub struct ManualClock {
    now: AtomicI64,
    elapsed: AtomicI64,
}

impl ManualClock {
    /// A clock standing at `now` (Unix seconds).
    pub fn new(now: i64) -> Self {
        Self { now: AtomicI64::new(now), elapsed: AtomicI64::new(0) }
    }

    /// Moves the clock by `seconds`. A negative number moves it back, and `elapsed` stays as it is.
    pub fn advance(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
        self.elapsed.fetch_add(seconds.max(0), Ordering::SeqCst);
    }

    /// Puts the clock to `now` (Unix seconds).
    pub fn set(&self, now: i64) {
        let before = self.now.swap(now, Ordering::SeqCst);
        self.elapsed.fetch_add((now - before).max(0), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    fn elapsed(&self) -> i64 {
        self.elapsed.load(Ordering::SeqCst)
    }

    fn is_of_the_world(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let clock = ManualClock::new(100);
        assert_eq!(clock.now(), 100);
        clock.advance(30);
        assert_eq!(clock.now(), 130);
        assert_eq!(clock.elapsed(), 30);
        clock.set(5);
        clock.advance(-1);
        assert_eq!((clock.now(), clock.elapsed()), (4, 30), "what has passed has passed");
        clock.set(14);
        assert_eq!((clock.now(), clock.elapsed()), (14, 40));
    }

    #[test]
    fn the_system_clock_is_later_than_the_first_commit_of_this_file() {
        assert!(SystemClock.now() > 1_750_000_000);
    }
}
