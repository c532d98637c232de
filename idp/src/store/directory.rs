//! Accounts as operators see them.

use database::{Db, Result, record, sql};

record! {
    /// An account in a list.
    #[derive(Debug, Clone)]
    pub struct Listed {
        /// Its subject.
        pub id: String,
        /// The address as the person wrote it.
        pub email: String,
        /// The form of the address that the list is sorted by.
        pub email_key: String,
        /// Standard claims as a JSON object.
        pub claims: String,
        /// When the address was verified, Unix seconds.
        pub email_verified_at: Option<i64>,
        /// When it was disabled, Unix seconds.
        pub disabled_at: Option<i64>,
        /// When it was created, Unix seconds.
        pub created_at: i64,
        /// 1 when it has a password.
        pub has_password: i64,
        /// How many authenticator apps it has.
        pub apps: i64,
        /// How many passkeys it has.
        pub passkeys: i64,
    }
}

/// Which accounts are listed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// Only those with this role.
    pub role: Option<&'a str>,
    /// Only those that are disabled, or only those that aren't.
    pub disabled: Option<bool>,
}

/// At most `limit` accounts after the address `after`, in the order of their addresses.
pub async fn page(db: &Db, after: &str, filter: Filter<'_>, limit: i64) -> Result<Vec<Listed>> {
    let disabled = match filter.disabled {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    };
    sql(
        "SELECT u.id, u.email, u.email_key, u.claims, u.email_verified_at, u.disabled_at, u.created_at, \
         CAST(CASE WHEN u.password_hash IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_password, \
         (SELECT COUNT(*) FROM totp_factors t WHERE t.user_id = u.id) AS apps, \
         (SELECT COUNT(*) FROM passkeys p WHERE p.user_id = u.id) AS passkeys \
         FROM users u WHERE u.email_key > $1 \
         AND ($2 = '' OR u.id IN (SELECT r.user_id FROM user_roles r WHERE r.role = $2)) \
         AND ($3 = '' OR ($3 = 'yes' AND u.disabled_at IS NOT NULL) OR ($3 = 'no' AND u.disabled_at IS NULL)) \
         ORDER BY u.email_key LIMIT $4",
    )
    .bind(after)
    .bind(filter.role.unwrap_or_default())
    .bind(disabled)
    .bind(limit)
    .all(db)
    .await
}

record! {
    /// What belongs to an account, counted.
    #[derive(Debug, Clone)]
    pub struct Belongings {
        /// Authenticator apps.
        pub totp_factors: i64,
        /// Passkeys.
        pub passkeys: i64,
        /// Accounts of upstream providers.
        pub identities: i64,
        /// Recovery codes that were not used.
        pub recovery_codes: i64,
        /// Sessions that have not ended or expired.
        pub sessions: i64,
        /// Grants that are not revoked or expired.
        pub grants: i64,
        /// When its newest unused setup link expires, Unix seconds.
        pub link_expires_at: Option<i64>,
    }
}

/// What belongs to an account at `now`.
pub async fn belongings(db: &Db, user_id: &str, now: i64) -> Result<Belongings> {
    sql("SELECT (SELECT COUNT(*) FROM totp_factors WHERE user_id = $1) AS totp_factors, \
         (SELECT COUNT(*) FROM passkeys WHERE user_id = $1) AS passkeys, \
         (SELECT COUNT(*) FROM upstream_identities WHERE user_id = $1) AS identities, \
         (SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL) AS recovery_codes, \
         (SELECT COUNT(*) FROM sessions WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 \
          AND auth_time > (SELECT not_before FROM realm_state)) AS sessions, \
         (SELECT COUNT(*) FROM grants WHERE user_id = $1 AND revoked_at IS NULL \
          AND refresh_absolute_at > $2 AND auth_time > (SELECT not_before FROM realm_state)) AS grants, \
         (SELECT MAX(expires_at) FROM setup_links WHERE user_id = $1 AND used_at IS NULL AND expires_at > $2) \
          AS link_expires_at")
    .bind(user_id)
    .bind(now)
    .one(db)
    .await
}
