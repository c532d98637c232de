//! The queue in front of the password threads.
//!
//! A request waits for its turn before anything is read from the database for it. While it waits, it holds no database
//! connection and no more memory than the form that was sent.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// How many requests have a turn besides those whose passwords are being hashed. They read from the database meanwhile,
/// which can be far away.
const PREPARING: usize = 16;

/// No turn: the queue is full, or the wait was too long. This says nothing about the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("password hashing is at capacity")]
pub struct Busy;

/// The bounded queue in front of a realm's password threads.
#[derive(Debug)]
pub struct Queue {
    turns: Arc<Semaphore>,
    waiting: Semaphore,
    longest: Duration,
}

/// A turn at the password threads. It ends when all clones are dropped; each job holds one until it is done.
#[derive(Debug, Clone)]
pub struct Turn {
    _permit: Arc<OwnedSemaphorePermit>,
}

impl Queue {
    /// A queue for `threads` threads. `waiting` requests may wait for a turn, each for at most `longest`.
    pub fn new(threads: usize, waiting: usize, longest: Duration) -> Self {
        let permits = |number: usize| Semaphore::new(number.min(Semaphore::MAX_PERMITS));
        let turns = Arc::new(permits(threads.saturating_add(PREPARING)));
        Self { turns, waiting: permits(waiting), longest }
    }

    /// How many turns are free.
    pub(super) fn free_turns(&self) -> usize {
        self.turns.available_permits()
    }

    /// Waits for a turn, in the order of arrival. A request that stops waiting leaves the queue.
    ///
    /// # Errors
    /// Returns [`Busy`] at once when the queue is full, and after `longest` when no turn came.
    pub async fn turn(&self) -> Result<Turn, Busy> {
        // a free turn goes to waiting requests first, so this overtakes none of them
        if let Ok(permit) = Arc::clone(&self.turns).try_acquire_owned() {
            return Ok(Turn { _permit: Arc::new(permit) });
        }
        let _place = self.waiting.try_acquire().map_err(|_| Busy)?;
        match timeout(self.longest, Arc::clone(&self.turns).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Turn { _permit: Arc::new(permit) }),
            _ => Err(Busy),
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use tokio::time::advance;

    use super::*;

    const LONGEST: Duration = Duration::from_secs(20);

    /// A queue for one thread, and all its turns, taken.
    fn taken(waiting: usize) -> (Queue, Vec<Turn>) {
        let queue = Queue::new(1, waiting, LONGEST);
        let turns = (0..=PREPARING).map(|_| queue.turn().now_or_never().unwrap().unwrap()).collect();
        (queue, turns)
    }

    #[tokio::test]
    async fn w7_as_many_wait_as_may_and_everybody_else_is_told_at_once() {
        let (queue, mut turns) = taken(1);
        let mut waiting = Box::pin(queue.turn());
        assert!(waiting.as_mut().now_or_never().is_none());
        assert_eq!(queue.turn().await.err(), Some(Busy));
        turns.pop();
        assert!(waiting.await.is_ok());
    }

    #[tokio::test]
    async fn w7_turns_come_in_the_order_of_arrival() {
        let (queue, mut turns) = taken(9);
        let mut first = Box::pin(queue.turn());
        let mut second = Box::pin(queue.turn());
        assert!(first.as_mut().now_or_never().is_none() && second.as_mut().now_or_never().is_none());
        turns.pop();
        assert!(second.as_mut().now_or_never().is_none(), "the first came before");
        assert!(queue.turn().now_or_never().is_none(), "so did the second");
        assert!(first.now_or_never().is_some_and(|turn| turn.is_ok()));
        assert!(second.now_or_never().is_some_and(|turn| turn.is_ok()), "the first has gone again");
    }

    #[tokio::test]
    async fn w7_whoever_stops_waiting_leaves_the_queue() {
        let (queue, mut turns) = taken(2);
        let mut gone = Box::pin(queue.turn());
        let mut next = Box::pin(queue.turn());
        assert!(gone.as_mut().now_or_never().is_none() && next.as_mut().now_or_never().is_none());
        assert_eq!(queue.turn().await.err(), Some(Busy));
        drop(gone);
        assert!(queue.turn().now_or_never().is_none(), "somebody else may wait");
        turns.pop();
        assert!(next.now_or_never().is_some_and(|turn| turn.is_ok()));
    }

    #[tokio::test(start_paused = true)]
    async fn w7_nobody_waits_for_longer_than_the_realm_says() {
        let (queue, turns) = taken(1);
        let mut waiting = Box::pin(queue.turn());
        assert!(waiting.as_mut().now_or_never().is_none());
        advance(Duration::from_millis(19_999)).await;
        assert!(waiting.as_mut().now_or_never().is_none());
        advance(Duration::from_millis(2)).await;
        assert_eq!(waiting.await.err(), Some(Busy));
        drop(turns);
        assert!(queue.turn().await.is_ok());
    }

    #[tokio::test]
    async fn w7_a_turn_lasts_as_long_as_a_job_of_it() {
        let (queue, mut turns) = taken(0);
        let job = turns.pop().unwrap();
        let request = job.clone();
        drop(request);
        assert_eq!(queue.turn().await.err(), Some(Busy));
        drop(job);
        assert!(queue.turn().await.is_ok());
    }
}
