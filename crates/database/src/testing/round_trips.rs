//! How often a piece of work waits for the database.

use std::cell::Cell;

tokio::task_local! {
    static ROUND_TRIPS: Cell<u64>;
}

/// Does some work and counts its round trips: each statement is one, and so are the BEGIN and the COMMIT of a transaction.
/// What runs in a task of its own isn't counted, nor what a connection needs once: to be opened, to prepare a statement
/// that it hasn't run before, and to show that it is alive when nobody used it for a second.
pub async fn round_trips<T>(work: impl Future<Output = T>) -> (T, u64) {
    ROUND_TRIPS
        .scope(Cell::new(0), async {
            let done = work.await;
            (done, ROUND_TRIPS.with(Cell::get))
        })
        .await
}

/// One more, where somebody counts.
pub(crate) fn count() {
    // nobody counts outside of such a test
    let _ = ROUND_TRIPS.try_with(|trips| trips.set(trips.get() + 1));
}
