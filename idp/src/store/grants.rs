//! Grants: one row from the code to the last refresh. Revoke, sign-out, disable and refresh meet in this row.

use database::{Db, On, Result, Tx, record, sql};
use protocol::{acr::Amr, authorize::RequestedClaims, grant::Grant, pkce::Challenge, scope::Scope};

use super::{sessions::Named, to_json};

record! {
    struct Row {
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
    /// What was stored by [`issue`] reads back; a value that doesn't can only lose rights, never gain them.
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

/// Issues a grant with its code, inside the transaction that ends the interaction.
pub async fn issue(tx: &mut Tx, grant: &Grant, code_hash: &str) -> Result<()> {
    sql("INSERT INTO grants (id, client_id, user_id, sid, scope, redirect_uri, nonce, code_challenge, claims, \
         auth_time, acr, amr, code_hash, code_expires_at, issued_at, generation, generation_at, \
         refresh_expires_at, refresh_absolute_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, $15, $16, $17)")
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
    .run(tx)
    .await?;
    Ok(())
}

/// Whether a code was issued that can still be used.
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

/// What showing a code led to.
#[derive(Debug)]
pub enum Claim {
    /// The first to show it. It is used up, whatever the rules then say.
    Claimed(Box<Grant>),
    /// It was used before: everything that came of it is dead now (T6).
    Replayed(Box<Grant>),
    /// No such code.
    Unknown,
}

/// Uses a code up. One statement decides, on any number of replicas. What it led to is a fact, with its event, when the
/// caller commits.
pub async fn claim(tx: &mut Tx, code_hash: &str, now: i64) -> Result<Claim> {
    let claimed: Option<Row> = sql("UPDATE grants SET redeemed_at = $1, generation = 1, generation_at = $1 \
         WHERE code_hash = $2 AND redeemed_at IS NULL RETURNING *")
    .bind(now)
    .bind(code_hash)
    .opt(&mut *tx)
    .await?;
    if let Some(row) = claimed {
        return Ok(Claim::Claimed(Box::new(row.into())));
    }
    let replayed: Option<Row> = sql("UPDATE grants SET revoked_at = COALESCE(revoked_at, $1), \
         revoked_reason = COALESCE(revoked_reason, 'code_replayed') WHERE code_hash = $2 RETURNING *")
    .bind(now)
    .bind(code_hash)
    .opt(tx)
    .await?;
    Ok(replayed.map_or(Claim::Unknown, |row| Claim::Replayed(Box::new(row.into()))))
}

/// A grant whose code was redeemed, dead or alive; none of before the realm's [`not_before`](super::not_before).
pub async fn redeemed(db: &Db, id: &str) -> Result<Option<Grant>> {
    let row: Option<Row> = sql("SELECT * FROM grants WHERE id = $1 AND redeemed_at IS NOT NULL \
         AND auth_time > (SELECT not_before FROM realm_state)")
    .bind(id)
    .opt(db)
    .await?;
    Ok(row.map(Grant::from))
}

/// The sessions of some grants that nobody revoked, signed in to no later than `until`, the oldest sign-ins first. The
/// session itself may be gone; it is named once for each grant.
pub async fn unrevoked_until(db: &Db, until: i64, limit: i64) -> Result<Vec<Named>> {
    sql("SELECT sid, user_id FROM grants WHERE revoked_at IS NULL AND auth_time <= $1 \
         ORDER BY auth_time, id LIMIT $2")
    .bind(until)
    .bind(limit)
    .all(db)
    .await
}

/// The sessions of the grants that nobody revoked and that were signed in to later than that.
pub async fn unrevoked_after(tx: &mut Tx, time: i64) -> Result<Vec<Named>> {
    sql("SELECT sid, user_id FROM grants WHERE revoked_at IS NULL AND auth_time > $1")
        .bind(time)
        .all(tx)
        .await
}

/// Moves the refresh token on by one generation, if `from` is still the one that counts. One of any number of
/// parallel refreshes wins; the others read the row again and repeat its answer.
pub async fn advance(db: &Db, id: &str, from: i64, now: i64, expires_at: i64) -> Result<bool> {
    let changed =
        sql("UPDATE grants SET generation = generation + 1, generation_at = $1, refresh_expires_at = $2 \
         WHERE id = $3 AND generation = $4 AND revoked_at IS NULL")
        .bind(now)
        .bind(expires_at)
        .bind(id)
        .bind(from)
        .run(db)
        .await?;
    Ok(changed == 1)
}

/// Prolongs a refresh token that does not rotate.
pub async fn prolong(db: &Db, id: &str, expires_at: i64) -> Result<bool> {
    let changed = sql("UPDATE grants SET refresh_expires_at = $1 WHERE id = $2 AND revoked_at IS NULL")
        .bind(expires_at)
        .bind(id)
        .run(db)
        .await?;
    Ok(changed == 1)
}

/// Revokes a grant with everything that came of it; `false` when it was dead already.
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

/// What ending a session took along.
#[derive(Debug)]
pub struct Revoked {
    /// Whether a grant of it was still alive.
    pub any: bool,
    /// The clients that redeemed one, dead or alive: they may hold sessions of their own.
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

/// Whether an access token without a grant was revoked.
pub async fn token_revoked(db: &Db, jti: &str) -> Result<bool> {
    record! { struct Revoked { jti: String } }
    let row: Option<Revoked> = sql("SELECT jti FROM revoked_tokens WHERE jti = $1").bind(jti).opt(db).await?;
    Ok(row.is_some_and(|row| row.jti == jti))
}
