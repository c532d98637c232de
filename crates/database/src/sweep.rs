//! Removing expired rows, any number of them.

use crate::{Db, Error, Result, Sql};

/// How many rows one statement removes. So each ends within its time limit, and other writers wait for milliseconds
/// only.
const PAGE: i64 = 1000;

/// A series of statements that remove rows. The failure of one does not stop the others.
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

    /// Removes the rows of one statement; returns how many.
    pub async fn of(db: &Db, statement: Sql) -> Result<u64> {
        let mut sweep = Self::default();
        sweep.remove(db, statement).await;
        sweep.end()
    }

    /// How many rows were removed, or the first error.
    pub fn end(self) -> Result<u64> {
        self.failure.map_or(Ok(self.removed), Err)
    }
}
