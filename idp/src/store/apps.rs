//! The apps that an account is connected to, and ending that (ACC-9).

use database::{Db, Result, Tx, record, sql};

record! {
    /// What an account allowed a client.
    #[derive(Debug, Clone)]
    pub struct Consented {
        /// The client.
        pub client_id: String,
        /// The scope it was allowed.
        pub scope: String,
    }
}

record! {
    /// Grants of a client that are alive.
    #[derive(Debug, Clone)]
    pub struct Granted {
        /// The client.
        pub client_id: String,
        /// Their scope.
        pub scope: String,
        /// When one of them was last used, Unix seconds.
        pub last_at: i64,
    }
}

record! {
    /// When a client was first and last signed in to.
    #[derive(Debug, Clone)]
    pub struct SignedIn {
        /// The client.
        pub client_id: String,
        /// The first time on record, Unix seconds.
        pub first_at: i64,
        /// The last time, Unix seconds.
        pub last_at: i64,
    }
}

/// What the account allowed clients.
pub async fn consented(db: &Db, user_id: &str) -> Result<Vec<Consented>> {
    sql("SELECT client_id, scope FROM consents WHERE user_id = $1").bind(user_id).all(db).await
}

/// The grants of the account that are alive, by client and scope.
pub async fn granted(db: &Db, user_id: &str, now: i64) -> Result<Vec<Granted>> {
    sql("SELECT client_id, scope, MAX(generation_at) AS last_at FROM grants \
         WHERE user_id = $1 AND redeemed_at IS NOT NULL AND revoked_at IS NULL AND refresh_absolute_at > $2 \
         AND auth_time > (SELECT not_before FROM realm_state WHERE id = 1) GROUP BY client_id, scope")
    .bind(user_id)
    .bind(now)
    .all(db)
    .await
}

/// When the account was signed in to clients, as far as the audit trail goes back.
pub async fn signed_in(db: &Db, user_id: &str) -> Result<Vec<SignedIn>> {
    sql("SELECT client_id, MIN(happened_at) AS first_at, MAX(happened_at) AS last_at FROM audit_events \
         WHERE user_id = $1 AND kind = 'code.issued' AND client_id IS NOT NULL GROUP BY client_id")
    .bind(user_id)
    .all(db)
    .await
}

/// Takes back what the account allowed a client; `false` when there was nothing.
pub async fn withdraw_consent(tx: &mut Tx, user_id: &str, client_id: &str) -> Result<bool> {
    let withdrawn = sql("DELETE FROM consents WHERE user_id = $1 AND client_id = $2")
        .bind(user_id)
        .bind(client_id)
        .run(tx)
        .await?;
    Ok(withdrawn == 1)
}

/// Revokes every grant of the account to a client. Returns the public names of the sessions that they were made in, each
/// once.
pub async fn revoke(
    tx: &mut Tx,
    user_id: &str,
    client_id: &str,
    reason: &'static str,
    now: i64,
) -> Result<Vec<String>> {
    record! { struct Row { sid: String } }
    let rows: Vec<Row> = sql("UPDATE grants SET revoked_at = $1, revoked_reason = $2 \
         WHERE user_id = $3 AND client_id = $4 AND revoked_at IS NULL RETURNING sid")
    .bind(now)
    .bind(reason)
    .bind(user_id)
    .bind(client_id)
    .all(tx)
    .await?;
    let mut sids: Vec<String> = rows.into_iter().map(|row| row.sid).collect();
    sids.sort();
    sids.dedup();
    Ok(sids)
}
