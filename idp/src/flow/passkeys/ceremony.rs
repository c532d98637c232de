//! A ceremony between the realm and an authenticator. What the realm has to remember of it waits in the form, sealed:
//! showing a page stores nothing. That a challenge counts once is decided by the database, in the transaction of what
//! the answer allows (X1).

use database::Tx;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::{Error, Result};
use crate::{
    authn::passkey::{Begun, Ceremony, LIFE_SECONDS, Refused, RelyingParty},
    realm::Realm,
    session::Visit,
    store::{passkeys, to_json},
};

/// What a ceremony is for. An answer counts for nothing else.
#[derive(Debug, Clone, Copy)]
pub enum Purpose<'a> {
    /// Signing in within the interaction of this id.
    SignIn(&'a str),
    /// A second factor within the session of this public name.
    Proof(&'a str),
    /// A new passkey of the account in the session of this public name.
    Addition(&'a str),
    /// A passkey that the browser makes by itself, in the session of this public name.
    Quiet(&'a str),
    /// The passkey of the new account that the mailed link of this hash confirms.
    Registration(&'a str),
    /// The first passkey of the account that the setup link of this hash leads into.
    Setup(&'a str),
}

impl Purpose<'_> {
    fn context(self, browser_hash: &str) -> String {
        let (what, whose) = match self {
            Self::SignIn(id) => ("sign-in", id),
            Self::Proof(id) => ("proof", id),
            Self::Addition(id) => ("addition", id),
            Self::Quiet(id) => ("quiet", id),
            Self::Registration(id) => ("registration", id),
            Self::Setup(id) => ("setup", id),
        };
        ["passkey", what, whose, browser_hash].join("\u{1f}")
    }
}

/// A ceremony for a page.
pub struct Offered {
    /// What the page's script hands to the browser, as JSON.
    pub options: String,
    /// What the form sends back unchanged.
    pub ceremony: String,
}
opaque!(Offered);

/// What a form sends: the ceremony as it was offered, and the browser's answer as JSON.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// [`Offered::ceremony`].
    pub ceremony: &'a str,
    /// What `navigator.credentials` returned.
    pub credential: &'a str,
}
opaque!(Answer<'_>);

#[derive(Serialize, Deserialize)]
struct Kept {
    /// A random name, by which the database knows that the ceremony was answered.
    id: String,
    expires_at: i64,
    ceremony: Ceremony,
}

/// A ceremony whose answer is judged.
pub(super) struct Spent {
    id: String,
    expires_at: i64,
}

impl Spent {
    /// Uses its challenge up; `false` when another request has done so.
    pub(super) async fn use_up(&self, tx: &mut Tx) -> Result<bool> {
        Ok(passkeys::use_challenge(tx, &self.id, self.expires_at).await?)
    }
}

/// Prepares a ceremony for a page that this browser is shown.
pub(super) fn offer(realm: &Realm, visit: &Visit, purpose: Purpose<'_>, begun: Begun) -> Result<Offered> {
    let kept =
        Kept { id: realm.new_token(), expires_at: realm.now() + LIFE_SECONDS, ceremony: begun.ceremony };
    let context = purpose.context(&visit.browser_hash());
    let sealed = realm.secrets.sealing.seal(to_json(&kept).as_bytes(), &context, realm.bytes());
    let ceremony = sealed.map_err(|error| Error::Internal(error.into()))?;
    Ok(Offered { options: Value::to_string(&begun.options), ceremony })
}

/// The ceremony that a form answers; `None` when it is too old, or was offered to another browser or for another
/// purpose.
pub(super) fn open(
    realm: &Realm,
    visit: &Visit,
    purpose: Purpose<'_>,
    sealed: &str,
) -> Option<(Ceremony, Spent)> {
    let plain = visit
        .browser_hashes()
        .find_map(|browser| realm.secrets.sealing.open(sealed, &purpose.context(&browser)))?;
    let Kept { id, expires_at, ceremony } = serde_json::from_slice(&plain).ok()?;
    let is_fresh = (realm.now()..=realm.now() + LIFE_SECONDS).contains(&expires_at);
    is_fresh.then_some((ceremony, Spent { id, expires_at }))
}

/// What checks passkeys here. Pages offer no ceremony where there is none.
pub(super) fn relying_party(realm: &Realm) -> Result<&RelyingParty> {
    realm.passkeys.as_ref().ok_or_else(|| Error::Internal(anyhow::anyhow!("this realm has no passkeys")))
}

/// A ceremony that could not begin is a defect: nothing that a person sends takes part in it.
pub(super) fn begun(result: std::result::Result<Begun, Refused>) -> Result<Begun> {
    result.map_err(|error| Error::Internal(error.into()))
}
