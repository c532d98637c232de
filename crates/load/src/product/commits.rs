//! How many commits an operation costs, seen from outside while nothing else happens.
//!
//! SQLite's write-ahead log has a frame that ends each commit, so they are counted in the file. PostgreSQL gives a
//! number to each transaction that writes, and to no other.

use std::{fs, path::PathBuf};

use ::database::{DatabaseUrl, Db, Durability, record, sql};

use super::{Product, database::Database};

/// Where commits are counted.
#[derive(Debug)]
pub enum Counter {
    /// In the log of the customer realm's facts.
    Sqlite(PathBuf),
    /// By the server's transaction numbers.
    Postgres(Db),
}

/// A count, and what it belongs to: counts of different logs can't be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    log: u64,
    commits: u64,
}

record! { struct Next { value: i64 } }

impl Counter {
    /// For the customer realm's facts.
    pub async fn of(product: &Product) -> anyhow::Result<Self> {
        Ok(match product.database() {
            Database::Sqlite => Self::Sqlite(product.folder().join("customer.db-wal")),
            Database::Postgres(server) => {
                let address: DatabaseUrl = server.superuser().parse()?;
                Self::Postgres(Db::open(&address, Durability::Relaxed).await?)
            }
        })
    }

    /// The commits so far.
    pub async fn count(&self) -> anyhow::Result<Count> {
        Ok(match self {
            Self::Sqlite(log) => in_log(&fs::read(log)?),
            Self::Postgres(db) => {
                let next =
                    "SELECT CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT) AS value";
                let next: Next = sql(next).one(db).await?;
                Count { log: 0, commits: u64::try_from(next.value)? }
            }
        })
    }
}

impl Count {
    /// The commits since then; none when the log began anew in between.
    pub fn since(self, before: Self) -> Option<u64> {
        (self.log == before.log).then(|| self.commits.saturating_sub(before.commits))
    }
}

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Counts the frames that end a commit: those that say how large the database is afterwards. A log that is used again
/// has another salt, and what was in it before doesn't count. <https://sqlite.org/fileformat2.html#walformat>
fn in_log(log: &[u8]) -> Count {
    let page = usize::try_from(number(log, 8).unwrap_or_default()).unwrap_or_default();
    let salt = salt(log, 16).unwrap_or_default();
    let frames = log.get(HEADER..).unwrap_or_default().chunks_exact(page.max(1) + FRAME_HEADER);
    let own = frames.take_while(|frame| self::salt(frame, 8) == Some(salt));
    let ends = own.filter(|frame| number(frame, 4).is_some_and(|pages| pages > 0));
    Count { log: salt, commits: ends.map(|_| 1).sum() }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

fn salt(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: u32 = 8;

    fn log(salt: u64, frames: &[(u32, u64)]) -> Vec<u8> {
        let mut log = vec![0; 8];
        log.extend(PAGE.to_be_bytes());
        log.extend([0; 4]);
        log.extend(salt.to_be_bytes());
        log.extend([0; 8]);
        for (pages, salt) in frames {
            log.extend(1_u32.to_be_bytes());
            log.extend(pages.to_be_bytes());
            log.extend(salt.to_be_bytes());
            log.extend([0; 16]);
        }
        log
    }

    #[test]
    fn a_commit_ends_with_a_frame_that_tells_the_size() {
        let before = in_log(&log(7, &[(0, 7), (3, 7), (4, 7)]));
        assert_eq!(before, Count { log: 7, commits: 2 });
        let after = in_log(&log(7, &[(0, 7), (3, 7), (4, 7), (0, 7), (0, 7), (4, 7)]));
        assert_eq!(after.since(before), Some(1));
    }

    #[test]
    fn what_a_log_that_is_used_again_had_before_does_not_count() {
        let again = in_log(&log(8, &[(3, 8), (4, 7), (4, 8)]));
        assert_eq!(again, Count { log: 8, commits: 1 });
        assert_eq!(again.since(Count { log: 7, commits: 0 }), None);
    }

    #[test]
    fn a_file_that_is_no_log_has_no_commits() {
        for bytes in [&[][..], &[1; 31], &[0; 64]] {
            assert_eq!(in_log(bytes).commits, 0);
        }
    }

    #[tokio::test]
    async fn the_commits_of_a_real_log_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let db = Db::open(&DatabaseUrl::Sqlite(path.clone()), Durability::Full).await.unwrap();
        sql("CREATE TABLE t (id BIGINT)").run(&db).await.unwrap();
        let counter = Counter::Sqlite(path.with_extension("db-wal"));
        let before = counter.count().await.unwrap();
        for id in 0..5 {
            sql("INSERT INTO t (id) VALUES ($1)").bind(id).run(&db).await.unwrap();
        }
        assert_eq!(counter.count().await.unwrap().since(before), Some(5));
    }
}
