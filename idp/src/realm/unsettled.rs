//! What could not be taken back yet.

use std::sync::{Mutex, PoisonError};

/// How many are remembered at most; the others lapse.
const MOST: usize = 10_000;

/// The ids of attempts without a verdict whose places could not be given back, because the database could not be written.
#[derive(Debug, Default)]
pub struct Unsettled(Mutex<Vec<String>>);

impl Unsettled {
    /// Remembers one for the next time that the database is written.
    pub fn add(&self, id: String) {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if ids.len() < MOST {
            ids.push(id);
        }
    }

    /// Hands all of them over.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
