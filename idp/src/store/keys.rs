//! Signing keys, sealed.

use database::{Db, Result, record, sql};

record! {
    /// A stored signing key.
    pub struct StoredKey {
        /// Its name in the JWKS.
        pub kid: String,
        /// `next`, `active` or `retired`.
        pub state: String,
        /// The private JWK, sealed under the realm's key-encryption key.
        pub private_key: String,
    }
}

/// Every key that is published.
pub async fn published(db: &Db) -> Result<Vec<StoredKey>> {
    sql("SELECT kid, state, private_key FROM signing_keys ORDER BY created_at, kid").all(db).await
}

/// Makes a key the active one of its algorithm, unless another replica was first.
pub async fn activate_first(db: &Db, kid: &str, algorithm: &str, sealed: &str, now: i64) -> Result<bool> {
    let made = sql("INSERT INTO signing_keys (kid, algorithm, state, private_key, created_at) \
         VALUES ($1, $2, 'active', $3, $4) ON CONFLICT DO NOTHING")
    .bind(kid)
    .bind(algorithm)
    .bind(sealed)
    .bind(now)
    .run(db)
    .await?;
    Ok(made == 1)
}
