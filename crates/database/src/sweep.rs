//! Removing what has expired, however much it became.

use crate::{Db, Error, Result, Sql};

/// How many rows go in one statement: whoever writes meanwhile waits for milliseconds, and however much there is, each
/// statement ends within its time.
const PAGE: i64 = 1000;

/// A round of removing. What fails keeps nothing else from being removed.
#[derive(Debug, Default)]
pub struct Sweep {
    removed: u64,
    failure: Option<Error>,
}

impl Sweep {
    /// Runs `DELETE … WHERE key IN (SELECT key … LIMIT $n)` until nothing is left; the limit is its last value.
    pub async fn remove(&mut self, db: &Db, statement: Sql) {
        loop {
            match statement.clone().bind(PAGE).run(db).await {
                Ok(0) => return,
                Ok(removed) => self.removed += removed,
                Err(error) => {
                    self.failure.get_or_insert(error);
                    return;
                }
            }
        }
    }

    /// A round of one statement.
    pub async fn of(db: &Db, statement: Sql) -> Result<u64> {
        let mut sweep = Self::default();
        sweep.remove(db, statement).await;
        sweep.end()
    }

    /// How many rows were removed, or what went wrong first.
    pub fn end(self) -> Result<u64> {
        self.failure.map_or(Ok(self.removed), Err)
    }
}
