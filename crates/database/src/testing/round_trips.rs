//! Counts how often some work waits for the database.

use std::cell::Cell;

tokio::task_local! {
    static ROUND_TRIPS: Cell<u64>;
}

/// Does some work and counts its round trips: each statement is one, and so are BEGIN and COMMIT of a transaction. Not
/// counted are other tasks, and what a connection does once: connecting, preparing a statement for the first time, and
/// the ping after a second without use.
pub async fn round_trips<T>(work: impl Future<Output = T>) -> (T, u64) {
    ROUND_TRIPS
        .scope(Cell::new(0), async {
            let done = work.await;
            (done, ROUND_TRIPS.with(Cell::get))
        })
        .await
}

/// Counts one round trip, inside [`round_trips`].
pub(crate) fn count() {
    // outside of it there is no counter
    let _ = ROUND_TRIPS.try_with(|trips| trips.set(trips.get() + 1));
}
