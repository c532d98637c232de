//! Retries for transactions that collided with another one.

use crate::Error;

/// How often the same work is begun at most. There is no pause in between, because PostgreSQL waits a second before it
/// reports a deadlock.
const TIMES: usize = 4;

/// A failure that says whether the work collided with another transaction.
pub trait Collision {
    /// Whether the work can be tried again at once.
    fn collided(&self) -> bool;
}

impl Collision for Error {
    fn collided(&self) -> bool {
        matches!(self, Self::Retry(_))
    }
}

/// Counts how often some work was begun, for [`again!`](crate::again).
#[derive(Debug, Default)]
pub struct Tries(usize);

impl Tries {
    /// Counts a failed try; whether the work is to be done again.
    pub fn go_on_after(&mut self, failure: &impl Collision) -> bool {
        self.0 += 1;
        self.0 < TIMES && failure.collided()
    }
}

/// Awaits work that is one transaction, and repeats it when that transaction collided with another one (O5, O6). The
/// expression is evaluated for each try: it has to begin its transaction itself, and to change nothing outside of it.
///
/// ```text
/// let made = again!(async {
///     let mut tx = db.begin().await?;
///     …
///     tx.commit().await
/// })?;
/// ```
// a macro, because a function that takes an async closure returns a future that can't be shown to be `Send`, and
// handlers need that
#[macro_export]
macro_rules! again {
    ($work:expr) => {{
        let mut tries = $crate::Tries::default();
        loop {
            match $work.await {
                Err(failure) if tries.go_on_after(&failure) => {}
                done => break done,
            }
        }
    }};
}
