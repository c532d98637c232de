//! The audit trail: who did what, when, from where (E3). Rows are only added. The reaper removes them when they are
//! older than the realm keeps them.

use std::net::IpAddr;

use database::{Db, On, Result, Sql, record, sql};

/// The actor of what operators do with `idp` on the command line.
pub const COMMAND_LINE: &str = "command line";

/// One event. It carries no secret: identifiers and words from a closed set only.
#[derive(Debug, Clone, Default)]
pub struct Event<'a> {
    /// A new id.
    pub id: String,
    /// When it happened, Unix seconds.
    pub at: i64,
    /// What happened, e.g. `sign_in.failed`.
    pub kind: &'static str,
    /// The account concerned.
    pub user_id: Option<&'a str>,
    /// Who did it, if not the account itself.
    pub actor: Option<&'a str>,
    /// The client concerned.
    pub client_id: Option<&'a str>,
    /// The network address it came from.
    pub address: Option<std::net::IpAddr>,
    /// The request it happened in.
    pub request_id: Option<&'a str>,
    /// More detail, in a word or two.
    pub detail: Option<&'a str>,
}

/// Adds the event, within the transaction of the change that it records, if there is one. A failed authentication goes
/// to the log as well (H13); the log's span names realm and request.
pub async fn record(on: impl Into<On<'_>>, event: &Event<'_>) -> Result<()> {
    if event.kind.ends_with(".failed") {
        tracing::warn!(kind = event.kind, user_id = event.user_id, "an authentication failed");
    }
    bound(
        sql("INSERT INTO audit_events (id, happened_at, kind, user_id, client_id, address, request_id, detail, actor) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        event,
    )
    .run(on)
    .await
    .map(drop)
}

/// Adds the event of a wait unless it is there already: however often somebody tries during a wait, that is one event.
/// Its id is derived from the account or address that waits and from the end of the wait.
pub async fn record_once(on: impl Into<On<'_>>, event: &Event<'_>) -> Result<()> {
    bound(sql(ONE), event).run(on).await.map(drop)
}

fn bound(statement: Sql, event: &Event<'_>) -> Sql {
    statement
        .bind(&event.id)
        .bind(event.at)
        .bind(event.kind)
        .bind(event.user_id)
        .bind(event.client_id)
        .bind(event.address.map(|address| address.to_string()))
        .bind(event.request_id)
        .bind(event.detail)
        .bind(event.actor)
}

/// An event that waits to be written together with others.
#[derive(Debug, Clone)]
pub struct Waiting {
    id: String,
    at: i64,
    kind: &'static str,
    user_id: Option<String>,
    actor: Option<String>,
    client_id: Option<String>,
    address: Option<IpAddr>,
    request_id: Option<String>,
    detail: Option<String>,
}

impl From<&Event<'_>> for Waiting {
    fn from(event: &Event<'_>) -> Self {
        Self {
            id: event.id.clone(),
            at: event.at,
            kind: event.kind,
            user_id: event.user_id.map(str::to_owned),
            actor: event.actor.map(str::to_owned),
            client_id: event.client_id.map(str::to_owned),
            address: event.address,
            request_id: event.request_id.map(str::to_owned),
            detail: event.detail.map(str::to_owned),
        }
    }
}

impl Waiting {
    fn event(&self) -> Event<'_> {
        Event {
            id: self.id.clone(),
            at: self.at,
            kind: self.kind,
            user_id: self.user_id.as_deref(),
            actor: self.actor.as_deref(),
            client_id: self.client_id.as_deref(),
            address: self.address,
            request_id: self.request_id.as_deref(),
            detail: self.detail.as_deref(),
        }
    }
}

/// How many events [`EIGHT`] adds.
const TOGETHER: usize = 8;
/// Adds one event as [`record`] does; an event that is there already stays as it is.
const ONE: &str = "INSERT INTO audit_events (id, happened_at, kind, user_id, client_id, address, request_id, detail, actor) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING";
/// The same for eight events at once.
const EIGHT: &str = "INSERT INTO audit_events (id, happened_at, kind, user_id, client_id, address, request_id, detail, actor) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9), \
     ($10, $11, $12, $13, $14, $15, $16, $17, $18), \
     ($19, $20, $21, $22, $23, $24, $25, $26, $27), \
     ($28, $29, $30, $31, $32, $33, $34, $35, $36), \
     ($37, $38, $39, $40, $41, $42, $43, $44, $45), \
     ($46, $47, $48, $49, $50, $51, $52, $53, $54), \
     ($55, $56, $57, $58, $59, $60, $61, $62, $63), \
     ($64, $65, $66, $67, $68, $69, $70, $71, $72) ON CONFLICT (id) DO NOTHING";

/// Adds events, in one transaction. After a failure the same events may be added again.
pub async fn record_all(db: &Db, events: &[Waiting]) -> Result<()> {
    let mut tx = db.begin().await?;
    let (chunks, rest) = events.as_chunks::<TOGETHER>();
    for events in chunks.iter().map(<[Waiting; TOGETHER]>::as_slice).chain(rest.chunks(1)) {
        let mut statement = if events.len() == TOGETHER { sql(EIGHT) } else { sql(ONE) };
        for event in events {
            statement = bound(statement, &event.event());
        }
        statement.run(&mut tx).await?;
    }
    tx.commit().await
}

/// Whether the trail has an event of that kind with that detail. Reads the whole trail.
pub async fn tells(db: &Db, kind: &'static str, detail: &str) -> Result<bool> {
    record! { struct Counted { n: i64 } }
    let found = sql("SELECT COUNT(*) AS n FROM audit_events WHERE kind = $1 AND detail = $2");
    Ok(found.bind(kind).bind(detail).one::<Counted>(db).await?.n > 0)
}

record! {
    /// An event as its account's owner sees it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Happened {
        /// Its id.
        pub id: String,
        /// When, Unix seconds.
        pub happened_at: i64,
        /// What.
        pub kind: String,
        /// The client concerned.
        pub client_id: Option<String>,
        /// The network address it came from.
        pub address: Option<String>,
        /// Who did it, if not the owner.
        pub actor: Option<String>,
    }
}

/// The events of an account since a time and before `from` (time and id), the newest first. Tokens that an app renews by
/// itself are left out.
pub async fn of_user(
    db: &Db,
    user_id: &str,
    since: i64,
    from: (i64, &str),
    limit: i64,
) -> Result<Vec<Happened>> {
    sql("SELECT id, happened_at, kind, client_id, address, actor FROM audit_events \
         WHERE user_id = $1 AND kind <> 'token.issued' AND kind <> 'token.refreshed' \
           AND happened_at >= $2 AND (happened_at, id) < ($3, $4) \
         ORDER BY happened_at DESC, id DESC LIMIT $5")
    .bind(user_id)
    .bind(since)
    .bind(from.0)
    .bind(from.1)
    .bind(limit)
    .all(db)
    .await
}
