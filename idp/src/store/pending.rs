//! Half-finished sign-ins and enrolments: rows that a person can simply start again.

use database::{Db, Result, record, sql};

record! {
    /// An authorization request that waits for its person.
    #[derive(Debug, Clone)]
    pub struct Pending {
        /// The hash of the binding of the browser that started it.
        pub browser_hash: String,
        /// What it is for, as JSON.
        pub purpose: String,
        /// When it began, Unix seconds.
        pub created_at: i64,
        /// When it expires, Unix seconds.
        pub expires_at: i64,
        /// The session that was signed in to within this request.
        pub authenticated_sid: Option<String>,
        /// The account that was chosen within this request.
        pub selected_user: Option<String>,
        /// The account that consented within this request.
        pub consented_user: Option<String>,
        /// When it was answered, Unix seconds.
        pub completed_at: Option<i64>,
        /// The hash of the code it was answered with.
        pub code_hash: Option<String>,
        /// What an upstream provider said about somebody who has no account here, sealed.
        pub assertion: Option<String>,
    }
}

/// A new request that waits for its person.
#[derive(Debug)]
pub struct New<'a> {
    /// The hash of its id.
    pub id_hash: &'a str,
    /// The hash of its browser's binding.
    pub browser_hash: &'a str,
    /// A keyed hash of the network address it comes from.
    pub source: &'a str,
    /// What it is for, as JSON.
    pub purpose: &'a str,
    /// When it begins and when it expires, Unix seconds.
    pub life: (i64, i64),
}

/// Keeps a request until its person is done.
pub async fn begin(db: &Db, new: &New<'_>) -> Result<()> {
    sql(
        "INSERT INTO pending_authorizations (id_hash, browser_hash, source, purpose, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(new.id_hash)
    .bind(new.browser_hash)
    .bind(new.source)
    .bind(new.purpose)
    .bind(new.life.0)
    .bind(new.life.1)
    .run(db)
    .await?;
    Ok(())
}

/// Gives a request's person time until `expires_at`, if it is open.
pub async fn prolong(db: &Db, id_hash: &str, now: i64, expires_at: i64) -> Result<()> {
    sql("UPDATE pending_authorizations SET expires_at = $1 \
         WHERE id_hash = $2 AND completed_at IS NULL AND expires_at > $3 AND expires_at < $1")
    .bind(expires_at)
    .bind(id_hash)
    .bind(now)
    .run(db)
    .await?;
    Ok(())
}

/// Keeps the newest `most` requests from `source`, answered or not, and deletes older ones. Returns how many were
/// deleted.
pub async fn keep_newest(db: &Db, source: &str, most: i64) -> Result<u64> {
    sql("DELETE FROM pending_authorizations WHERE id_hash IN (SELECT id_hash FROM pending_authorizations \
         WHERE source = $1 ORDER BY created_at DESC, id_hash LIMIT 1000 OFFSET $2)")
    .bind(source)
    .bind(most)
    .run(db)
    .await
}

/// The request, but only for the browser that started it.
pub async fn load(db: &Db, id_hash: &str, browser_hash: &str) -> Result<Option<Pending>> {
    sql("SELECT * FROM pending_authorizations WHERE id_hash = $1 AND browser_hash = $2")
        .bind(id_hash)
        .bind(browser_hash)
        .opt(db)
        .await
}

/// What the request is for, as JSON, whichever browser started it.
pub async fn purpose(db: &Db, id_hash: &str) -> Result<Option<String>> {
    record! { struct Row { purpose: String } }
    let row: Option<Row> =
        sql("SELECT purpose FROM pending_authorizations WHERE id_hash = $1").bind(id_hash).opt(db).await?;
    Ok(row.map(|row| row.purpose))
}

/// Notes that the person signed in within this request.
pub async fn authenticated(db: &Db, id_hash: &str, sid: &str) -> Result<()> {
    sql("UPDATE pending_authorizations SET authenticated_sid = $1 WHERE id_hash = $2 AND completed_at IS NULL")
        .bind(sid)
        .bind(id_hash)
        .run(db)
        .await?;
    Ok(())
}

/// Notes which account the person chose to go on with.
pub async fn selected(db: &Db, id_hash: &str, user_id: &str) -> Result<()> {
    sql("UPDATE pending_authorizations SET selected_user = $1 WHERE id_hash = $2 AND completed_at IS NULL")
        .bind(user_id)
        .bind(id_hash)
        .run(db)
        .await?;
    Ok(())
}

/// Notes which account allowed the client what it asks for.
pub async fn consented(db: &Db, id_hash: &str, user_id: &str) -> Result<()> {
    sql("UPDATE pending_authorizations SET consented_user = $1 WHERE id_hash = $2 AND completed_at IS NULL")
        .bind(user_id)
        .bind(id_hash)
        .run(db)
        .await?;
    Ok(())
}

/// Marks the request as answered: of two tabs or clicks, only one gets `true` (A15).
pub async fn complete(db: &Db, id_hash: &str, now: i64) -> Result<bool> {
    let changed = sql("UPDATE pending_authorizations SET completed_at = $1 \
         WHERE id_hash = $2 AND completed_at IS NULL AND expires_at > $1")
    .bind(now)
    .bind(id_hash)
    .run(db)
    .await?;
    Ok(changed == 1)
}

/// [`complete`] with a code as the answer.
pub async fn answer(db: &Db, id_hash: &str, code_hash: &str, now: i64) -> Result<bool> {
    let changed = sql("UPDATE pending_authorizations SET completed_at = $1, code_hash = $2 \
         WHERE id_hash = $3 AND completed_at IS NULL AND expires_at > $1")
    .bind(now)
    .bind(code_hash)
    .bind(id_hash)
    .run(db)
    .await?;
    Ok(changed == 1)
}

record! {
    /// A second factor that is not confirmed yet.
    pub struct Enrolment {
        /// The seed, sealed.
        pub seed: String,
        /// For a set-up: the account to create, as JSON, sealed.
        pub account: Option<String>,
    }
}

/// Begins an enrolment, or keeps the one under way: reloading the page must not show another seed.
pub async fn begin_enrolment(
    db: &Db,
    owner: &str,
    seed: &str,
    now: i64,
    expires_at: i64,
) -> Result<Enrolment> {
    sql("INSERT INTO pending_enrolments (owner, seed, expires_at) VALUES ($1, $2, $3) ON CONFLICT (owner) \
         DO UPDATE SET seed = CASE WHEN pending_enrolments.expires_at <= $4 THEN excluded.seed \
           ELSE pending_enrolments.seed END, expires_at = excluded.expires_at \
         RETURNING seed, account")
    .bind(owner)
    .bind(seed)
    .bind(expires_at)
    .bind(now)
    .one(db)
    .await
}

/// Begins an enrolment that also makes its account.
pub async fn begin_setup(db: &Db, owner: &str, seed: &str, account: &str, expires_at: i64) -> Result<()> {
    sql("INSERT INTO pending_enrolments (owner, seed, account, expires_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (owner) DO UPDATE SET seed = excluded.seed, account = excluded.account, \
         expires_at = excluded.expires_at")
    .bind(owner)
    .bind(seed)
    .bind(account)
    .bind(expires_at)
    .run(db)
    .await?;
    Ok(())
}

/// The enrolment under way, if it has not expired.
pub async fn enrolment(db: &Db, owner: &str, now: i64) -> Result<Option<Enrolment>> {
    sql("SELECT seed, account FROM pending_enrolments WHERE owner = $1 AND expires_at > $2")
        .bind(owner)
        .bind(now)
        .opt(db)
        .await
}

/// Deletes the enrolment under way, if it still has the confirmed seed: of two requests, only one gets `true`.
pub async fn claim_enrolment(db: &Db, owner: &str, seed: &str) -> Result<bool> {
    let taken = sql("DELETE FROM pending_enrolments WHERE owner = $1 AND seed = $2")
        .bind(owner)
        .bind(seed)
        .run(db)
        .await?;
    Ok(taken == 1)
}

/// Deletes an enrolment that is confirmed.
pub async fn end_enrolment(db: &Db, owner: &str) -> Result<()> {
    sql("DELETE FROM pending_enrolments WHERE owner = $1").bind(owner).run(db).await?;
    Ok(())
}
