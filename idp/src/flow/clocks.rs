//! Whether this process's clock can be believed (E8, Q4).
//!
//! What a stored time ahead of the clock means is decided where it is read (`protocol::stored_time`). Here an operator is
//! logged that clocks differ, before people notice, and the one time is put right that would keep everybody out.

use std::time::Duration;

use protocol::stored_time::{LEEWAY, is_ahead};
use runtime::shutdown::Shutdown;
use tokio::time::Instant;

use super::{Result, end_all, throttle};
use crate::{realm::Realm, store::clocks};

/// How often the clocks are compared.
const PERIOD: Duration = Duration::from_secs(30);
/// How often the log says the same again.
const LOG_AGAIN: Duration = Duration::from_mins(10);

/// What a comparison found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Nothing speaks against this clock.
    Sound,
    /// It differs from the database server's by so many seconds; more than zero when this one is ahead.
    Apart(i64),
    /// The newest stored times are so many seconds ahead of it: it is behind, or was ahead when they were stored.
    Behind(i64),
}

impl Finding {
    /// What an operator reads.
    pub fn text(self) -> Option<String> {
        match self {
            Self::Sound => None,
            Self::Apart(seconds @ 0..) => {
                Some(format!("this clock is {seconds} s ahead of the database server's: synchronise them"))
            }
            Self::Apart(seconds) => {
                Some(format!("this clock is {} s behind the database server's: synchronise them", -seconds))
            }
            Self::Behind(seconds) => Some(format!(
                "the database has times that are {seconds} s ahead of this clock: it is behind, or was ahead before"
            )),
        }
    }
}

/// Compares the clock with the database server's; a file has none, but the times that were stored in it.
pub async fn compare(realm: &Realm) -> database::Result<Finding> {
    let facts = &realm.store.facts;
    if realm.has_the_worlds_clock()
        && let Some(there) = facts.clock().await?
    {
        // asked when the answer is here: the question may have taken long
        let apart = realm.now() - there;
        return Ok(if apart.abs() > LEEWAY { Finding::Apart(apart) } else { Finding::Sound });
    }
    let (newest, now) = (clocks::newest_stored(facts).await?, realm.now());
    Ok(if is_ahead(newest, now) { Finding::Behind(newest - now) } else { Finding::Sound })
}

/// Compares the clocks, and puts right what would keep everybody out; not by a clock that is known to be wrong.
pub async fn check(realm: &Realm) -> Result<Finding> {
    let finding = compare(realm).await?;
    if !matches!(finding, Finding::Apart(_)) {
        end_all::lower_not_before(realm).await?;
    }
    Ok(finding)
}

/// Does so now and then, until shutdown, and tells what it finds. Attempts that could not be taken back are, in passing.
pub async fn run(realm: &Realm, shutdown: Shutdown) {
    let mut logged: Option<(std::mem::Discriminant<Finding>, Instant)> = None;
    while !shutdown.is_fired() {
        match check(realm).await {
            Ok(finding) => {
                let kind = std::mem::discriminant(&finding);
                let is_news = logged.is_none_or(|(last, at)| last != kind || at.elapsed() >= LOG_AGAIN);
                if let Some(text) = finding.text().filter(|_| is_news) {
                    tracing::warn!(realm = realm.config.name, "{text}");
                }
                if is_news {
                    logged = Some((kind, Instant::now()));
                }
            }
            Err(error) => {
                tracing::debug!(
                    realm = realm.config.name, %error,
                    "the clock could not be compared with the database's"
                );
            }
        }
        throttle::settle(realm).await;
        tokio::time::sleep(PERIOD).await;
    }
}
