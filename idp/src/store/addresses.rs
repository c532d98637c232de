//! The comparison form of addresses, for accounts from before it existed (decision 0026).
//!
//! ASCII addresses were always compared in that form. Any other address gets it when the schema is migrated, unless
//! another account has it: such a double keeps everything except its sign-in, until an operator decides.

use database::{Db, Result, record, sql};
use protocol::email;

/// How many accounts are read at a time.
const PAGE: i64 = 500;

record! {
    /// An account whose address is another account's, written in another way.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Double {
        /// The account that nobody can sign in to.
        pub id: String,
        /// Its address as written.
        pub email: String,
        /// When it was created, Unix seconds.
        pub created_at: i64,
        /// The account that keeps the address.
        pub holder_id: String,
        /// Its address as written.
        pub holder_email: String,
        /// When it was created, Unix seconds.
        pub holder_created_at: i64,
    }
}

impl std::fmt::Debug for Double {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Double")
            .field("id", &self.id)
            .field("holder_id", &self.holder_id)
            .finish_non_exhaustive()
    }
}

record! {
    struct Unsettled { id: String, email: String, created_at: i64 }
}

/// Gives every account the comparison form of its address, the oldest account first; doubles get none. Can run on all
/// replicas at once, and again at any time.
pub async fn settle(db: &Db) -> Result<()> {
    let mut after = (i64::MIN, String::new());
    loop {
        let page = unsettled(db, &after).await?;
        for account in &page {
            claim(db, account).await?;
        }
        let Some(last) = page.last() else { return Ok(()) };
        after = (last.created_at, last.id.clone());
    }
}

/// The accounts whose address another account has.
pub async fn doubles(db: &Db) -> Result<Vec<Double>> {
    let mut doubles = Vec::new();
    let mut after = (i64::MIN, String::new());
    loop {
        let page = unsettled(db, &after).await?;
        for account in &page {
            let double = sql("SELECT own.id, own.email, own.created_at, held.id AS holder_id, \
                   held.email AS holder_email, held.created_at AS holder_created_at \
                 FROM users own, users held \
                 WHERE own.id = $1 AND COALESCE(held.address_key, held.email_key) = $2 AND held.id <> own.id")
            .bind(&account.id)
            .bind(email::key(&account.email))
            .opt(db)
            .await?;
            doubles.extend::<Option<Double>>(double);
        }
        let Some(last) = page.last() else { return Ok(doubles) };
        after = (last.created_at, last.id.clone());
    }
}

/// Accounts whose address has no comparison form yet and is not ASCII, after `after`, the oldest first.
async fn unsettled(db: &Db, after: &(i64, String)) -> Result<Vec<Unsettled>> {
    sql("SELECT id, email, created_at FROM users \
         WHERE address_key IS NULL AND octet_length(email_key) > length(email_key) \
           AND (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT $3")
    .bind(after.0)
    .bind(&after.1)
    .bind(PAGE)
    .all(db)
    .await
}

/// Gives an account the comparison form of its address, unless another account has it.
async fn claim(db: &Db, account: &Unsettled) -> Result<()> {
    let claimed = sql("UPDATE users SET address_key = $1 WHERE id = $2 AND address_key IS NULL AND NOT EXISTS \
           (SELECT held.id FROM users held WHERE COALESCE(held.address_key, held.email_key) = $1 AND held.id <> $2)")
    .bind(email::key(&account.email))
    .bind(&account.id)
    .run(db)
    .await;
    match claimed {
        // a registration took the address first
        Err(error) if error.is_conflict() => Ok(()),
        other => other.map(drop),
    }
}
