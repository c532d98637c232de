//! Passkeys: the public keys of devices by which people sign in.

use database::{Db, On, Result, Tx, record, sql};

record! {
    /// A passkey of an account.
    #[derive(Debug, Clone)]
    pub struct Passkey {
        /// The id that the authenticator chose, base64url.
        pub credential_id: String,
        /// The account.
        pub user_id: String,
        /// What its owner calls it.
        pub label: String,
        /// Public key, flags and transports as JSON.
        pub credential: String,
        /// The newest value of the authenticator's counter; 0 when it has none.
        pub sign_count: i64,
        /// When it was registered, Unix seconds.
        pub created_at: i64,
        /// When it was last used, Unix seconds.
        pub last_used_at: Option<i64>,
        /// The model (AAGUID) that its authenticator has proved to be.
        pub attested_model: Option<String>,
    }
}

/// The passkeys of an account, the oldest first.
pub async fn of_user(on: impl Into<On<'_>>, user_id: &str) -> Result<Vec<Passkey>> {
    sql("SELECT * FROM passkeys WHERE user_id = $1 ORDER BY created_at, credential_id")
        .bind(user_id)
        .all(on)
        .await
}

/// The passkey of an account with this id.
pub async fn find(on: impl Into<On<'_>>, user_id: &str, credential_id: &str) -> Result<Option<Passkey>> {
    sql("SELECT * FROM passkeys WHERE credential_id = $1 AND user_id = $2")
        .bind(credential_id)
        .bind(user_id)
        .opt(on)
        .await
}

/// The passkey with this id, of whichever account.
pub async fn by_id(db: &Db, credential_id: &str) -> Result<Option<Passkey>> {
    sql("SELECT * FROM passkeys WHERE credential_id = $1").bind(credential_id).opt(db).await
}

/// Registers a passkey; `false` when its id is registered already, for whichever account.
pub async fn add(tx: &mut Tx, new: &Passkey) -> Result<bool> {
    let added = sql("INSERT INTO passkeys \
         (credential_id, user_id, label, credential, sign_count, created_at, last_used_at, attested_model) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential_id) DO NOTHING")
    .bind(&new.credential_id)
    .bind(&new.user_id)
    .bind(&new.label)
    .bind(&new.credential)
    .bind(new.sign_count)
    .bind(new.created_at)
    .bind(new.last_used_at)
    .bind(new.attested_model.as_deref())
    .run(tx)
    .await?;
    Ok(added == 1)
}

/// Records a use. `passkey` holds the new state. `false` when the passkey is gone, or when its counter did not go up: a
/// copy of the authenticator may have used it meanwhile.
pub async fn used(tx: &mut Tx, passkey: &Passkey, now: i64) -> Result<bool> {
    let changed = sql("UPDATE passkeys SET credential = $1, sign_count = $2, last_used_at = $3 \
         WHERE credential_id = $4 AND user_id = $5 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0))")
    .bind(&passkey.credential)
    .bind(passkey.sign_count)
    .bind(now)
    .bind(&passkey.credential_id)
    .bind(&passkey.user_id)
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// Gives a passkey of the account another label; `false` when the account has no such passkey.
pub async fn rename(tx: &mut Tx, user_id: &str, credential_id: &str, label: &str) -> Result<bool> {
    let changed = sql("UPDATE passkeys SET label = $1 WHERE credential_id = $2 AND user_id = $3")
        .bind(label)
        .bind(credential_id)
        .bind(user_id)
        .run(tx)
        .await?;
    Ok(changed == 1)
}

/// Removes a passkey of the account; `false` when the account has no such passkey.
pub async fn remove(tx: &mut Tx, user_id: &str, credential_id: &str) -> Result<bool> {
    let removed = sql("DELETE FROM passkeys WHERE credential_id = $1 AND user_id = $2")
        .bind(credential_id)
        .bind(user_id)
        .run(tx)
        .await?;
    Ok(removed == 1)
}

/// Removes every passkey of the account.
pub async fn remove_all(tx: &mut Tx, user_id: &str) -> Result<()> {
    sql("DELETE FROM passkeys WHERE user_id = $1").bind(user_id).run(tx).await?;
    Ok(())
}

/// Uses a challenge up; `false` when it was used before (X1).
pub async fn use_challenge(tx: &mut Tx, challenge: &str, expires_at: i64) -> Result<bool> {
    let used = sql("INSERT INTO used_challenges (challenge, expires_at) VALUES ($1, $2) \
         ON CONFLICT (challenge) DO NOTHING")
    .bind(challenge)
    .bind(expires_at)
    .run(tx)
    .await?;
    Ok(used == 1)
}
