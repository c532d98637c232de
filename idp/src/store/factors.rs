//! Second factors: the TOTP seed and the recovery codes. Passkeys are in [`super::passkeys`].

use database::{Db, On, Result, Tx, record, sql};
use protocol::authorize::Enrolled;

record! {
    /// A confirmed TOTP factor.
    pub struct Totp {
        /// The seed, sealed under the realm's key-encryption key.
        pub seed: String,
        /// The newest time step a code was accepted for.
        pub last_step: i64,
    }
}

/// The account's TOTP factor.
pub async fn totp(on: impl Into<On<'_>>, user_id: &str) -> Result<Option<Totp>> {
    sql("SELECT seed, last_step FROM totp_factors WHERE user_id = $1").bind(user_id).opt(on).await
}

/// Which second factors an account has, and its roles, which decide which one is demanded of it.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// Its second factors.
    pub enrolled: Enrolled,
    /// Its roles.
    pub roles: Vec<String>,
    /// The models that the authenticators of its passkeys have proved to be.
    pub models: Vec<String>,
}

record! {
    pub(super) struct HeldRow { apps: i64, passkeys: i64, roles: Option<String>, models: Option<String> }
}

impl From<HeldRow> for Held {
    fn from(HeldRow { apps, passkeys, roles, models }: HeldRow) -> Self {
        let enrolled = Enrolled { app: apps > 0, passkey: passkeys > 0, hardware: false };
        // joined by `|`, which neither the name of a role nor a UUID can contain
        let apart =
            |all: Option<String>| all.iter().flat_map(|all| all.split('|')).map(str::to_owned).collect();
        Self { enrolled, roles: apart(roles), models: apart(models) }
    }
}

/// What the account has.
pub async fn held(on: impl Into<On<'_>>, user_id: &str) -> Result<Held> {
    let found: HeldRow = sql("SELECT (SELECT COUNT(*) FROM totp_factors WHERE user_id = $1) AS apps, \
         (SELECT COUNT(*) FROM passkeys WHERE user_id = $1) AS passkeys, \
         (SELECT string_agg(role, '|' ORDER BY role) FROM user_roles WHERE user_id = $1) AS roles, \
         (SELECT string_agg(attested_model, '|' ORDER BY attested_model) FROM passkeys WHERE user_id = $1) AS models")
    .bind(user_id)
    .one(on)
    .await?;
    Ok(found.into())
}

/// Which second factors the account has.
pub async fn enrolled(on: impl Into<On<'_>>, user_id: &str) -> Result<Enrolled> {
    Ok(held(on, user_id).await?.enrolled)
}

/// Stores a confirmed factor in place of an old one. The step of the confirming code counts as used.
pub async fn confirm_totp(tx: &mut Tx, user_id: &str, seed: &str, step: i64, now: i64) -> Result<()> {
    sql("INSERT INTO totp_factors (user_id, seed, last_step, confirmed_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_id) DO UPDATE SET seed = excluded.seed, last_step = excluded.last_step, \
         confirmed_at = excluded.confirmed_at")
    .bind(user_id)
    .bind(seed)
    .bind(step)
    .bind(now)
    .run(tx)
    .await?;
    Ok(())
}

/// Uses up a time step (MF1). `false` when a code of the same or a later step was used before. A used step after
/// `believable` comes from a wrong clock and does not count.
pub async fn use_totp_step(on: impl Into<On<'_>>, user_id: &str, step: i64, believable: i64) -> Result<bool> {
    let changed = sql("UPDATE totp_factors SET last_step = $1 WHERE user_id = $2 \
         AND (last_step < $1 OR last_step > $3)")
    .bind(step)
    .bind(user_id)
    .bind(believable)
    .run(on)
    .await?;
    Ok(changed == 1)
}

record! {
    /// The sealed seed of an account.
    pub struct SealedSeed {
        /// The account it belongs to.
        pub user_id: String,
        /// The seed, sealed under the realm's key-encryption key.
        pub seed: String,
    }
}

/// The seeds of at most `limit` accounts whose ids come after `user_id`.
pub async fn seeds_after(db: &Db, user_id: &str, limit: i64) -> Result<Vec<SealedSeed>> {
    sql("SELECT user_id, seed FROM totp_factors WHERE user_id > $1 ORDER BY user_id LIMIT $2")
        .bind(user_id)
        .bind(limit)
        .all(db)
        .await
}

/// Replaces the sealed form of a seed by a new one; `false` when the old one is no longer stored.
pub async fn reseal(db: &Db, user_id: &str, old: &str, new: &str) -> Result<bool> {
    let changed = sql("UPDATE totp_factors SET seed = $1 WHERE user_id = $2 AND seed = $3")
        .bind(new)
        .bind(user_id)
        .bind(old)
        .run(db)
        .await?;
    Ok(changed == 1)
}

/// Replaces the account's recovery codes; the old ones stop working (MF4). Of two calls at once, the second waits for
/// the first and sees its codes: otherwise neither would delete what the other inserts.
pub async fn replace_recovery_codes(tx: &mut Tx, user_id: &str, hashes: &[String]) -> Result<()> {
    sql("UPDATE users SET updated_at = updated_at WHERE id = $1").bind(user_id).run(&mut *tx).await?;
    sql("DELETE FROM recovery_codes WHERE user_id = $1").bind(user_id).run(&mut *tx).await?;
    for hash in hashes {
        sql("INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)")
            .bind(user_id)
            .bind(hash)
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Removes all second factors of the account.
pub async fn remove(tx: &mut Tx, user_id: &str) -> Result<()> {
    sql("DELETE FROM totp_factors WHERE user_id = $1").bind(user_id).run(&mut *tx).await?;
    sql("DELETE FROM passkeys WHERE user_id = $1").bind(user_id).run(&mut *tx).await?;
    sql("DELETE FROM recovery_codes WHERE user_id = $1").bind(user_id).run(tx).await?;
    Ok(())
}

/// Removes the second factors of the account that were set up since a time, and the recovery codes if no app is left.
pub async fn remove_since(tx: &mut Tx, user_id: &str, since: i64) -> Result<()> {
    sql("DELETE FROM passkeys WHERE user_id = $1 AND created_at >= $2")
        .bind(user_id)
        .bind(since)
        .run(&mut *tx)
        .await?;
    sql("DELETE FROM totp_factors WHERE user_id = $1 AND confirmed_at >= $2")
        .bind(user_id)
        .bind(since)
        .run(&mut *tx)
        .await?;
    sql("DELETE FROM recovery_codes WHERE user_id = $1 \
         AND NOT EXISTS (SELECT user_id FROM totp_factors WHERE user_id = $1)")
    .bind(user_id)
    .run(tx)
    .await?;
    Ok(())
}

/// Uses a recovery code up; `false` when there is no such code or it was used before.
pub async fn use_recovery_code(on: impl Into<On<'_>>, user_id: &str, hash: &str, now: i64) -> Result<bool> {
    let changed = sql(
        "UPDATE recovery_codes SET used_at = $1 WHERE user_id = $2 AND code_hash = $3 AND used_at IS NULL",
    )
    .bind(now)
    .bind(user_id)
    .bind(hash)
    .run(on)
    .await?;
    Ok(changed == 1)
}

/// How many unused recovery codes the account has.
pub async fn recovery_codes_left(db: &Db, user_id: &str) -> Result<i64> {
    record! { struct Left { n: i64 } }
    let left: Left = sql("SELECT COUNT(*) AS n FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL")
        .bind(user_id)
        .one(db)
        .await?;
    Ok(left.n)
}
