//! The language that a person chose.

use ::language::Language;

use super::{Result, account};
use crate::{
    realm::Realm,
    session::{Visit, copies, language::Saved},
    store::users,
};

/// Keeps a choice: for this browser, and for the account, if somebody is signed in. `None` when the realm does not offer
/// that language.
pub async fn choose(realm: &Realm, visit: &Visit, tag: &str) -> Result<Option<Saved>> {
    let language = Language::of_tag(tag).filter(|language| realm.config.languages.contains(language));
    let Some(language) = language else { return Ok(None) };
    // not in a sign-in that is half done: a stolen password alone changes nothing of the account
    if let Some(session) = account::signed_in(realm, visit, None).await? {
        users::choose_language(&realm.store.facts, &session.user_id, language.tag()).await?;
        copies::Ending::new(realm, std::slice::from_ref(&session.id_hash)).end().await;
    }
    Ok(Some(Saved { language, chosen_at: realm.now() }))
}
