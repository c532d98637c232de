//! Who may wait for a password to be checked, and when each of them has a turn.
//!
//! In a storm of sign-ins everything else goes on: most are turned away at once, one after the other, and for those who
//! wait nothing is done before their turn comes. Otherwise whatever else is asked for in that moment would wait behind
//! all of them.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How many have a turn for each worker: one is at work, and the next is being made ready meanwhile.
const TURNS: usize = 2;
/// How long a turn is waited for. It is a courtesy: when those before are held up by something else than passwords, such
/// as a database that hangs, nobody waits for one after the other of them.
const COURTESY: Duration = Duration::from_secs(5);

/// No answer now: every place is taken. Maps to 503 with Retry-After; says nothing about the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("password hashing is at capacity")]
pub struct Busy;

/// The places of a realm.
#[derive(Debug)]
pub struct Places {
    free: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    door: Mutex<()>,
}

/// A place among the passwords that are being checked or wait for it, for one of them. Whoever has one is not turned away.
#[derive(Debug)]
pub struct Place {
    _taken: OwnedSemaphorePermit,
    turns: Arc<Semaphore>,
    turn: Option<OwnedSemaphorePermit>,
}

impl Places {
    /// One for each worker and each of those who may wait.
    pub fn new(workers: usize, queue: usize) -> Self {
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits.min(Semaphore::MAX_PERMITS)));
        Self {
            free: semaphore(workers.saturating_add(queue)),
            turns: semaphore(workers.saturating_mul(TURNS)),
            door: Mutex::new(()),
        }
    }

    /// A place, if there is one now: asked for before anything is written, so that turning away costs nothing.
    ///
    /// # Errors
    /// When there is none.
    pub fn take(&self) -> Result<Place, Busy> {
        let taken = Arc::clone(&self.free).try_acquire_owned().map_err(|_| Busy)?;
        Ok(Place { _taken: taken, turns: Arc::clone(&self.turns), turn: None })
    }

    /// Makes the answer to somebody who has no place, when those to whoever came before are made.
    pub async fn turn_away<T>(&self, answer: impl FnOnce() -> T) -> T {
        let _one_at_a_time = self.door.lock().await;
        answer()
    }
}

impl Place {
    /// Waits until it is among the next, in the order they came. To be called before anything is read for the password.
    #[must_use]
    pub async fn in_turn(mut self) -> Self {
        let turn = timeout(COURTESY, Arc::clone(&self.turns).acquire_owned()).await;
        self.turn = turn.ok().and_then(Result::ok);
        self
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    /// All the turns that one worker's places have.
    async fn both_turns(places: &Places) -> [Place; TURNS] {
        [places.take().unwrap().in_turn().await, places.take().unwrap().in_turn().await]
    }

    #[test]
    fn w7_there_are_as_many_places_as_workers_and_room_to_wait() {
        let places = Places::new(1, 2);
        let mut taken: Vec<_> = (0..3).map(|_| places.take().unwrap()).collect();
        assert_eq!(places.take().err(), Some(Busy));
        taken.pop();
        assert!(places.take().is_ok(), "it is free again");
    }

    #[tokio::test(start_paused = true)]
    async fn w7_turns_come_in_the_order_of_arrival_and_end_with_the_place() {
        let places = Places::new(1, 9);
        let [first, second] = both_turns(&places).await;
        let mut third = Box::pin(places.take().unwrap().in_turn());
        let mut fourth = Box::pin(places.take().unwrap().in_turn());
        assert!(third.as_mut().now_or_never().is_none() && fourth.as_mut().now_or_never().is_none());
        drop(second);
        assert!(fourth.as_mut().now_or_never().is_none(), "the third came before");
        assert!(third.now_or_never().is_some_and(|place| place.turn.is_some()));
        drop(first);
        assert!(fourth.now_or_never().is_some_and(|place| place.turn.is_some()));
    }

    #[tokio::test(start_paused = true)]
    async fn w7_whoever_gives_up_holds_nobody_up() {
        let places = Places::new(1, 9);
        let at_work = both_turns(&places).await;
        let mut gone = Box::pin(places.take().unwrap().in_turn());
        assert!(gone.as_mut().now_or_never().is_none());
        let mut next = Box::pin(places.take().unwrap().in_turn());
        assert!(next.as_mut().now_or_never().is_none());
        drop(gone);
        drop(at_work);
        assert!(next.now_or_never().is_some_and(|place| place.turn.is_some()));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_a_turn_for_long_when_those_before_are_held_up() {
        let places = Places::new(1, 9);
        let held_up = both_turns(&places).await;
        let goes_on = places.take().unwrap().in_turn().await;
        assert!(goes_on.turn.is_none());
        drop(held_up);
        assert!(places.take().unwrap().in_turn().await.turn.is_some(), "turns are kept again");
    }

    #[tokio::test]
    async fn w7_those_without_a_place_are_answered_one_after_the_other() {
        let places = Places::new(1, 0);
        let before = places.door.lock().await;
        let mut answer = Box::pin(places.turn_away(|| "no"));
        assert_eq!(answer.as_mut().now_or_never(), None);
        drop(before);
        assert_eq!(answer.await, "no");
    }
}
