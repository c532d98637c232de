//! Sessions at the provider, and the browsers they came from.

use database::{Db, On, Result, Tx, record, sql};
use serde::{Deserialize, Serialize};

/// How many accounts a browser may be signed in to at most, whatever a realm says.
pub const MOST_ACCOUNTS: usize = 10;

/// How often [`rotate_again`] reads the session's id again because another request replaced it in between.
const ROTATIONS: usize = 16;

record! {
    /// A live session.
    #[derive(Debug, Clone, Serialize, Deserialize)]
    pub struct Session {
        /// SHA-256 of the cookie's value.
        pub id_hash: String,
        /// Its public name in tokens and logout notices.
        pub sid: String,
        /// The account it belongs to.
        pub user_id: String,
        /// When the person last proved the first factor, Unix seconds.
        pub auth_time: i64,
        /// The methods of proof, as a JSON array (RFC 8176).
        pub amr: String,
        /// When the session was last used, Unix seconds.
        pub last_seen_at: i64,
        /// The absolute end, Unix seconds.
        pub expires_at: i64,
        /// The language of the account (BCP 47).
        #[serde(default)]
        pub language: Option<String>,
    }
}

impl Session {
    /// Whether the session has neither idled out nor passed its absolute end.
    pub fn is_live(&self, now: i64, idle_seconds: i64) -> bool {
        self.expires_at > now && self.last_seen_at > now - idle_seconds
    }
}

/// Where a session comes from, so that its owner can recognise it.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The browser's network address.
    pub address: std::net::IpAddr,
    /// The browser's `User-Agent`, shortened.
    pub user_agent: String,
}

/// Starts a session.
pub async fn start(tx: &mut Tx, session: &Session, origin: &Origin) -> Result<()> {
    sql(
        "INSERT INTO sessions (id_hash, sid, user_id, auth_time, amr, created_at, last_seen_at, expires_at, \
         address, user_agent) VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)",
    )
    .bind(&session.id_hash)
    .bind(&session.sid)
    .bind(&session.user_id)
    .bind(session.auth_time)
    .bind(&session.amr)
    .bind(session.last_seen_at)
    .bind(session.expires_at)
    .bind(origin.address.to_string())
    .bind(&origin.user_agent)
    .run(tx)
    .await?;
    Ok(())
}

/// Gives a live session a new id and the new proof. The old id is invalid from here on (P6). `false` when the session
/// ended meanwhile; it stays ended.
pub async fn rotate(tx: &mut Tx, old_hash: &str, renewed: &Session) -> Result<bool> {
    let changed = sql("UPDATE sessions SET id_hash = $1, auth_time = $2, amr = $3, last_seen_at = $4, \
         expires_at = $5 WHERE id_hash = $6 AND ended_at IS NULL \
         AND auth_time > (SELECT not_before FROM realm_state)")
    .bind(&renewed.id_hash)
    .bind(renewed.auth_time)
    .bind(&renewed.amr)
    .bind(renewed.last_seen_at)
    .bind(renewed.expires_at)
    .bind(old_hash)
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// [`rotate`] for a session that a parallel request of the same person has rotated. Replaces whichever id it has now.
/// Returns the hash of the id that was replaced; `None` when the session has ended.
pub async fn rotate_again(tx: &mut Tx, renewed: &Session) -> Result<Option<String>> {
    record! { struct Row { id_hash: String } }
    for _ in 0..ROTATIONS {
        let row: Option<Row> =
            sql("SELECT id_hash FROM sessions WHERE sid = $1 AND user_id = $2 AND ended_at IS NULL \
                 AND auth_time > (SELECT not_before FROM realm_state)")
            .bind(&renewed.sid)
            .bind(&renewed.user_id)
            .opt(&mut *tx)
            .await?;
        let Some(Row { id_hash }) = row else { return Ok(None) };
        if rotate(tx, &id_hash, renewed).await? {
            return Ok(Some(id_hash));
        }
    }
    Ok(None)
}

/// The live session of a cookie: it has neither ended, nor idled out, nor passed its absolute end, and was signed in to
/// after the realm's [`not_before`](super::not_before). A disabled account has no live session.
pub async fn live(db: &Db, id_hash: &str, now: i64, idle_seconds: i64) -> Result<Option<Session>> {
    sql("SELECT id_hash, sid, user_id, auth_time, amr, last_seen_at, expires_at, \
         (SELECT language FROM users WHERE users.id = sessions.user_id) AS language FROM sessions \
         WHERE id_hash = $1 AND ended_at IS NULL AND expires_at > $2 AND last_seen_at > $3 \
         AND auth_time > (SELECT not_before FROM realm_state) \
         AND EXISTS (SELECT id FROM users WHERE users.id = sessions.user_id AND users.disabled_at IS NULL)")
    .bind(id_hash)
    .bind(now)
    .bind(now - idle_seconds)
    .opt(db)
    .await
}

/// The session of a cookie if nobody ended it, even if it has idled out or expired.
pub async fn unended(db: &Db, id_hash: &str) -> Result<Option<Session>> {
    sql("SELECT id_hash, sid, user_id, auth_time, amr, last_seen_at, expires_at, \
         (SELECT language FROM users WHERE users.id = sessions.user_id) AS language FROM sessions \
         WHERE id_hash = $1 AND ended_at IS NULL")
    .bind(id_hash)
    .opt(db)
    .await
}

/// The sessions of one browser's cookies, which are given as hashes, if nobody ended them, even if they have idled out or
/// expired. Those from before the realm's [`not_before`](super::not_before) and of disabled accounts have ended.
pub async fn unended_among(
    on: impl Into<On<'_>>,
    id_hashes: &[String; MOST_ACCOUNTS],
) -> Result<Vec<Session>> {
    let mut found = sql("SELECT id_hash, sid, user_id, auth_time, amr, last_seen_at, expires_at, \
         (SELECT language FROM users WHERE users.id = sessions.user_id) AS language FROM sessions \
         WHERE id_hash IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AND ended_at IS NULL \
         AND auth_time > (SELECT not_before FROM realm_state) \
         AND EXISTS (SELECT id FROM users WHERE users.id = sessions.user_id AND users.disabled_at IS NULL) \
         ORDER BY last_seen_at DESC, sid DESC");
    for id_hash in id_hashes {
        found = found.bind(id_hash);
    }
    found.all(on).await
}

/// The account of the session of a cookie, also when that has ended; `None` when it is gone or disabled.
pub async fn account_of(db: &Db, id_hash: &str, sid: &str) -> Result<Option<String>> {
    record! { struct Row { user_id: String } }
    let row: Option<Row> = sql("SELECT user_id FROM sessions WHERE id_hash = $1 AND sid = $2 \
         AND EXISTS (SELECT id FROM users WHERE users.id = sessions.user_id AND users.disabled_at IS NULL)")
    .bind(id_hash)
    .bind(sid)
    .opt(db)
    .await?;
    Ok(row.map(|row| row.user_id))
}

/// Records that the session is in use. A recorded time after `latest`, which only a wrong clock can have stored, is
/// replaced.
pub async fn touch(db: &Db, id_hash: &str, now: i64, latest: i64) -> Result<()> {
    sql("UPDATE sessions SET last_seen_at = $1 WHERE id_hash = $2 \
         AND (last_seen_at < $1 OR last_seen_at > $3) AND ended_at IS NULL")
    .bind(now)
    .bind(id_hash)
    .bind(latest)
    .run(db)
    .await?;
    Ok(())
}

/// Locks a live session within a transaction, so that it can't end before the transaction does; `false` when it has
/// ended.
pub async fn keep_alive(tx: &mut Tx, sid: &str, now: i64) -> Result<bool> {
    let changed = sql("UPDATE sessions SET last_seen_at = $1 WHERE sid = $2 AND ended_at IS NULL \
         AND expires_at > $1 AND auth_time > (SELECT not_before FROM realm_state)")
    .bind(now)
    .bind(sid)
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// Ends a session. Returns the hash of its id; `None` when it had ended before.
pub async fn end(on: impl Into<On<'_>>, sid: &str, now: i64) -> Result<Option<String>> {
    record! { struct Row { id_hash: String } }
    let row: Option<Row> =
        sql("UPDATE sessions SET ended_at = $1 WHERE sid = $2 AND ended_at IS NULL RETURNING id_hash")
            .bind(now)
            .bind(sid)
            .opt(on)
            .await?;
    Ok(row.map(|row| row.id_hash))
}

/// The hash of a session's id, also when it has ended.
pub async fn id_hash(on: impl Into<On<'_>>, sid: &str) -> Result<Option<String>> {
    record! { struct Row { id_hash: String } }
    let row: Option<Row> = sql("SELECT id_hash FROM sessions WHERE sid = $1").bind(sid).opt(on).await?;
    Ok(row.map(|row| row.id_hash))
}

/// Whether a session was ended: `false` when it only expired, or when its row is gone.
pub async fn was_ended(db: &Db, sid: &str) -> Result<bool> {
    record! { struct Row { ended_at: Option<i64> } }
    let row: Option<Row> = sql("SELECT ended_at FROM sessions WHERE sid = $1").bind(sid).opt(db).await?;
    Ok(row.is_some_and(|row| row.ended_at.is_some()))
}

/// The public names of an account's sessions that were not ended.
pub async fn sids_of_user(on: impl Into<On<'_>>, user_id: &str) -> Result<Vec<String>> {
    record! { struct Row { sid: String } }
    let rows: Vec<Row> =
        sql("SELECT sid FROM sessions WHERE user_id = $1 AND ended_at IS NULL").bind(user_id).all(on).await?;
    Ok(rows.into_iter().map(|row| row.sid).collect())
}

record! {
    /// A live session as its owner sees it.
    #[derive(Debug)]
    pub struct Seen {
        /// Its public name.
        pub sid: String,
        /// The methods of proof, as a JSON array.
        pub amr: String,
        /// When the person signed in, Unix seconds.
        pub auth_time: i64,
        /// When it was last used, Unix seconds.
        pub last_seen_at: i64,
        /// The network address that it began at.
        pub address: String,
        /// The `User-Agent` that it began with.
        pub user_agent: String,
    }
}

/// The live sessions of an account: not ended, not expired at `now`, and used after `idle_since`.
pub async fn live_of_user(db: &Db, user_id: &str, now: i64, idle_since: i64) -> Result<Vec<Seen>> {
    sql("SELECT sid, amr, auth_time, last_seen_at, address, user_agent FROM sessions \
         WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 AND last_seen_at > $3 \
         AND auth_time > (SELECT not_before FROM realm_state) ORDER BY sid")
    .bind(user_id)
    .bind(now)
    .bind(idle_since)
    .all(db)
    .await
}

/// The sessions of an account beyond its newest `kept`, the oldest first. `newest`, which has just started, counts as
/// the newest whatever the clocks say. Expired sessions don't count.
pub async fn beyond(tx: &mut Tx, user_id: &str, newest: &str, kept: i64, now: i64) -> Result<Vec<String>> {
    record! { struct Row { sid: String } }
    let rows: Vec<Row> =
        sql("SELECT sid FROM sessions WHERE user_id = $1 AND sid <> $2 AND ended_at IS NULL \
         AND expires_at > $3 ORDER BY created_at DESC, sid DESC LIMIT 1000 OFFSET $4")
        .bind(user_id)
        .bind(newest)
        .bind(now)
        .bind(kept - 1)
        .all(tx)
        .await?;
    Ok(rows.into_iter().rev().map(|row| row.sid).collect())
}

record! {
    /// A session by its public name.
    #[derive(Debug, PartialEq, Eq)]
    pub struct Named {
        /// Its public name.
        pub sid: String,
        /// The account it belongs to.
        pub user_id: String,
    }
}

/// At most `limit` sessions that were not ended and were signed in to no later than `until`, the oldest sign-ins first.
pub async fn unended_until(db: &Db, until: i64, limit: i64) -> Result<Vec<Named>> {
    sql("SELECT sid, user_id FROM sessions WHERE ended_at IS NULL AND auth_time <= $1 \
         ORDER BY auth_time, sid LIMIT $2")
    .bind(until)
    .bind(limit)
    .all(db)
    .await
}

/// The sessions that were not ended and were signed in to later than `after`, and not later than `until`.
pub async fn unended_within(tx: &mut Tx, after: i64, until: i64) -> Result<Vec<Named>> {
    sql("SELECT sid, user_id FROM sessions WHERE ended_at IS NULL AND auth_time > $1 AND auth_time <= $2")
        .bind(after)
        .bind(until)
        .all(tx)
        .await
}

/// How many sessions were not ended.
pub async fn count_unended(db: &Db) -> Result<i64> {
    record! { struct Counted { n: i64 } }
    Ok(sql("SELECT COUNT(*) AS n FROM sessions WHERE ended_at IS NULL").one::<Counted>(db).await?.n)
}

/// Remembers that the account was signed in to from this browser.
pub async fn remember_browser(tx: &mut Tx, user_id: &str, browser_hash: &str, now: i64) -> Result<()> {
    sql("INSERT INTO known_browsers (user_id, browser_hash, last_used_at) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id, browser_hash) DO UPDATE SET last_used_at = excluded.last_used_at")
    .bind(user_id)
    .bind(browser_hash)
    .bind(now)
    .run(tx)
    .await?;
    Ok(())
}

/// Remembers that a second factor of the account was proved in this browser, which is [remembered](remember_browser).
pub async fn remember_factor(tx: &mut Tx, user_id: &str, browser_hash: &str, now: i64) -> Result<()> {
    sql("UPDATE known_browsers SET factor_at = $1 WHERE user_id = $2 AND browser_hash = $3")
        .bind(now)
        .bind(user_id)
        .bind(browser_hash)
        .run(tx)
        .await?;
    Ok(())
}

/// Whether a second factor of the account was proved in this browser before.
pub async fn proved_factor_in(db: &Db, user_id: &str, browser_hash: &str) -> Result<bool> {
    record! { struct Row { factor_at: Option<i64> } }
    let row: Option<Row> =
        sql("SELECT factor_at FROM known_browsers WHERE user_id = $1 AND browser_hash = $2")
            .bind(user_id)
            .bind(browser_hash)
            .opt(db)
            .await?;
    Ok(row.is_some_and(|row| row.factor_at.is_some()))
}

/// Whether the account was signed in to before the session `sid`, but never from this browser.
pub async fn is_new_device(tx: &mut Tx, user_id: &str, browser_hash: &str, sid: &str) -> Result<bool> {
    record! { struct Counted { known: i64, these: i64, sessions: i64 } }
    let counted: Counted = sql("SELECT COUNT(*) AS known, \
         COUNT(CASE WHEN browser_hash = $1 THEN 1 END) AS these, \
         (SELECT COUNT(*) FROM sessions WHERE user_id = $2 AND sid <> $3) AS sessions \
         FROM known_browsers WHERE user_id = $2")
    .bind(browser_hash)
    .bind(user_id)
    .bind(sid)
    .one(tx)
    .await?;
    Ok(counted.these == 0 && (counted.known > 0 || counted.sessions > 0))
}

/// Forgets all browsers that the account was signed in to from.
pub async fn forget_browsers(tx: &mut Tx, user_id: &str) -> Result<()> {
    sql("DELETE FROM known_browsers WHERE user_id = $1").bind(user_id).run(tx).await?;
    Ok(())
}

/// Whether the account was signed in to from this browser before.
pub async fn knows_browser(db: &Db, user_id: &str, browser_hash: &str) -> Result<bool> {
    record! { struct Row { last_used_at: i64 } }
    let row: Option<Row> =
        sql("SELECT last_used_at FROM known_browsers WHERE user_id = $1 AND browser_hash = $2")
            .bind(user_id)
            .bind(browser_hash)
            .opt(db)
            .await?;
    Ok(row.is_some_and(|row| row.last_used_at > 0))
}
