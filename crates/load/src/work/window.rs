//! The time that counts.

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// How long a window without any success may go on.
const PATIENCE: Duration = Duration::from_secs(30);

/// It goes on until something was done in it, so that a slow machine has a rate too.
#[derive(Debug)]
pub(super) struct Window {
    from: Instant,
    to: Instant,
    used: AtomicBool,
    /// By the first worker that has nothing left, or by what was done first when it came late.
    ended: OnceLock<Instant>,
}

impl Window {
    pub(super) fn new(from: Instant, to: Instant) -> Self {
        Self { from, to, used: AtomicBool::new(false), ended: OnceLock::new() }
    }

    pub(super) fn end(&self) -> Instant {
        self.ended.get().copied().unwrap_or(self.to)
    }

    pub(super) fn is_over(&self, now: Instant) -> bool {
        let late = self.used.load(Ordering::Relaxed) || now >= self.to + PATIENCE;
        self.ended.get().is_some() || now >= self.to && late
    }

    /// There is nothing left to do.
    pub(super) fn exhausted(&self, now: Instant) {
        self.ended.get_or_init(|| now);
    }

    /// Something failed: no window waits for a success then.
    pub(super) fn failed(&self) {
        self.used.store(true, Ordering::Relaxed);
    }

    /// Whether what was done at that moment counts.
    pub(super) fn counts(&self, moment: Instant) -> bool {
        if moment < self.from || self.ended.get().is_some_and(|ended| moment > *ended) {
            return false;
        }
        let first = !self.used.swap(true, Ordering::Relaxed);
        if moment > self.to && first {
            self.ended.get_or_init(|| moment);
        }
        moment <= self.to || first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_goes_on_until_something_was_done_in_it() {
        let from = Instant::now();
        let at = |seconds: u64| from + Duration::from_secs(seconds);
        let window = || Window::new(from, at(4));
        let usual = window();
        assert!(usual.counts(at(3)) && !usual.is_over(at(3)));
        assert!(usual.is_over(at(4)) && !usual.counts(at(5)) && usual.end() == at(4));
        let late = window();
        assert!(!late.is_over(at(5)) && late.counts(at(6)) && !late.counts(at(7)));
        assert!(late.is_over(at(6)) && late.end() == at(6));
        assert!(window().is_over(at(34)), "nothing at all ends too");
    }
}
