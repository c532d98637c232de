//! The history of a page: one event for each of its versions, stored in the transaction of the change (E3).

use database::{Db, Tx, record, sql};

use super::{ContentError, Edit, Page};
use crate::party::unknown;

/// The kind of a change to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Created the page, as a draft.
    Created,
    /// Changed the draft.
    Saved,
    /// Changed the draft and published it.
    SavedAndPublished,
    /// Published the draft.
    Published,
    /// Removed the page from the storefront.
    Unpublished,
}

impl What {
    const ALL: [What; 5] =
        [What::Created, What::Saved, What::SavedAndPublished, What::Published, What::Unpublished];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            What::Created => "created",
            What::Saved => "saved",
            What::SavedAndPublished => "saved_and_published",
            What::Published => "published",
            What::Unpublished => "unpublished",
        }
    }
}

/// One event of a page's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The version that the change created.
    pub version: i64,
    /// Unix seconds.
    pub at: i64,
    /// Subject in the staff realm.
    pub by: String,
    /// The kind of the change.
    pub what: What,
    /// The id of the request that made the change, if there was one.
    pub request_id: Option<String>,
    /// The reason that the author gave.
    pub reason: Option<String>,
}

record! {
    struct Row {
        version: i64, happened_at: i64, actor_sub: String, kind: String, request_id: Option<String>,
        reason: Option<String>,
    }
}

impl TryFrom<Row> for Event {
    type Error = database::Error;

    fn try_from(row: Row) -> Result<Self, database::Error> {
        let what = What::ALL.into_iter().find(|what| what.as_str() == row.kind);
        let what = what.ok_or_else(|| unknown("content event", &row.kind))?;
        Ok(Self {
            version: row.version,
            at: row.happened_at,
            by: row.actor_sub,
            what,
            request_id: row.request_id,
            reason: row.reason,
        })
    }
}

/// The last `limit` events of a page, newest first.
pub async fn history(db: &Db, page_id: &str, limit: i64) -> Result<Vec<Event>, ContentError> {
    let rows: Vec<Row> =
        sql("SELECT version, happened_at, actor_sub, kind, request_id, reason FROM content_events \
         WHERE page_id = $1 ORDER BY version DESC LIMIT $2")
        .bind(page_id)
        .bind(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Event::try_from).collect::<Result<_, _>>()?)
}

/// Adds the event that created the present version of `page`.
pub(super) async fn append(tx: &mut Tx, page: &Page, what: What, edit: &Edit<'_>) -> database::Result<()> {
    sql("INSERT INTO content_events (page_id, version, happened_at, actor_sub, kind, request_id, reason) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(&page.id)
    .bind(page.version)
    .bind(edit.at)
    .bind(edit.by)
    .bind(what.as_str())
    .bind(edit.request_id.map(str::to_owned))
    .bind(edit.reason.map(str::to_owned))
    .run(tx)
    .await
    .map(drop)
}
