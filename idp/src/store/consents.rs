//! The scopes that accounts allowed clients (AUTH-6: remembered per user, client and scope).

use database::{Both, Db, On, Result, Tx, record, sql};

use super::factors::{Held, HeldRow};

record! { struct Row { scope: String } }

/// The scope the account has allowed the client so far, as stored.
pub async fn allowed(db: &Db, user_id: &str, client_id: &str) -> Result<Option<String>> {
    let row: Option<Row> = sql("SELECT scope FROM consents WHERE user_id = $1 AND client_id = $2")
        .bind(user_id)
        .bind(client_id)
        .opt(db)
        .await?;
    Ok(row.map(|row| row.scope))
}

/// What a request of a client depends on besides the session: the scope that the account has allowed it so far, and
/// what decides about its second factor.
pub async fn with_factors(db: &Db, user_id: &str, client_id: &str) -> Result<(Option<String>, Held)> {
    record! { struct Allowed { scope: Option<String> } }
    let found: Option<Both<Allowed, HeldRow>> = sql("SELECT c.scope AS scope, \
         (SELECT COUNT(*) FROM totp_factors t WHERE t.user_id = u.id) AS apps, \
         (SELECT COUNT(*) FROM passkeys p WHERE p.user_id = u.id) AS passkeys, \
         (SELECT string_agg(role, '|' ORDER BY role) FROM user_roles WHERE user_id = u.id) AS roles, \
         (SELECT string_agg(attested_model, '|' ORDER BY attested_model) FROM passkeys WHERE user_id = u.id) AS models \
         FROM users u LEFT JOIN consents c ON c.user_id = u.id AND c.client_id = $2 WHERE u.id = $1")
    .bind(user_id)
    .bind(client_id)
    .opt(db)
    .await?;
    Ok(found.map(|Both(allowed, held)| (allowed.scope, held.into())).unwrap_or_default())
}

/// Locks a consent within a transaction, and creates it with `scope` when there is none. Returns its scope so far.
pub async fn hold(tx: &mut Tx, user_id: &str, client_id: &str, scope: &str, now: i64) -> Result<String> {
    let row: Row =
        sql("INSERT INTO consents (user_id, client_id, scope, granted_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_id, client_id) DO UPDATE SET granted_at = excluded.granted_at RETURNING scope")
        .bind(user_id)
        .bind(client_id)
        .bind(scope)
        .bind(now)
        .one(tx)
        .await?;
    Ok(row.scope)
}

/// Stores a consent; the caller passes the union of the old scope and the new one.
pub async fn remember(
    on: impl Into<On<'_>>,
    user_id: &str,
    client_id: &str,
    scope: &str,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO consents (user_id, client_id, scope, granted_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_id, client_id) DO UPDATE SET scope = excluded.scope, granted_at = excluded.granted_at")
    .bind(user_id)
    .bind(client_id)
    .bind(scope)
    .bind(now)
    .run(on)
    .await?;
    Ok(())
}
