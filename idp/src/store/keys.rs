//! Signing keys, sealed, and their states from next to removal (K13). Every change requires the state that it starts
//! from, so that replicas and operators may make it at the same time.

use database::{Db, On, Result, Tx, record, sql};
use protocol::jose::rotation::{KeyState, Rotation};

record! {
    /// A stored signing key.
    #[derive(Debug, Clone)]
    pub struct StoredKey {
        /// Its `kid` in the JWKS.
        pub kid: String,
        /// The algorithm it signs with.
        pub algorithm: String,
        /// `next`, `active` or `retired`.
        pub state: String,
        /// Since when it is in that state, Unix seconds.
        pub since: i64,
        /// The private JWK, sealed under the realm's key-encryption key.
        pub private_key: String,
    }
}

/// A new key.
#[derive(Debug)]
pub struct NewKey<'a> {
    /// Its `kid` in the JWKS.
    pub kid: &'a str,
    /// The algorithm it signs with.
    pub algorithm: &'a str,
    /// Its first state: next, or active if no key is active yet.
    pub state: KeyState,
    /// The private JWK, sealed.
    pub sealed: &'a str,
}

/// Every key that is published.
pub async fn published(db: &Db) -> Result<Vec<StoredKey>> {
    sql("SELECT kid, algorithm, state, since, private_key FROM signing_keys ORDER BY created_at, kid")
        .all(db)
        .await
}

/// Adds a key; `false` when its algorithm already has one in that state, because another replica was faster.
pub async fn add(on: impl Into<On<'_>>, key: &NewKey<'_>, now: i64) -> Result<bool> {
    let made = sql("INSERT INTO signing_keys (kid, algorithm, state, private_key, created_at, since) \
         VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT DO NOTHING")
    .bind(key.kid)
    .bind(key.algorithm)
    .bind(key.state.as_str())
    .bind(key.sealed)
    .bind(now)
    .run(on)
    .await?;
    Ok(made == 1)
}

/// Replaces the sealed form of a private key by a new one; `false` when the old one is no longer stored.
pub async fn reseal(db: &Db, kid: &str, old: &str, new: &str) -> Result<bool> {
    let changed = sql("UPDATE signing_keys SET private_key = $1 WHERE kid = $2 AND private_key = $3")
        .bind(new)
        .bind(kid)
        .bind(old)
        .run(db)
        .await?;
    Ok(changed == 1)
}

/// Lets one key take over from another; `false` when another process did that before. Commit on `true` only.
pub async fn rotate(tx: &mut Tx, keys: &Rotation, now: i64) -> Result<bool> {
    Ok(step(tx, &keys.from, [KeyState::Active, KeyState::Retired], now).await?
        && step(tx, &keys.to, [KeyState::Next, KeyState::Active], now).await?)
}

async fn step(tx: &mut Tx, kid: &str, [from, to]: [KeyState; 2], now: i64) -> Result<bool> {
    let moved = sql("UPDATE signing_keys SET state = $1, since = $2 WHERE kid = $3 AND state = $4")
        .bind(to.as_str())
        .bind(now)
        .bind(kid)
        .bind(from.as_str())
        .run(tx)
        .await?;
    Ok(moved == 1)
}

/// Dates a key's state from `now`, but only if it is dated later than `latest`.
pub async fn date(db: &Db, kid: &str, now: i64, latest: i64) -> Result<()> {
    sql("UPDATE signing_keys SET since = $1 WHERE kid = $2 AND since > $3")
        .bind(now)
        .bind(kid)
        .bind(latest)
        .run(db)
        .await?;
    Ok(())
}

/// Removes a retired key.
pub async fn forget(db: &Db, kid: &str) -> Result<bool> {
    Ok(sql("DELETE FROM signing_keys WHERE kid = $1 AND state = 'retired'").bind(kid).run(db).await? == 1)
}

/// Removes a key in any state (K13, emergency). If it was the active one, its successor takes over, if there is one.
/// `false` when there is no such key.
pub async fn revoke(tx: &mut Tx, kid: &str, now: i64) -> Result<bool> {
    record! { struct Gone { algorithm: String, state: String } }
    let gone: Option<Gone> = sql("DELETE FROM signing_keys WHERE kid = $1 RETURNING algorithm, state")
        .bind(kid)
        .opt(&mut *tx)
        .await?;
    let Some(gone) = gone else { return Ok(false) };
    if gone.state == KeyState::Active.as_str() {
        sql("UPDATE signing_keys SET state = 'active', since = $1 WHERE algorithm = $2 AND state = 'next'")
            .bind(now)
            .bind(&gone.algorithm)
            .run(tx)
            .await?;
    }
    Ok(true)
}

/// Removes all keys, in any state.
pub async fn remove_all(tx: &mut Tx) -> Result<u64> {
    sql("DELETE FROM signing_keys").run(tx).await
}
