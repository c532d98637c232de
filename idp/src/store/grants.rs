//! Grants: one row from the code to the last refresh. Revoke, sign-out, disable and refresh all change this row.

use database::{Db, On, Result, Tx, record, sql};
use protocol::{acr::Amr, authorize::RequestedClaims, grant::Grant, pkce::Challenge, scope::Scope};

use super::{sessions::Named, to_json};

record! {
    /// A row of the table.
    pub(super) struct Row {
        id: String,
        client_id: String,
        user_id: String,
        sid: String,
        scope: String,
        redirect_uri: String,
        nonce: Option<String>,
        code_challenge: Option<String>,
        claims: String,
        auth_time: i64,
        acr: String,
        amr: String,
        code_expires_at: i64,
        issued_at: i64,
        generation: i64,
        generation_at: i64,
        refresh_expires_at: i64,
        refresh_absolute_at: i64,
        revoked_at: Option<i64>,
    }
}

impl From<Row> for Grant {
    /// Reads back what [`issue`] stored. A value that can't be read can only lose rights, never gain them.
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            client_id: row.client_id,
            user_id: row.user_id,
            sid: row.sid,
            scope: Scope::parse(&row.scope).unwrap_or_default(),
            redirect_uri: row.redirect_uri,
            nonce: row.nonce,
            code_challenge: row.code_challenge.map(Challenge::stored),
            claims: serde_json::from_str::<RequestedClaims>(&row.claims).unwrap_or_default(),
            auth_time: row.auth_time,
            acr: row.acr,
            amr: serde_json::from_str::<Amr>(&row.amr).unwrap_or_default(),
            code_expires_at: row.code_expires_at,
            issued_at: row.issued_at,
            generation: row.generation,
            generation_at: row.generation_at,
            refresh_expires_at: row.refresh_expires_at,
            refresh_absolute_at: row.refresh_absolute_at,
            revoked_at: row.revoked_at,
        }
    }
}

/// Stores a grant with the hash of its code; `false` when its session has ended. If the session ends at the same
/// moment, the grant is void all the same: a grant of an ended session is not [valid](super::standing).
pub async fn issue(on: impl Into<On<'_>>, grant: &Grant, code_hash: &str) -> Result<bool> {
    let issued = sql("INSERT INTO grants (id, client_id, user_id, sid, scope, redirect_uri, nonce, code_challenge, claims, \
         auth_time, acr, amr, code_hash, code_expires_at, issued_at, generation, generation_at, \
         refresh_expires_at, refresh_absolute_at) \
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, CAST($10 AS BIGINT), $11, $12, $13, CAST($14 AS BIGINT), \
         CAST($15 AS BIGINT), 0, CAST($15 AS BIGINT), CAST($16 AS BIGINT), CAST($17 AS BIGINT) \
         WHERE NOT EXISTS (SELECT sid FROM sessions WHERE sid = $4 AND (ended_at IS NOT NULL \
         OR expires_at <= $15 OR auth_time <= (SELECT not_before FROM realm_state)))")
    .bind(&grant.id)
    .bind(&grant.client_id)
    .bind(&grant.user_id)
    .bind(&grant.sid)
    .bind(grant.scope.to_string())
    .bind(&grant.redirect_uri)
    .bind(grant.nonce.as_deref())
    .bind(grant.code_challenge.as_ref().map(Challenge::as_str))
    .bind(to_json(&grant.claims))
    .bind(grant.auth_time)
    .bind(&grant.acr)
    .bind(to_json(&grant.amr))
    .bind(code_hash)
    .bind(grant.code_expires_at)
    .bind(grant.issued_at)
    .bind(grant.refresh_expires_at)
    .bind(grant.refresh_absolute_at)
    .run(on)
    .await?;
    Ok(issued == 1)
}

/// Whether a code was issued and can still be used.
pub async fn is_unused(db: &Db, code_hash: &str, now: i64) -> Result<bool> {
    record! { struct Row { id: String } }
    let row: Option<Row> = sql("SELECT id FROM grants WHERE code_hash = $1 AND redeemed_at IS NULL \
         AND revoked_at IS NULL AND code_expires_at > $2")
    .bind(code_hash)
    .bind(now)
    .opt(db)
    .await?;
    Ok(row.is_some_and(|row| !row.id.is_empty()))
}

/// Uses a code up; `None` when there is no such code or it was used. One statement decides, on any number of replicas.
pub async fn redeem(on: impl Into<On<'_>>, code_hash: &str, now: i64) -> Result<Option<Box<Grant>>> {
    let row: Option<Row> = sql("UPDATE grants SET redeemed_at = $1, generation = 1, generation_at = $1 \
         WHERE code_hash = $2 AND redeemed_at IS NULL RETURNING *")
    .bind(now)
    .bind(code_hash)
    .opt(on)
    .await?;
    Ok(row.map(|row| Box::new(row.into())))
}

/// Revokes the grant of a code that was used before and is presented again (T6). `None` when there is no such code.
pub async fn replay(tx: &mut Tx, code_hash: &str, now: i64) -> Result<Option<Box<Grant>>> {
    let row: Option<Row> = sql("UPDATE grants SET revoked_at = COALESCE(revoked_at, $1), \
         revoked_reason = COALESCE(revoked_reason, 'code_replayed') \
         WHERE code_hash = $2 AND redeemed_at IS NOT NULL RETURNING *")
    .bind(now)
    .bind(code_hash)
    .opt(tx)
    .await?;
    Ok(row.map(|row| Box::new(row.into())))
}

/// A grant whose code was used, revoked or not; `None` when it is from before the realm's
/// [`not_before`](super::not_before).
pub async fn redeemed(db: &Db, id: &str) -> Result<Option<Grant>> {
    let row: Option<Row> = sql("SELECT * FROM grants WHERE id = $1 AND redeemed_at IS NOT NULL \
         AND auth_time > (SELECT not_before FROM realm_state)")
    .bind(id)
    .opt(db)
    .await?;
    Ok(row.map(Grant::from))
}

/// The sessions of at most `limit` grants that were not revoked and whose sign-in was no later than `until`, the oldest
/// sign-ins first. A session is named once for each of its grants; its row may be gone.
pub async fn unrevoked_until(db: &Db, until: i64, limit: i64) -> Result<Vec<Named>> {
    sql("SELECT sid, user_id FROM grants WHERE revoked_at IS NULL AND auth_time <= $1 \
         ORDER BY auth_time, id LIMIT $2")
    .bind(until)
    .bind(limit)
    .all(db)
    .await
}

/// The sessions of the grants that were not revoked and whose sign-in was later than `after`, and not later than
/// `until`.
pub async fn unrevoked_within(tx: &mut Tx, after: i64, until: i64) -> Result<Vec<Named>> {
    sql("SELECT sid, user_id FROM grants WHERE revoked_at IS NULL AND auth_time > $1 AND auth_time <= $2")
        .bind(after)
        .bind(until)
        .all(tx)
        .await
}

/// Moves the refresh token on by one generation, if `from` is still the current one. Of parallel refreshes one
/// succeeds; the others get `false`, read the row again and repeat its answer.
pub async fn advance(db: &Db, id: &str, from: i64, now: i64, expires_at: i64) -> Result<bool> {
    let changed =
        sql("UPDATE grants SET generation = generation + 1, generation_at = $1, refresh_expires_at = $2 \
         WHERE id = $3 AND generation = $4 AND revoked_at IS NULL \
         AND auth_time > (SELECT not_before FROM realm_state)")
        .bind(now)
        .bind(expires_at)
        .bind(id)
        .bind(from)
        .run(db)
        .await?;
    Ok(changed == 1)
}

/// Whether the grant is neither revoked nor from before the realm's not-before.
pub async fn is_unrevoked(db: &Db, id: &str) -> Result<bool> {
    record! { struct Found { n: i64 } }
    let found = sql("SELECT COUNT(*) AS n FROM grants WHERE id = $1 AND revoked_at IS NULL \
         AND auth_time > (SELECT not_before FROM realm_state)")
    .bind(id)
    .one::<Found>(db)
    .await?;
    Ok(found.n == 1)
}

/// Prolongs a refresh token that does not rotate; `false` when its grant has ended.
pub async fn prolong(db: &Db, id: &str, expires_at: i64) -> Result<bool> {
    let changed = sql("UPDATE grants SET refresh_expires_at = $1 WHERE id = $2 AND revoked_at IS NULL \
         AND auth_time > (SELECT not_before FROM realm_state)")
    .bind(expires_at)
    .bind(id)
    .run(db)
    .await?;
    Ok(changed == 1)
}

/// Revokes a grant with everything that came of it; `false` when it was revoked before.
pub async fn revoke(on: impl Into<On<'_>>, id: &str, reason: &'static str, now: i64) -> Result<bool> {
    let changed =
        sql("UPDATE grants SET revoked_at = $1, revoked_reason = $2 WHERE id = $3 AND revoked_at IS NULL")
            .bind(now)
            .bind(reason)
            .bind(id)
            .run(on)
            .await?;
    Ok(changed == 1)
}

/// Revokes every grant of an account, whatever session it came from.
pub async fn revoke_of_user(tx: &mut Tx, user_id: &str, reason: &'static str, now: i64) -> Result<u64> {
    sql("UPDATE grants SET revoked_at = $1, revoked_reason = $2 WHERE user_id = $3 AND revoked_at IS NULL")
        .bind(now)
        .bind(reason)
        .bind(user_id)
        .run(tx)
        .await
}

/// What the end of a session revoked.
#[derive(Debug)]
pub struct Revoked {
    /// Whether a grant of the session was not revoked before.
    pub any: bool,
    /// The clients that used a code of the session, even if the grant was revoked before: they may hold sessions of
    /// their own.
    pub clients: Vec<String>,
}

/// Revokes every grant of a session.
pub async fn revoke_of_session(tx: &mut Tx, sid: &str, reason: &'static str, now: i64) -> Result<Revoked> {
    record! { struct Client { client_id: String } }
    let revoked =
        sql("UPDATE grants SET revoked_at = $1, revoked_reason = $2 WHERE sid = $3 AND revoked_at IS NULL")
            .bind(now)
            .bind(reason)
            .bind(sid)
            .run(&mut *tx)
            .await?;
    let clients: Vec<Client> =
        sql("SELECT DISTINCT client_id FROM grants WHERE sid = $1 AND redeemed_at IS NOT NULL")
            .bind(sid)
            .all(tx)
            .await?;
    Ok(Revoked { any: revoked > 0, clients: clients.into_iter().map(|row| row.client_id).collect() })
}

/// Revokes one access token that has no grant.
pub async fn revoke_token(db: &Db, jti: &str, expires_at: i64) -> Result<()> {
    sql("INSERT INTO revoked_tokens (jti, expires_at) VALUES ($1, $2) ON CONFLICT (jti) DO NOTHING")
        .bind(jti)
        .bind(expires_at)
        .run(db)
        .await?;
    Ok(())
}

/// Whether an access token without a grant was revoked, and the realm's [`not_before`](super::not_before).
pub async fn token_standing(db: &Db, jti: &str) -> Result<(bool, i64)> {
    record! { struct Row { revoked: i64, not_before: i64 } }
    let row: Row = sql("SELECT not_before, (SELECT COUNT(*) FROM revoked_tokens WHERE jti = $1) AS revoked \
         FROM realm_state")
    .bind(jti)
    .one(db)
    .await?;
    Ok((row.revoked > 0, row.not_before))
}
