//! Whether this process's clock can be trusted (E8, Q4).
//!
//! What a stored time ahead of the clock means is decided where it is read (`protocol::stored_time`). This module logs
//! that clocks differ, before people notice. It also lowers a not-before in the future, the one stored time that would
//! keep everybody from signing in.

use std::time::Duration;

use protocol::stored_time::{LEEWAY, is_ahead};
use runtime::shutdown::Shutdown;
use tokio::time::Instant;

use super::{Result, end_all, throttle};
use crate::{realm::Realm, store::clocks};

/// How often the clocks are compared.
const PERIOD: Duration = Duration::from_secs(30);
/// How often the log repeats the same finding.
const LOG_AGAIN: Duration = Duration::from_mins(10);

/// What a comparison found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Nothing suggests that this clock is wrong.
    Sound,
    /// This clock differs from the database server's by so many seconds; more than zero when this clock is ahead.
    Apart(i64),
    /// The newest stored times are so many seconds ahead of this clock: it is behind, or was ahead when they were
    /// stored.
    Behind(i64),
}

impl Finding {
    /// The message for an operator; `None` when the clock is sound.
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

/// Compares the clock with the database server's. A file has no clock, so the newest times stored in it are used
/// instead.
pub async fn compare(realm: &Realm) -> database::Result<Finding> {
    let facts = &realm.store.facts;
    if realm.has_the_worlds_clock()
        && let Some(there) = facts.clock().await?
    {
        // read after the answer arrived: the query may have taken long
        let apart = realm.now() - there;
        return Ok(if apart.abs() > LEEWAY { Finding::Apart(apart) } else { Finding::Sound });
    }
    let (newest, now) = (clocks::newest_stored(facts).await?, realm.now());
    Ok(if is_ahead(newest, now) { Finding::Behind(newest - now) } else { Finding::Sound })
}

/// Compares the clocks. Lowers a not-before that would keep everybody out, unless this clock is known to be wrong.
pub async fn check(realm: &Realm) -> Result<Finding> {
    let finding = compare(realm).await?;
    if !matches!(finding, Finding::Apart(_)) {
        end_all::lower_not_before(realm).await?;
    }
    Ok(finding)
}

/// Checks the clocks every `PERIOD` until shutdown and logs what it finds. Also ends the attempts that could not be
/// ended before.
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
