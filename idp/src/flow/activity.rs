//! What happened to a person's own account (ACC-10).

use super::Result;
pub use crate::store::audit::Happened;
use crate::{realm::Realm, session::Session, store::audit};

/// How far back it goes, in seconds.
const PERIOD: i64 = 90 * 24 * 3600;
/// How many events a page has.
const PAGE: usize = 50;

/// A page of events.
#[derive(Debug)]
pub struct Page {
    /// The events, the newest first.
    pub events: Vec<Happened>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// The events of the last 90 days before `from`, a value of [`Page::next`]; without it the newest.
pub async fn page(realm: &Realm, session: &Session, from: Option<&str>) -> Result<Page> {
    let since = realm.now() - PERIOD;
    let from = from.and_then(|from| from.split_once('.'));
    let from = from.and_then(|(at, id)| Some((at.parse::<i64>().ok()?, id)));
    let from = from.unwrap_or((i64::MAX, ""));
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut events = audit::of_user(&realm.store.facts, &session.user_id, since, from, limit).await?;
    let has_more = events.len() > PAGE;
    events.truncate(PAGE);
    let next = events.last().filter(|_| has_more).map(|last| format!("{}.{}", last.happened_at, last.id));
    Ok(Page { events, next })
}
