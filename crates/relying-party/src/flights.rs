//! Prevents parallel renewals of one session's tokens in this process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

/// Seconds after a failed renewal during which requests of the same session don't try again.
const RETRY_AFTER: i64 = 5;

/// The refreshes in this process, by session.
#[derive(Debug, Default)]
pub(crate) struct Flights {
    under_way: Mutex<HashMap<String, Weak<Flight>>>,
    /// When a renewal last failed for want of an answer, on the monotonic clock; kept for [`RETRY_AFTER`].
    failed: Mutex<HashMap<String, i64>>,
}

/// Held while a session's tokens are renewed.
pub(crate) type Flight = tokio::sync::Mutex<()>;

impl Flights {
    /// The lock of a session's renewal.
    pub fn of(&self, id_hash: &str) -> Arc<Flight> {
        let mut flights = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = flights.get(id_hash).and_then(Weak::upgrade) {
            return flight;
        }
        flights.retain(|_, flight| flight.strong_count() > 0);
        let flight = Arc::new(Flight::default());
        flights.insert(id_hash.to_owned(), Arc::downgrade(&flight));
        flight
    }

    /// Whether a renewal of this session failed less than [`RETRY_AFTER`] ago.
    pub fn has_just_failed(&self, id_hash: &str, now: i64) -> bool {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get(id_hash).is_some_and(|at| is_recent(*at, now))
    }

    /// Notes that a renewal of this session failed.
    pub fn note_failure(&self, id_hash: &str, now: i64) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.retain(|_, at| is_recent(*at, now));
        failed.insert(id_hash.to_owned(), now);
    }
}

fn is_recent(at: i64, now: i64) -> bool {
    (0..RETRY_AFTER).contains(&(now - at))
}
