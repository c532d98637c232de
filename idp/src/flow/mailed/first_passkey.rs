//! The passkey of a new account that has no password: made when its owner has proved to read the mailbox, and stored
//! together with the account (S12).

use protocol::secret;

use super::registration::{self, Confirmed, Waiting};
use crate::{
    authn::passkey::Owner,
    flow::{
        Result,
        mail_links::{self, Shown},
        passkeys::{
            add,
            ceremony::{Answer, Offered, Purpose},
        },
    },
    realm::Realm,
    session::Visit,
    store::mailed_links,
};

/// Whether people can make accounts without a password here: a lost passkey needs a mail to get back in.
pub const fn is_offered(realm: &Realm) -> bool {
    realm.mailer.is_some() && realm.passkeys.is_some()
}

/// The ceremony that makes the passkey; `None` for links of anything else.
pub async fn offer(realm: &Realm, visit: &Visit, token: &str) -> Result<Option<Offered>> {
    let hash = secret::hash(token);
    let link = mailed_links::usable(&realm.store.facts, &hash, realm.now()).await?;
    let Some(link) = link.filter(|link| link.purpose == mail_links::Purpose::Register.as_str()) else {
        return Ok(None);
    };
    let waiting = Waiting::of(realm, &link)?;
    if !waiting.needs_passkey() {
        return Ok(None);
    }
    let owner = Owner { id: &waiting.user.id, email: &waiting.user.email, name: &waiting.user.name };
    add::begin(realm, visit, Purpose::Registration(&hash), owner, &[])
}

/// Makes the account with the passkey that the browser answered with.
pub async fn confirm(realm: &Realm, visit: &Visit, token: &str, answer: Answer<'_>) -> Result<Confirmed> {
    if realm.passkeys.is_none() {
        return Ok(Confirmed::NoPasskey);
    }
    match add::judge(realm, visit, Purpose::Registration(&secret::hash(token)), answer)? {
        Ok(new) => registration::make(realm, visit, &Shown::Link(token.to_owned()), Some(&new)).await,
        Err(add::Outcome::Unlisted) => Ok(Confirmed::Unlisted),
        Err(_) => Ok(Confirmed::NoPasskey),
    }
}
