//! Signing in at another OpenID provider: an upstream.
//!
//! * [`begin`]: somebody is sent there
//! * [`callback`]: and comes back, with an answer that is verified
//! * [`arrive`]: who that is here: an account that is connected, one with the same confirmed address, or nobody yet
//! * [`newcomer`]: a new account
//! * [`connect`]: an account here is connected by a proof of both
//! * [`manage`]: the list, and disconnecting

pub mod arrive;
pub mod begin;
pub mod callback;
pub mod connect;
pub mod manage;
pub mod newcomer;

use serde::{Deserialize, Serialize};

use super::{Error, Result};
use crate::{
    realm::Realm,
    session::interaction::Interaction,
    store::{pending_upstream, to_json},
    upstream::Assertion,
};

/// What somebody was sent to an upstream for.
#[derive(Clone, Serialize, Deserialize)]
pub enum Aim {
    /// To sign in, within the interaction of this id.
    SignIn {
        /// The interaction's id.
        interaction: String,
    },
    /// To connect the account in the session of this public name.
    Connect {
        /// The session's public name.
        sid: String,
    },
}
opaque!(Aim);

/// What the answer has to match, and where it leads. Kept sealed.
#[derive(Serialize, Deserialize)]
struct Attempt {
    upstream: String,
    nonce: String,
    verifier: String,
    /// When the person has signed in there at the earliest, Unix seconds.
    signed_in_since: Option<i64>,
    aim: Aim,
}

impl Attempt {
    fn context(state_hash: &str) -> String {
        ["upstream attempt", state_hash].join("\u{1f}")
    }

    fn seal(&self, realm: &Realm, state_hash: &str) -> Result<String> {
        seal(realm, self, &Self::context(state_hash))
    }

    fn open(realm: &Realm, state_hash: &str, sealed: &str) -> Option<Self> {
        open(realm, sealed, &Self::context(state_hash))
    }
}

fn seal(realm: &Realm, value: &impl Serialize, context: &str) -> Result<String> {
    let sealed = realm.secrets.sealing.seal(to_json(value).as_bytes(), context, realm.bytes());
    sealed.map_err(|error| Error::Internal(error.into()))
}

fn open<T: serde::de::DeserializeOwned>(realm: &Realm, sealed: &str, context: &str) -> Option<T> {
    let plain = realm.secrets.sealing.open(sealed, context)?;
    serde_json::from_slice(&plain).ok()
}

fn assertion_context(interaction: &Interaction) -> String {
    ["upstream assertion", &interaction.id].join("\u{1f}")
}

/// What an upstream said within an interaction about somebody who has no account here.
pub fn waiting(realm: &Realm, interaction: &Interaction) -> Option<Assertion> {
    let assertion: Assertion =
        open(realm, interaction.row.assertion.as_deref()?, &assertion_context(interaction))?;
    // an upstream that the operator has removed meanwhile says nothing any more
    let upstream = realm.upstream(&assertion.upstream)?;
    (upstream.config.issuer == assertion.issuer).then_some(assertion)
}

/// Keeps what an upstream said, until its person has decided what becomes of it.
async fn keep(realm: &Realm, interaction: &Interaction, assertion: &Assertion) -> Result<()> {
    let sealed = seal(realm, assertion, &assertion_context(interaction))?;
    Ok(pending_upstream::remember(&realm.store.pending, &interaction.id_hash(), Some(&sealed)).await?)
}

/// Forgets what an upstream said within an interaction.
pub async fn forget(realm: &Realm, interaction: &Interaction) -> Result<()> {
    Ok(pending_upstream::remember(&realm.store.pending, &interaction.id_hash(), None).await?)
}
