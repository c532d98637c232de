//! Accounts and their roles.

use database::{Db, On, Result, Tx, record, sql};
use protocol::email;
use serde_json::{Map, Value};

record! {
    /// An account.
    #[derive(Clone)]
    pub struct User {
        /// The subject of its tokens: never reused, unlike an address.
        pub id: String,
        /// The address as the person wrote it.
        pub email: String,
        /// When the address was verified, Unix seconds.
        pub email_verified_at: Option<i64>,
        /// Argon2id in PHC form; `None` for an account without a password.
        pub password_hash: Option<String>,
        /// Standard claims (OpenID Connect Core section 5.1) as a JSON object.
        pub claims: String,
        /// The `preferred_username`; `None` while the account has not got one yet.
        pub username: Option<String>,
        /// The team a staff account belongs to.
        pub team: Option<String>,
        /// The language that its owner chose, or in which they made it (BCP 47).
        pub language: Option<String>,
        /// When it was disabled, Unix seconds. A disabled account can't sign in, and its tokens don't work.
        pub disabled_at: Option<i64>,
        /// When it was created, Unix seconds.
        pub created_at: i64,
        /// When it last changed, Unix seconds.
        pub updated_at: i64,
    }
}

impl User {
    /// The name to show; empty when there is none.
    pub fn name(&self) -> String {
        let claims: Value = serde_json::from_str(&self.claims).unwrap_or_default();
        claims.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// The texts about the person that a password must not consist of.
    pub fn words(&self) -> Vec<String> {
        let claims: Map<String, Value> = serde_json::from_str(&self.claims).unwrap_or_default();
        let texts = claims.into_iter().filter_map(|(_, value)| value.as_str().map(str::to_owned));
        [self.email.clone()].into_iter().chain(self.username.clone()).chain(texts).collect()
    }
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The data of a new account.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
pub struct NewUser {
    /// The new subject.
    pub id: String,
    /// The address as written.
    pub email: String,
    /// The name to show; may be empty.
    pub name: String,
    /// The other claims about its person.
    #[serde(default)]
    pub claims: Map<String, Value>,
    /// Usernames to try, the best first; when all are taken the account gets one later.
    #[serde(default)]
    pub usernames: Vec<String>,
    /// Argon2id in PHC form; `None` until its owner sets a password with a link.
    pub password_hash: Option<String>,
    /// The role it starts with.
    pub role: String,
    /// The language in which its owner made it (BCP 47).
    #[serde(default)]
    pub language: Option<String>,
}

impl std::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewUser").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The form of an address that earlier releases compare, and that lists are sorted by. Earlier releases may still serve
/// the same database, and must find the accounts that they know.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Inserts an account with its first role and the first of its usernames that is free, within the caller's transaction.
/// `false` when none was free and the account has no username yet. A taken address is a conflict.
pub async fn insert(tx: &mut Tx, user: &NewUser, now: i64) -> Result<bool> {
    let mut named = false;
    for username in user.usernames.iter().map(|name| Some(name.as_str())).chain([None]) {
        if insert_as(tx, user, username, now).await? {
            named = username.is_some();
            break;
        }
    }
    sql("INSERT INTO user_roles (user_id, role, granted_at) VALUES ($1, $2, $3)")
        .bind(&user.id)
        .bind(&user.role)
        .bind(now)
        .run(tx)
        .await?;
    Ok(named)
}

/// Inserts the account with this username; `false` when the username is taken.
async fn insert_as(tx: &mut Tx, user: &NewUser, username: Option<&str>, now: i64) -> Result<bool> {
    let mut claims = user.claims.clone();
    if !user.name.is_empty() {
        claims.insert("name".to_owned(), user.name.clone().into());
    }
    let made = sql("INSERT INTO users (id, email, email_key, address_key, username, password_hash, claims, \
         created_at, updated_at, language) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9) \
         ON CONFLICT (username) DO NOTHING")
    .bind(&user.id)
    .bind(user.email.trim())
    .bind(email_key(&user.email))
    .bind(email::key(&user.email))
    .bind(username)
    .bind(user.password_hash.as_deref())
    .bind(Value::Object(claims).to_string())
    .bind(now)
    .bind(user.language.as_deref())
    .run(tx)
    .await?;
    Ok(made == 1)
}

/// Gives an account another username; `false` when there is no such account. A taken username is a conflict.
pub async fn rename(tx: &mut Tx, id: &str, username: &str, now: i64) -> Result<bool> {
    let changed = sql("UPDATE users SET username = $1, updated_at = $2 WHERE id = $3")
        .bind(username)
        .bind(now)
        .bind(id)
        .run(tx)
        .await?;
    Ok(changed == 1)
}

record! {
    /// An account that has no username yet.
    pub struct Unnamed {
        /// Its id.
        pub id: String,
        /// Its address.
        pub email: String,
    }
}

opaque!(Unnamed);

/// Some accounts that have no username yet.
pub async fn unnamed(db: &Db, limit: i64) -> Result<Vec<Unnamed>> {
    sql("SELECT id, email FROM users WHERE username IS NULL LIMIT $1").bind(limit).all(db).await
}

/// Gives an account its first username; `false` when it has one. A taken username is a conflict.
pub async fn name(db: &Db, id: &str, username: &str) -> Result<bool> {
    let changed = sql("UPDATE users SET username = $1 WHERE id = $2 AND username IS NULL")
        .bind(username)
        .bind(id)
        .run(db)
        .await?;
    Ok(changed == 1)
}

/// Replaces the claims of an account, if they are still those that the change started from; `false` otherwise.
pub async fn replace_claims(tx: &mut Tx, id: &str, claims: (&str, &str), now: i64) -> Result<bool> {
    let (before, after) = claims;
    let changed = sql("UPDATE users SET claims = $1, updated_at = $2 WHERE id = $3 AND claims = $4")
        .bind(after)
        .bind(now)
        .bind(id)
        .bind(before)
        .run(tx)
        .await?;
    Ok(changed == 1)
}

/// Records the language that an account's owner chose; `false` when there is no such account.
pub async fn choose_language(db: &Db, id: &str, language: &str) -> Result<bool> {
    Ok(sql("UPDATE users SET language = $1 WHERE id = $2").bind(language).bind(id).run(db).await? == 1)
}

/// Records the language in which its owner set an account up, unless they have chosen one.
pub async fn begin_with_language(tx: &mut Tx, id: &str, language: &str) -> Result<()> {
    sql("UPDATE users SET language = COALESCE(language, $1) WHERE id = $2")
        .bind(language)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// Records that an account's address is verified, if the account still has it; `false` when that was recorded before.
pub async fn verify_email(tx: &mut Tx, id: &str, email: &str, now: i64) -> Result<bool> {
    let changed = sql("UPDATE users SET email_verified_at = $1, updated_at = $1 \
         WHERE id = $2 AND email = $3 AND email_verified_at IS NULL")
    .bind(now)
    .bind(id)
    .bind(email)
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// Gives an account another address (the old one, the new one), which its owner has confirmed at `verified_at`. `false`
/// when its address is not the old one any more. An address that another account has is a conflict.
pub async fn replace_email(
    tx: &mut Tx,
    id: &str,
    (old, new): (&str, &str),
    verified_at: Option<i64>,
    now: i64,
) -> Result<bool> {
    let changed =
        sql("UPDATE users SET email = $1, email_key = $2, address_key = $3, email_verified_at = $4, \
         updated_at = $5 WHERE id = $6 AND email = $7")
        .bind(new.trim())
        .bind(email_key(new))
        .bind(email::key(new))
        .bind(verified_at)
        .bind(now)
        .bind(id)
        .bind(old)
        .run(tx)
        .await?;
    Ok(changed == 1)
}

/// Whether an account has that username.
pub async fn has_username(db: &Db, username: &str) -> Result<bool> {
    record! { struct Found { n: i64 } }
    let found = sql("SELECT COUNT(*) AS n FROM users WHERE username = $1");
    Ok(found.bind(username).one::<Found>(db).await?.n > 0)
}

/// The account of an address, however it is written.
pub async fn by_email(on: impl Into<On<'_>>, email: &str) -> Result<Option<User>> {
    sql("SELECT * FROM users WHERE COALESCE(address_key, email_key) = $1")
        .bind(email::key(email))
        .opt(on)
        .await
}

/// The account of a subject.
pub async fn by_id(on: impl Into<On<'_>>, id: &str) -> Result<Option<User>> {
    sql("SELECT * FROM users WHERE id = $1").bind(id).opt(on).await
}

/// The roles of an account, in a stable order.
pub async fn roles(on: impl Into<On<'_>>, id: &str) -> Result<Vec<String>> {
    record! { struct Row { role: String } }
    let rows: Vec<Row> =
        sql("SELECT role FROM user_roles WHERE user_id = $1 ORDER BY role").bind(id).all(on).await?;
    Ok(rows.into_iter().map(|row| row.role).collect())
}

/// Replaces a password's hash, if it is still the one that was checked: a change of password in between wins.
pub async fn rehash(db: &Db, id: &str, old: &str, new: &str, now: i64) -> Result<u64> {
    sql("UPDATE users SET password_hash = $1, updated_at = $2 WHERE id = $3 AND password_hash = $4")
        .bind(new)
        .bind(now)
        .bind(id)
        .bind(old)
        .run(db)
        .await
}

/// Sets an account's password; `false` when the account is disabled or does not exist.
pub async fn set_password(tx: &mut Tx, id: &str, hash: &str, now: i64) -> Result<bool> {
    let changed =
        sql("UPDATE users SET password_hash = $1, updated_at = $2 WHERE id = $3 AND disabled_at IS NULL")
            .bind(hash)
            .bind(now)
            .bind(id)
            .run(tx)
            .await?;
    Ok(changed == 1)
}

/// Replaces an account's password if its hash is still `old`, `None` for an account without one; `false` otherwise, and
/// when the account is disabled.
pub async fn replace_password(tx: &mut Tx, id: &str, old: Option<&str>, new: &str, now: i64) -> Result<bool> {
    let changed = sql("UPDATE users SET password_hash = $1, updated_at = $2 \
         WHERE id = $3 AND disabled_at IS NULL AND COALESCE(password_hash, '') = $4")
    .bind(new)
    .bind(now)
    .bind(id)
    .bind(old.unwrap_or_default())
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// Removes an account's password, so that nobody can sign in with it. `false` when the account is disabled or does not
/// exist.
pub async fn remove_password(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let changed =
        sql("UPDATE users SET password_hash = NULL, updated_at = $1 WHERE id = $2 AND disabled_at IS NULL")
            .bind(now)
            .bind(id)
            .run(tx)
            .await?;
    Ok(changed == 1)
}

/// Takes an account's password away, whether or not the account is disabled. Locks it until the transaction ends.
pub async fn take_password(tx: &mut Tx, id: &str, now: i64) -> Result<()> {
    sql("UPDATE users SET password_hash = NULL, updated_at = $1 WHERE id = $2")
        .bind(now)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// Locks an account whose password was checked against `hash`, so that it can neither be disabled nor get another
/// password before the transaction ends; `false` when that has happened already.
pub async fn hold_with_password(tx: &mut Tx, id: &str, hash: &str) -> Result<bool> {
    let held = sql("UPDATE users SET updated_at = updated_at \
         WHERE id = $1 AND disabled_at IS NULL AND password_hash = $2")
    .bind(id)
    .bind(hash)
    .run(tx)
    .await?;
    Ok(held == 1)
}

/// Locks an account, so that it can't be disabled before the transaction ends; `false` when it is disabled already.
pub async fn hold(tx: &mut Tx, id: &str) -> Result<bool> {
    let held = sql("UPDATE users SET updated_at = updated_at WHERE id = $1 AND disabled_at IS NULL")
        .bind(id)
        .run(tx)
        .await?;
    Ok(held == 1)
}

/// Disables an account. Its sessions and grants are ended by the flow that calls this, in the same transaction.
pub async fn disable(on: impl Into<On<'_>>, id: &str, now: i64) -> Result<u64> {
    sql("UPDATE users SET disabled_at = $1, updated_at = $1 WHERE id = $2 AND disabled_at IS NULL")
        .bind(now)
        .bind(id)
        .run(on)
        .await
}

/// Lets a disabled account sign in again; `false` when it is not disabled or does not exist.
pub async fn enable(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    let changed =
        sql("UPDATE users SET disabled_at = NULL, updated_at = $1 WHERE id = $2 AND disabled_at IS NOT NULL")
            .bind(now)
            .bind(id)
            .run(tx)
            .await?;
    Ok(changed == 1)
}
