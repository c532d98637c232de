//! The audit trail: who did what, when, from where (E3). Rows are only ever added.

use database::{Db, On, Result, record, sql};

/// The actor of what is done by `idp` on the command line.
pub const COMMAND_LINE: &str = "command line";

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
    /// Who did it, where that is not the account itself.
    pub actor: Option<&'a str>,
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
    sql("INSERT INTO audit_events (id, happened_at, kind, user_id, client_id, address, request_id, detail, \
         actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(&event.id)
    .bind(event.at)
    .bind(event.kind)
    .bind(event.user_id)
    .bind(event.client_id)
    .bind(event.address.map(|address| address.to_string()))
    .bind(event.request_id)
    .bind(event.detail)
    .bind(event.actor)
    .run(on)
    .await?;
    Ok(())
}

/// Whether the trail tells of such an event with that detail. It is read from one end to the other.
pub async fn tells(db: &Db, kind: &'static str, detail: &str) -> Result<bool> {
    record! { struct Counted { n: i64 } }
    let told = sql("SELECT COUNT(*) AS n FROM audit_events WHERE kind = $1 AND detail = $2");
    Ok(told.bind(kind).bind(detail).one::<Counted>(db).await?.n > 0)
}
