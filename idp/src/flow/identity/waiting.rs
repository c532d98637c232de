//! What an upstream said about somebody who has no account here yet, kept sealed within an interaction until its person
//! has decided what becomes of it.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    flow::{Error, Result},
    realm::{Realm, upstream::Assertion},
    session::interaction::Interaction,
    store::{pending_upstream, to_json},
};

/// A value, sealed for one place.
pub(in crate::flow) fn seal(realm: &Realm, value: &impl Serialize, context: &str) -> Result<String> {
    let sealed = realm.secrets.sealing.seal(to_json(value).as_bytes(), context, realm.bytes());
    sealed.map_err(|error| Error::Internal(error.into()))
}

/// The value that was sealed for that place; `None` for another one, or a key that is gone.
pub(in crate::flow) fn open<T: DeserializeOwned>(realm: &Realm, sealed: &str, context: &str) -> Option<T> {
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
pub(in crate::flow) async fn keep(
    realm: &Realm,
    interaction: &Interaction,
    assertion: &Assertion,
) -> Result<()> {
    let sealed = seal(realm, assertion, &assertion_context(interaction))?;
    Ok(pending_upstream::remember(&realm.store.pending, &interaction.id_hash(), Some(&sealed)).await?)
}

/// Forgets what an upstream said within an interaction.
pub async fn forget(realm: &Realm, interaction: &Interaction) -> Result<()> {
    Ok(pending_upstream::remember(&realm.store.pending, &interaction.id_hash(), None).await?)
}
