//! Who may wait for a password to be checked, and when each of them has a turn.
//!
//! In a storm of sign-ins everything else goes on: most are turned away at once, one after the other, for those who wait
//! nothing is done before their turn comes, and no password is checked before the rush is over. Otherwise whatever else is
//! asked for in that moment would wait behind all of them.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, sleep_until, timeout};

/// How many have a turn for each worker: one is at work, and the next is being made ready meanwhile.
const TURNS: usize = 2;
/// How long a turn is waited for. It is a courtesy: when those before are held up by something else than passwords, such
/// as a database that hangs, nobody waits for one after the other of them.
const COURTESY: Duration = Duration::from_secs(5);

/// So long after somebody was turned away, more are likely to be.
const RUSH: Duration = Duration::from_millis(5);
/// How long a check waits for the end of a rush. 500 people are turned away in half of it; what never ends is no rush.
const LONGEST_RUSH: Duration = Duration::from_millis(100);

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
    /// Until when there is a rush.
    rush: watch::Sender<Instant>,
}

/// A place among the passwords that are being checked or wait for it, for one of them. Whoever has one is not turned away.
#[derive(Debug)]
pub struct Place {
    _taken: OwnedSemaphorePermit,
    turns: Arc<Semaphore>,
    turn: Option<OwnedSemaphorePermit>,
    rush: watch::Receiver<Instant>,
}

impl Places {
    /// One for each worker and each of those who may wait.
    pub fn new(workers: usize, queue: usize) -> Self {
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits.min(Semaphore::MAX_PERMITS)));
        Self {
            free: semaphore(workers.saturating_add(queue)),
            turns: semaphore(workers.saturating_mul(TURNS)),
            door: Mutex::new(()),
            rush: watch::Sender::new(Instant::now()),
        }
    }

    /// A place, if there is one now: asked for before anything is written, so that turning away costs nothing.
    ///
    /// # Errors
    /// When there is none.
    pub fn take(&self) -> Result<Place, Busy> {
        let taken = Arc::clone(&self.free).try_acquire_owned().map_err(|_| Busy)?;
        let (turns, rush) = (Arc::clone(&self.turns), self.rush.subscribe());
        Ok(Place { _taken: taken, turns, turn: None, rush })
    }

    /// Makes the answer to somebody who has no place, when those to whoever came before are made.
    pub async fn turn_away<T>(&self, answer: impl FnOnce() -> T) -> T {
        let _one_at_a_time = self.door.lock().await;
        self.rush.send_replace(Instant::now() + RUSH);
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

    /// Waits while people are being turned away. To be called right before the password is checked: that keeps a
    /// processor busy for longer than all of them do, whatever its priority, while the other one has all the rest to do.
    pub async fn after_rush(&self) {
        let over = async {
            loop {
                let over_at = *self.rush.borrow();
                if over_at <= Instant::now() {
                    break;
                }
                sleep_until(over_at).await;
            }
        };
        // at the longest one it is checked nevertheless
        let _ = timeout(LONGEST_RUSH, over).await;
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use tokio::time::{advance, sleep};

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

    #[tokio::test(start_paused = true)]
    async fn a_check_waits_until_nobody_is_turned_away_any_more() {
        let places = Places::new(1, 0);
        let place = places.take().unwrap();
        assert!(place.after_rush().now_or_never().is_some(), "nobody was turned away");
        places.turn_away(|| ()).await;
        let mut check = Box::pin(place.after_rush());
        assert!(check.as_mut().now_or_never().is_none());
        advance(RUSH / 2).await;
        places.turn_away(|| ()).await;
        advance(RUSH / 2).await;
        assert!(check.as_mut().now_or_never().is_none(), "one more was turned away meanwhile");
        advance(RUSH).await;
        assert!(check.now_or_never().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_rush_that_does_not_end_keeps_no_check_waiting_for_long() {
        let places = Places::new(1, 0);
        let place = places.take().unwrap();
        places.turn_away(|| ()).await;
        let endless = async {
            loop {
                sleep(RUSH / 2).await;
                places.turn_away(|| ()).await;
            }
        };
        let begun = Instant::now();
        tokio::select! {
            () = endless => {}
            () = place.after_rush() => {}
        }
        let waited = begun.elapsed();
        assert!(waited > RUSH && waited <= LONGEST_RUSH + RUSH, "{waited:?}");
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
