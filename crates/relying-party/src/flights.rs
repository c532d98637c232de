//! Which sessions' tokens are being renewed in this process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

/// After a failed call the waiting requests don't repeat it for this long, in seconds.
const RETRY_AFTER: i64 = 5;

/// The refreshes in this process, by session.
#[derive(Debug, Default)]
pub(crate) struct Flights {
    under_way: Mutex<HashMap<String, Weak<Flight>>>,
    /// When a call came back without an answer, by the time that never goes back; kept for [`RETRY_AFTER`].
    failed: Mutex<HashMap<String, i64>>,
}

/// Held by whoever renews a session's tokens.
pub(crate) type Flight = tokio::sync::Mutex<()>;

impl Flights {
    /// The flight of a session's renewal.
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

    /// Whether a call for this session has failed a moment ago.
    pub fn has_just_failed(&self, id_hash: &str, now: i64) -> bool {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get(id_hash).is_some_and(|at| is_recent(*at, now))
    }

    /// A call for this session has failed.
    pub fn note_failure(&self, id_hash: &str, now: i64) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.retain(|_, at| is_recent(*at, now));
        failed.insert(id_hash.to_owned(), now);
    }
}

fn is_recent(at: i64, now: i64) -> bool {
    (0..RETRY_AFTER).contains(&(now - at))
}
