//! The audit trail: who did what, when, from where (E3). Rows are only added, and removed by the reaper when they are
//! older than the realm keeps them.

use database::{On, Result, Sql, sql};

/// One event. It carries no secret: identifiers and words from a closed set only.
#[derive(Debug, Clone, Default)]
pub struct Event<'a> {
    /// A new id.
    pub id: String,
    /// Unix seconds.
    pub at: i64,
    /// What happened, e.g. `sign_in.failed`.
    pub kind: &'static str,
    /// The account concerned.
    pub user_id: Option<&'a str>,
    /// The client concerned.
    pub client_id: Option<&'a str>,
    /// The address it came from.
    pub address: Option<std::net::IpAddr>,
    /// The request it happened in.
    pub request_id: Option<&'a str>,
    /// More, in a word or two.
    pub detail: Option<&'a str>,
}

/// Adds the event, inside the transaction of the change it tells about where there is one. A failed proof of who
/// somebody is goes to the log as well (H13), whose span names realm and request.
pub async fn record(on: impl Into<On<'_>>, event: &Event<'_>) -> Result<()> {
    if event.kind.ends_with(".failed") {
        tracing::warn!(kind = event.kind, user_id = event.user_id, "an authentication failed");
    }
    insert(
        "INSERT INTO audit_events (id, happened_at, kind, user_id, client_id, address, request_id, detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        event,
    )
    .run(on)
    .await
    .map(drop)
}

/// Adds the event of a wait unless it is there already: however often somebody tries while they have to wait, that is one
/// event. Its id is made of what waits and until when.
pub async fn record_once(on: impl Into<On<'_>>, event: &Event<'_>) -> Result<()> {
    insert(
        "INSERT INTO audit_events (id, happened_at, kind, user_id, client_id, address, request_id, detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING",
        event,
    )
    .run(on)
    .await
    .map(drop)
}

fn insert(statement: &'static str, event: &Event<'_>) -> Sql {
    sql(statement)
        .bind(&event.id)
        .bind(event.at)
        .bind(event.kind)
        .bind(event.user_id)
        .bind(event.client_id)
        .bind(event.address.map(|address| address.to_string()))
        .bind(event.request_id)
        .bind(event.detail)
}
