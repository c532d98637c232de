//! Links and codes that were mailed, each for one purpose (W10, S25).

use database::{Db, On, Result, Tx, record, sql};

record! {
    /// A mail with a link and a code.
    #[derive(Clone)]
    pub struct MailedLink {
        /// Names the page that waits for the code.
        pub id: String,
        /// What it is for: a word of the flow.
        pub purpose: String,
        /// The account that it is about; `None` for an address without one.
        pub user_id: Option<String>,
        /// The address as written.
        pub address: String,
        /// The form in which addresses are compared.
        pub address_key: String,
        /// What waits for the proof, sealed.
        pub detail: Option<String>,
        /// The browser that asked for it.
        pub browser_hash: String,
        /// The interaction that this browser was in.
        pub interaction: Option<String>,
        /// A MAC of the code; `None` once the code was used.
        pub code_hash: Option<String>,
        /// When it was mailed, Unix seconds.
        pub created_at: i64,
        /// When it stops working, Unix seconds.
        pub expires_at: i64,
        /// When it was used, Unix seconds.
        pub used_at: Option<i64>,
    }
}
opaque!(MailedLink);

/// Stores a link. Older unused ones for the same purpose stop working: those of the same account or, where there is none,
/// those to the same address that the same browser asked for. So nobody ends what another person began for an address.
pub async fn replace(tx: &mut Tx, link: &MailedLink, link_hash: &str) -> Result<()> {
    sql("DELETE FROM mailed_links WHERE used_at IS NULL AND purpose = $1 \
         AND (user_id = $2 OR (user_id IS NULL AND address_key = $3 AND browser_hash = $4))")
    .bind(&link.purpose)
    .bind(link.user_id.as_deref())
    .bind(&link.address_key)
    .bind(&link.browser_hash)
    .run(&mut *tx)
    .await?;
    add(tx, link, link_hash).await
}

/// Stores a link that anybody may ask for. Older ones for the same purpose stop working: those to the same address, and
/// those of the same account. Their rows stay as they were for whoever asked: what becomes of them must not tell whether
/// the address has an account.
pub async fn supersede(tx: &mut Tx, link: &MailedLink, link_hash: &str) -> Result<()> {
    sql("UPDATE mailed_links SET link_hash = 'void ' || id, code_hash = 'void' \
         WHERE used_at IS NULL AND purpose = $1 AND (user_id = $2 OR address_key = $3)")
    .bind(&link.purpose)
    .bind(link.user_id.as_deref())
    .bind(&link.address_key)
    .run(&mut *tx)
    .await?;
    add(tx, link, link_hash).await
}

/// [`supersede`] for a link that counts only in the browser that asked for it: those that other browsers asked for go on,
/// so that nobody ends what another person began.
pub async fn supersede_here(tx: &mut Tx, link: &MailedLink, link_hash: &str) -> Result<()> {
    sql("UPDATE mailed_links SET link_hash = 'void ' || id, code_hash = 'void' \
         WHERE used_at IS NULL AND purpose = $1 AND address_key = $2 AND browser_hash = $3")
    .bind(&link.purpose)
    .bind(&link.address_key)
    .bind(&link.browser_hash)
    .run(&mut *tx)
    .await?;
    add(tx, link, link_hash).await
}

/// Makes an account's unused links of a purpose worthless. Their rows stay as they were for whoever asked.
pub async fn make_void(tx: &mut Tx, user_id: &str, purpose: &str) -> Result<()> {
    sql("UPDATE mailed_links SET link_hash = 'void ' || id, code_hash = 'void' \
         WHERE user_id = $1 AND purpose = $2 AND used_at IS NULL")
    .bind(user_id)
    .bind(purpose)
    .run(tx)
    .await?;
    Ok(())
}

/// Stores a link beside older ones for the same purpose.
pub async fn add(tx: &mut Tx, link: &MailedLink, link_hash: &str) -> Result<()> {
    sql("INSERT INTO mailed_links (id, purpose, user_id, address, address_key, detail, browser_hash, interaction, \
         link_hash, code_hash, tries, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12)")
    .bind(&link.id)
    .bind(&link.purpose)
    .bind(link.user_id.as_deref())
    .bind(&link.address)
    .bind(&link.address_key)
    .bind(link.detail.as_deref())
    .bind(&link.browser_hash)
    .bind(link.interaction.as_deref())
    .bind(link_hash)
    .bind(link.code_hash.as_deref())
    .bind(link.created_at)
    .bind(link.expires_at)
    .run(tx)
    .await?;
    Ok(())
}

/// A mail, whatever has become of its link.
pub async fn find(db: &Db, id: &str) -> Result<Option<MailedLink>> {
    sql("SELECT * FROM mailed_links WHERE id = $1").bind(id).opt(db).await
}

/// The mail of a link that still works. Opening its page does not use it up (S25).
pub async fn usable(db: &Db, link_hash: &str, now: i64) -> Result<Option<MailedLink>> {
    sql("SELECT * FROM mailed_links WHERE link_hash = $1 AND used_at IS NULL AND expires_at > $2")
        .bind(link_hash)
        .bind(now)
        .opt(db)
        .await
}

/// Counts one attempt at a mail's code, before the code is looked at. `None` when there is nothing left to try: the code
/// was used, has expired, or had `most` attempts. Whether the link was used makes no difference, since that would tell
/// whether there is an account.
pub async fn try_code(db: &Db, id: &str, most: i64, now: i64) -> Result<Option<MailedLink>> {
    sql("UPDATE mailed_links SET tries = tries + 1 WHERE id = $1 AND code_hash IS NOT NULL \
         AND expires_at > $2 AND tries < $3 RETURNING *")
    .bind(id)
    .bind(now)
    .bind(most)
    .opt(db)
    .await
}

/// Exchanges a right code for a new link: the mailed one stops working. `false` when the code was exchanged before.
pub async fn exchange(tx: &mut Tx, id: &str, code_hash: &str, link_hash: &str, now: i64) -> Result<bool> {
    let changed = sql("UPDATE mailed_links SET link_hash = $1, code_hash = NULL \
         WHERE id = $2 AND code_hash = $3 AND used_at IS NULL AND expires_at > $4")
    .bind(link_hash)
    .bind(id)
    .bind(code_hash)
    .bind(now)
    .run(tx)
    .await?;
    Ok(changed == 1)
}

/// Uses a link up, within the transaction of what it allows: it works once.
pub async fn claim(on: impl Into<On<'_>>, link_hash: &str, now: i64) -> Result<Option<MailedLink>> {
    sql("UPDATE mailed_links SET used_at = $1 \
         WHERE link_hash = $2 AND used_at IS NULL AND expires_at > $1 RETURNING *")
    .bind(now)
    .bind(link_hash)
    .opt(on)
    .await
}

/// [`claim`] by a right code instead of the link.
pub async fn claim_by_code(
    on: impl Into<On<'_>>,
    id: &str,
    code_hash: &str,
    now: i64,
) -> Result<Option<MailedLink>> {
    sql("UPDATE mailed_links SET used_at = $1 \
         WHERE id = $2 AND code_hash = $3 AND used_at IS NULL AND expires_at > $1 RETURNING *")
    .bind(now)
    .bind(id)
    .bind(code_hash)
    .opt(on)
    .await
}

/// Forgets what waited for a proof that has been used.
pub async fn forget_detail(tx: &mut Tx, id: &str) -> Result<()> {
    sql("UPDATE mailed_links SET detail = NULL WHERE id = $1").bind(id).run(tx).await?;
    Ok(())
}

/// Deletes an account's unused links of a purpose that were mailed since a time.
pub async fn forget_since(tx: &mut Tx, user_id: &str, purpose: &str, since: i64) -> Result<()> {
    sql("DELETE FROM mailed_links WHERE user_id = $1 AND purpose = $2 AND used_at IS NULL AND created_at >= $3")
        .bind(user_id)
        .bind(purpose)
        .bind(since)
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes an account's unused links of a purpose.
pub async fn forget_of(tx: &mut Tx, user_id: &str, purpose: &str) -> Result<()> {
    sql("DELETE FROM mailed_links WHERE user_id = $1 AND purpose = $2 AND used_at IS NULL")
        .bind(user_id)
        .bind(purpose)
        .run(tx)
        .await?;
    Ok(())
}
