//! An event loop on the thread that asks for it: its tasks wake nobody else.

use tokio::runtime::Builder;

/// Runs it to its end; none when there can't be an event loop. Only for threads without one.
pub fn run<F: Future>(work: F) -> Option<F::Output> {
    Some(Builder::new_current_thread().enable_all().build().ok()?.block_on(work))
}
