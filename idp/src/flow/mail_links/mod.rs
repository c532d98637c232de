//! Links that were mailed: what each is for, where it counts, and using it up (W10, S25).
//!
//! A link stops working by its use, by time, by a newer one for the same, and by a change of what it is about.
//!
//! * `purpose`: what a link is for, and what follows from that

use protocol::{email, email::Address, secret};

use super::{Error, Result};
use crate::{
    mail::letter::Reader,
    realm::Realm,
    session::Visit,
    store::mailed_links::{self, MailedLink},
};

mod purpose;

pub use purpose::Purpose;

/// A mail that somebody asks for.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// What for.
    pub purpose: Purpose,
    /// The address that was asked for.
    pub address: &'a Address,
    /// Who gets the mail: it goes to the address of the account, if there is one. Two ways to write an address may be two
    /// mailboxes.
    pub reader: Reader<'a>,
    /// The account that it is about, if there is one.
    pub user_id: Option<&'a str>,
    /// What waits for the proof.
    pub detail: Option<&'a str>,
    /// The interaction that the browser is in.
    pub interaction: Option<&'a str>,
}
opaque!(Request<'_>);

impl Request<'_> {
    /// The row of a link that has no code yet.
    ///
    /// # Errors
    /// When the cryptographic library fails.
    pub fn row(&self, realm: &Realm, visit: &Visit) -> Result<MailedLink> {
        let (id, now) = (realm.new_token(), realm.now());
        let context = context(self.purpose, &id);
        let detail =
            self.detail.map(|plain| realm.secrets.sealing.seal(plain.as_bytes(), &context, realm.bytes()));
        Ok(MailedLink {
            purpose: self.purpose.as_str().to_owned(),
            user_id: self.user_id.map(str::to_owned),
            address: self.address.written.clone(),
            address_key: email::key(&self.address.written),
            detail: detail.transpose().map_err(|error| Error::Internal(error.into()))?,
            browser_hash: visit.browser_hash(),
            interaction: self.interaction.map(str::to_owned),
            code_hash: None,
            created_at: now,
            expires_at: now + self.purpose.life_seconds(),
            used_at: None,
            id,
        })
    }

    /// The URL of a link with that token.
    pub fn url(&self, realm: &Realm, token: &str) -> String {
        format!("{}{}", realm.config.issuer, self.purpose.path(token))
    }
}

/// Stores a link beside older ones of an account. It takes something back, and has no code. Returns its URL.
pub async fn add(
    realm: &Realm,
    visit: &Visit,
    tx: &mut database::Tx,
    request: Request<'_>,
) -> Result<String> {
    let token = realm.new_token();
    let row = request.row(realm, visit)?;
    mailed_links::add(tx, &row, &secret::hash(&token)).await?;
    Ok(request.url(realm, &token))
}

/// A link that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is for.
    pub purpose: Purpose,
    /// The address that it was mailed to.
    pub address: String,
    /// The account that it is about.
    pub user_id: Option<String>,
    /// The interaction that the person was in when it was asked for.
    pub interaction: Option<String>,
    /// Whether it counts in this browser.
    pub counts_here: bool,
}

/// The link, if it works. Reading it does not use it up.
pub async fn link(realm: &Realm, visit: &Visit, token: &str) -> Result<Option<Link>> {
    let link = mailed_links::usable(&realm.store.facts, &secret::hash(token), realm.now()).await?;
    Ok(link.and_then(|link| {
        let purpose = Purpose::of(&link)?;
        let counts_here = counts_here(visit, purpose, &link);
        let MailedLink { address, user_id, interaction, .. } = link;
        Some(Link { purpose, address, user_id, interaction, counts_here })
    }))
}

fn counts_here(visit: &Visit, purpose: Purpose, link: &MailedLink) -> bool {
    !purpose.is_bound() || visit.browser_hashes().any(|browser| browser == link.browser_hash)
}

/// What a person shows to prove that a mail was read.
#[derive(Clone, PartialEq, Eq)]
pub enum Shown {
    /// The token of its link.
    Link(String),
    /// Its code, which was judged to be right.
    Code {
        /// The mail.
        id: String,
        /// The code as it is stored.
        hash: String,
    },
}
opaque!(Shown);

/// Uses a link of that purpose up, within the transaction of what it allows. `None` when it does not work, or not in this
/// browser: the transaction has to be given up then.
pub async fn claim(
    realm: &Realm,
    visit: &Visit,
    tx: &mut database::Tx,
    shown: &Shown,
    purpose: Purpose,
) -> Result<Option<MailedLink>> {
    let link = match shown {
        Shown::Link(token) => mailed_links::claim(tx, &secret::hash(token), realm.now()).await?,
        Shown::Code { id, hash } => mailed_links::claim_by_code(tx, id, hash, realm.now()).await?,
    };
    Ok(link.filter(|link| link.purpose == purpose.as_str() && counts_here(visit, purpose, link)))
}

/// The account that a link or code is about, if it works. Whoever uses it up locks that account first, as every other change
/// of the account does.
pub async fn account_of(realm: &Realm, shown: &Shown) -> Result<Option<String>> {
    let facts = &realm.store.facts;
    let link = match shown {
        Shown::Link(token) => mailed_links::usable(facts, &secret::hash(token), realm.now()).await?,
        Shown::Code { id, .. } => mailed_links::find(facts, id).await?,
    };
    Ok(link.and_then(|link| link.user_id))
}

/// What waited for the proof.
pub fn detail(realm: &Realm, link: &MailedLink) -> Result<String> {
    let context = Purpose::of(link).map_or_else(String::new, |purpose| context(purpose, &link.id));
    let plain = link.detail.as_deref().and_then(|sealed| realm.secrets.sealing.open(sealed, &context));
    plain
        .and_then(|plain| String::from_utf8(plain).ok())
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("no key-encryption key opens what waits for a mail")))
}

/// Forgets the mailed links about an account that do more than take something back. A new password or address makes them
/// worthless, and so does the end of all sessions.
pub async fn forget_of(tx: &mut database::Tx, user_id: &str) -> Result<()> {
    for purpose in [Purpose::Confirm, Purpose::Change] {
        mailed_links::forget_of(tx, user_id, purpose.as_str()).await?;
    }
    for purpose in [Purpose::Reset, Purpose::SignIn] {
        mailed_links::make_void(tx, user_id, purpose.as_str()).await?;
    }
    Ok(())
}

/// The context that a detail is sealed for, so that it opens with its own mail only.
fn context(purpose: Purpose, id: &str) -> String {
    format!("mailed {} {id}", purpose.as_str())
}
