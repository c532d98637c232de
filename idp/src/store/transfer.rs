//! Accounts on their way from another program, or to one.

use database::{Db, Result, Tx, record, sql};
use protocol::email;

use super::users::{User, email_key};

/// An account that comes from another program.
#[derive(Clone, Copy)]
pub struct Arriving<'a> {
    /// Its subject.
    pub id: &'a str,
    /// The address as written.
    pub email: &'a str,
    /// When the address was verified, Unix seconds.
    pub email_verified_at: Option<i64>,
    /// The username.
    pub username: &'a str,
    /// Its password's hash.
    pub password_hash: Option<&'a str>,
    /// Standard claims as a JSON object.
    pub claims: &'a str,
    /// The team of a staff account.
    pub team: Option<&'a str>,
    /// The language that its owner chose (BCP 47).
    pub language: Option<&'a str>,
    /// When it was disabled, Unix seconds.
    pub disabled_at: Option<i64>,
    /// When it was created, Unix seconds.
    pub created_at: i64,
}

opaque!(Arriving<'_>);

/// Inserts an account without roles. `false` when its subject, its address or its username belongs to another one.
pub async fn insert(tx: &mut Tx, account: &Arriving<'_>, now: i64) -> Result<bool> {
    let made = sql("INSERT INTO users (id, email, email_key, address_key, email_verified_at, username, \
         password_hash, claims, team, language, disabled_at, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING")
    .bind(account.id)
    .bind(account.email)
    .bind(email_key(account.email))
    .bind(email::key(account.email))
    .bind(account.email_verified_at)
    .bind(account.username)
    .bind(account.password_hash)
    .bind(account.claims)
    .bind(account.team)
    .bind(account.language)
    .bind(account.disabled_at)
    .bind(account.created_at)
    .bind(now)
    .run(tx)
    .await?;
    Ok(made == 1)
}

/// At most `limit` accounts after the subject `after`, in the order of their subjects.
pub async fn page(db: &Db, after: &str, limit: i64) -> Result<Vec<User>> {
    sql("SELECT * FROM users WHERE id > $1 ORDER BY id LIMIT $2").bind(after).bind(limit).all(db).await
}

record! {
    /// A role of an account.
    #[derive(Debug, Clone)]
    pub struct Role {
        /// The account.
        pub user_id: String,
        /// The role.
        pub role: String,
    }
}

/// The roles of the accounts after the subject `after`, up to the subject `last`.
pub async fn roles(db: &Db, after: &str, last: &str) -> Result<Vec<Role>> {
    sql("SELECT user_id, role FROM user_roles WHERE user_id > $1 AND user_id <= $2 ORDER BY user_id, role")
        .bind(after)
        .bind(last)
        .all(db)
        .await
}
