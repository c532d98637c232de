//! What an upstream said about somebody who has no account here yet, kept sealed within an interaction until its person
//! has decided what becomes of it.

use protocol::stored_time;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

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

/// What waits in an interaction.
#[derive(Serialize, Deserialize)]
struct Waiting {
    assertion: Assertion,
    /// When somebody chose to connect it with the account that they sign in to next, Unix seconds.
    chosen_at: Option<i64>,
}

/// How long that choice counts, in seconds: whoever sits down at the browser later has not made it.
const CHOICE_SECONDS: i64 = 600;

fn found(realm: &Realm, interaction: &Interaction) -> Option<Waiting> {
    let waiting: Waiting =
        open(realm, interaction.row.assertion.as_deref()?, &assertion_context(interaction))?;
    // an upstream that the operator has removed meanwhile says nothing any more
    let upstream = realm.upstream(&waiting.assertion.upstream)?;
    (upstream.config.issuer == waiting.assertion.issuer).then_some(waiting)
}

/// What an upstream said within an interaction about somebody who has no account here.
pub fn waiting(realm: &Realm, interaction: &Interaction) -> Option<Assertion> {
    found(realm, interaction).map(|waiting| waiting.assertion)
}

/// [`waiting`], where it is to be connected with the account that is signed in to next.
pub fn chosen(realm: &Realm, interaction: &Interaction) -> Option<Assertion> {
    let waiting = found(realm, interaction)?;
    let age = stored_time::age(waiting.chosen_at?, realm.now())?;
    (age <= CHOICE_SECONDS).then_some(waiting.assertion)
}

/// Keeps what an upstream said, until its person has decided what becomes of it.
pub(in crate::flow) async fn keep(
    realm: &Realm,
    interaction: &Interaction,
    assertion: &Assertion,
) -> Result<()> {
    put(realm, interaction, Waiting { assertion: assertion.clone(), chosen_at: None }).await
}

/// Keeps what an upstream said, to be connected with the account that is signed in to next.
pub async fn choose(realm: &Realm, interaction: &Interaction, assertion: &Assertion) -> Result<()> {
    put(realm, interaction, Waiting { assertion: assertion.clone(), chosen_at: Some(realm.now()) }).await
}

async fn put(realm: &Realm, interaction: &Interaction, waiting: Waiting) -> Result<()> {
    let sealed = seal(realm, &waiting, &assertion_context(interaction))?;
    Ok(pending_upstream::remember(&realm.store.pending, &interaction.id_hash(), Some(&sealed)).await?)
}

/// Forgets what an upstream said within an interaction.
pub async fn forget(realm: &Realm, interaction: &Interaction) -> Result<()> {
    Ok(pending_upstream::remember(&realm.store.pending, &interaction.id_hash(), None).await?)
}

#[cfg(test)]
mod tests {
    use testbed::in_flight::is_read_by_both;

    use super::*;

    #[test]
    fn upg1_what_an_upstream_told_the_release_before_waits_for_a_decision() {
        is_read_by_both::<Waiting>(
            r#"{"assertion":{"upstream":"staff","issuer":"https://id.example","subject":"ada","email":"ada@example.org",
                "is_confirmed":true,"two_factors":false,"auth_time":1800000000,"username":"ada",
                "claims":{"name":"Ada"}},"chosen_at":1800000001}"#,
        );
    }
}
