//! Attempts whose places could not be given back yet.

use std::sync::{Mutex, PoisonError};

/// How many are remembered at most. The places of others lapse.
const MOST: usize = 10_000;
/// How many are given back at a time.
const AT_ONCE: usize = 50;

/// The ids of attempts without a verdict whose places could not be given back, since the database could not be written.
#[derive(Debug, Default)]
pub struct Unsettled(Mutex<Vec<String>>);

impl Unsettled {
    /// Remembers attempts until the database is written next.
    pub fn add(&self, more: impl IntoIterator<Item = String>) {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST.saturating_sub(ids.len());
        ids.extend(more.into_iter().take(room));
    }

    /// Removes the newest of them and returns them, a limited number at a time.
    pub fn take(&self) -> Vec<String> {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = ids.len().saturating_sub(AT_ONCE);
        ids.split_off(left)
    }
}
