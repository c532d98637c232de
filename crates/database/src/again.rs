//! Work that collided with other work is done again.

use crate::Error;

/// How often the same work is begun at most. PostgreSQL lets a second pass before it calls something a deadlock, so that
/// there is no need to wait in between.
const TIMES: usize = 4;

/// A failure that says whether the work collided, so that the same may be tried again.
pub trait Collision {
    /// Whether trying again makes sense at once.
    fn collided(&self) -> bool;
}

impl Collision for Error {
    fn collided(&self) -> bool {
        matches!(self, Self::Retry(_))
    }
}

/// How often some work was begun; for [`again!`](crate::again).
#[derive(Debug, Default)]
pub struct Tries(usize);

impl Tries {
    /// Whether work that ended with this failure is to be done again.
    pub fn go_on_after(&mut self, failure: &impl Collision) -> bool {
        self.0 += 1;
        self.0 < TIMES && failure.collided()
    }
}

/// Awaits work that is one transaction, and does it again when that collided with another one (O5, O6). The expression
/// is evaluated each time: it has to begin its transaction itself, and to change nothing outside of it.
///
/// ```text
/// let made = again!(async {
///     let mut tx = db.begin().await?;
///     …
///     tx.commit().await
/// })?;
/// ```
// no function that takes an async closure: what comes of one can't be shown to be `Send`, so that no handler could call it
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
