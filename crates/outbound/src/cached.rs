//! A cached document of another server. It is fetched on use, by one task at a time and at most once per cool-down;
//! when a fetch fails, the last value is kept (K14). A fetch runs in its own task and finishes even if the request that
//! caused it is cancelled: otherwise the cool-down would delay the next attempt.
//!
//! `now` is seconds of a clock that never goes back (`Clock::elapsed`): a correction of the wall clock must neither prolong a cool-down
//! nor keep an old value fresh.

use std::{
    future::Future,
    sync::{Arc, PoisonError, RwLock},
};

use tokio::sync::{Mutex, OwnedMutexGuard};

/// Seconds between attempts while there is no value: the provider may still be starting.
const EMPTY_COOLDOWN: i64 = 2;

/// A cached value with its age limits, in seconds.
#[derive(Debug)]
pub struct Cached<T> {
    current: Arc<RwLock<Option<Entry<T>>>>,
    /// Locked during a fetch; holds the time when the last fetch began.
    flight: Arc<Mutex<Option<i64>>>,
    cooldown: i64,
    /// Age from which a use fetches the value again.
    refresh_after: i64,
    /// Age from which the value may no longer be used.
    stale_after: i64,
}

#[derive(Debug)]
struct Entry<T> {
    value: Arc<T>,
    at: i64,
}

impl<T> Clone for Entry<T> {
    fn clone(&self) -> Self {
        Self { value: Arc::clone(&self.value), at: self.at }
    }
}

impl<T: Send + Sync + 'static> Cached<T> {
    /// An empty cache. `refresh_after` and `stale_after` are ages; `cooldown` is the time between two attempts. All are
    /// in seconds.
    pub fn new(cooldown: i64, refresh_after: i64, stale_after: i64) -> Self {
        let (current, flight) = (Arc::new(RwLock::new(None)), Arc::new(Mutex::new(None)));
        Self { current, flight, cooldown, refresh_after, stale_after }
    }

    /// Whether there is a value.
    pub fn is_loaded(&self) -> bool {
        self.entry().is_some()
    }

    /// The value, fetched first if there is none or it is old; `None` if none is available.
    pub async fn get<F>(&self, now: i64, fetch: F) -> Option<Arc<T>>
    where
        F: Future<Output = Option<T>> + Send + 'static,
    {
        match self.entry() {
            Some(entry) if now - entry.at < self.refresh_after => return Some(entry.value),
            Some(entry) => {
                // one task fetches, the others use the old value
                if let Ok(flight) = Arc::clone(&self.flight).try_lock_owned() {
                    self.fetch(flight, Some(&entry.value), now, fetch).await;
                }
            }
            None => self.fetch(self.turn().await, None, now, fetch).await,
        }
        self.entry().filter(|entry| now - entry.at < self.stale_after).map(|entry| entry.value)
    }

    /// A value other than `seen`, which turned out to be outdated; `None` when there is no newer one.
    pub async fn newer<F>(&self, seen: &Arc<T>, now: i64, fetch: F) -> Option<Arc<T>>
    where
        F: Future<Output = Option<T>> + Send + 'static,
    {
        self.fetch(self.turn().await, Some(seen), now, fetch).await;
        self.entry().map(|entry| entry.value).filter(|value| !Arc::ptr_eq(value, seen))
    }

    async fn turn(&self) -> OwnedMutexGuard<Option<i64>> {
        Arc::clone(&self.flight).lock_owned().await
    }

    async fn fetch<F>(
        &self,
        mut flight: OwnedMutexGuard<Option<i64>>,
        seen: Option<&Arc<T>>,
        now: i64,
        fetch: F,
    ) where
        F: Future<Output = Option<T>> + Send + 'static,
    {
        let entry = self.entry();
        let replaced = match (&entry, seen) {
            (Some(entry), Some(seen)) => !Arc::ptr_eq(&entry.value, seen),
            (Some(_), None) => true,
            (None, _) => false,
        };
        let cooldown = if entry.is_some() { self.cooldown } else { EMPTY_COOLDOWN };
        if replaced || flight.is_some_and(|last| now - last < cooldown) {
            return;
        }
        *flight = Some(now);
        let current = Arc::clone(&self.current);
        let task = tokio::spawn(async move {
            if let Some(value) = fetch.await {
                let entry = Entry { value: Arc::new(value), at: now };
                *current.write().unwrap_or_else(PoisonError::into_inner) = Some(entry);
            }
            drop(flight);
        });
        if let Err(error) = task.await {
            tracing::error!(%error, "a fetch of another server's document panicked or was cancelled");
        }
    }

    fn entry(&self) -> Option<Entry<T>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
