//! Audit events of codes and tokens. There are many a second, so they are written together, a moment after the answer.
//!
//! An event that matters for somebody's security is written before the answer, see [`audit::record`]. A process that is
//! killed loses the events of its last second. While the database is away, events wait; none is lost until the room for
//! them is used up.

use std::sync::{Mutex, MutexGuard, PoisonError};

use database::{Db, Result};
use tokio::sync::{Mutex as Turn, Notify};

use super::audit::{self, Event, Waiting};

/// When so many wait, they are written at once. Also how many are written together.
const MANY: usize = 512;
/// How many events wait at most. Further ones are only counted, and lost.
const ROOM: usize = 16_384;

/// The events that wait to be written.
#[derive(Debug, Default)]
pub struct Issued {
    waiting: Mutex<State>,
    many: Notify,
    turn: Turn<()>,
}

#[derive(Debug, Default)]
struct State {
    events: Vec<Waiting>,
    lost: u64,
}

impl Issued {
    /// Keeps an event until the waiting events are written.
    pub fn note(&self, event: &Event<'_>) {
        let waiting = {
            let mut state = self.state();
            if state.events.len() < ROOM {
                state.events.push(event.into());
            } else {
                state.lost += 1;
            }
            state.events.len()
        };
        if waiting >= MANY {
            self.many.notify_one();
        }
    }

    /// Returns when many events wait.
    pub async fn many(&self) {
        self.many.notified().await;
    }

    /// Writes the events that wait. Returns how many found no room since the last time.
    ///
    /// # Errors
    /// When the database can't be written to; the events go on waiting.
    pub async fn write(&self, db: &Db) -> Result<u64> {
        let _turn = self.turn.lock().await;
        loop {
            let events: Vec<Waiting> = self.state().events.iter().take(MANY).cloned().collect();
            if events.is_empty() {
                return Ok(std::mem::take(&mut self.state().lost));
            }
            audit::record_all(db, &events).await?;
            self.state().events.drain(..events.len());
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
