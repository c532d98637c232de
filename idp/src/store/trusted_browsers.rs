//! Browsers in which an account's owner is not asked for a second factor for a while: a proof of one was remembered
//! there. Trust ends with its time, by its owner, and by everything that ends sessions from before (the not-before).

use database::{Db, On, Result, Tx, record, sql};

use super::sessions::Origin;

record! {
    /// A trusted browser, for its owner's list.
    #[derive(Debug)]
    pub struct Trusted {
        /// The hash of its binding: the browser's name in the list.
        pub browser_hash: String,
        /// Since when, Unix seconds.
        pub trusted_since: i64,
        /// Until when, Unix seconds.
        pub trusted_until: i64,
        /// The browser, as it called itself.
        pub user_agent: Option<String>,
        /// The address where it was.
        pub address: Option<String>,
    }
}

/// A browser that is trusted from now on.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The account.
    pub user_id: &'a str,
    /// The hash of the browser's binding.
    pub browser_hash: &'a str,
    /// Where it is, and what it calls itself.
    pub origin: &'a Origin,
    /// Since when, Unix seconds.
    pub since: i64,
    /// Until when, Unix seconds.
    pub until: i64,
}

/// Trusts a browser that the account was signed in from.
pub async fn trust(tx: &mut Tx, new: New<'_>) -> Result<()> {
    sql("UPDATE known_browsers SET trusted_since = $1, trusted_until = $2, user_agent = $3, address = $4 \
         WHERE user_id = $5 AND browser_hash = $6")
    .bind(new.since)
    .bind(new.until)
    .bind(&new.origin.user_agent)
    .bind(new.origin.address.to_string())
    .bind(new.user_id)
    .bind(new.browser_hash)
    .run(tx)
    .await?;
    Ok(())
}

/// Whether the browser is trusted now: for as long as was said then, and for no more than `longest` seconds, which the
/// realm allows by now. A time ahead of the clock is not believed.
pub async fn is_trusted(
    on: impl Into<On<'_>>,
    user_id: &str,
    browser_hash: &str,
    now: i64,
    longest: i64,
) -> Result<bool> {
    record! { struct Row { trusted_until: i64 } }
    let row: Option<Row> = sql("SELECT trusted_until FROM known_browsers \
         WHERE user_id = $1 AND browser_hash = $2 AND trusted_until > $3 AND trusted_since <= $3 \
         AND trusted_since > $4 AND trusted_since > (SELECT not_before FROM realm_state)")
    .bind(user_id)
    .bind(browser_hash)
    .bind(now)
    .bind(now - longest)
    .opt(on)
    .await?;
    Ok(row.is_some())
}

/// The trusted browsers of an account, the newest first.
pub async fn of_user(db: &Db, user_id: &str, now: i64, longest: i64) -> Result<Vec<Trusted>> {
    sql("SELECT browser_hash, trusted_since, trusted_until, user_agent, address FROM known_browsers \
         WHERE user_id = $1 AND trusted_until > $2 AND trusted_since <= $2 AND trusted_since > $3 \
         AND trusted_since > (SELECT not_before FROM realm_state) ORDER BY trusted_since DESC, browser_hash")
    .bind(user_id)
    .bind(now)
    .bind(now - longest)
    .all(db)
    .await
}

/// Ends the trust in one browser of an account.
pub async fn forget(tx: &mut Tx, user_id: &str, browser_hash: &str) -> Result<bool> {
    let forgotten = sql("UPDATE known_browsers SET trusted_since = NULL, trusted_until = NULL, \
         user_agent = NULL, address = NULL WHERE user_id = $1 AND browser_hash = $2 \
         AND trusted_until IS NOT NULL")
    .bind(user_id)
    .bind(browser_hash)
    .run(tx)
    .await?;
    Ok(forgotten == 1)
}

/// Ends the trust in every browser of an account but `kept`, the hash of a binding; empty for none.
pub async fn forget_others(tx: &mut Tx, user_id: &str, kept: &str) -> Result<()> {
    sql("UPDATE known_browsers SET trusted_since = NULL, trusted_until = NULL, \
         user_agent = NULL, address = NULL WHERE user_id = $1 AND browser_hash <> $2 \
         AND trusted_until IS NOT NULL")
    .bind(user_id)
    .bind(kept)
    .run(tx)
    .await?;
    Ok(())
}
