//! Advice about a new password while it is typed (S20). It is the judgement of the form, ahead of time, and nothing of
//! what was typed is kept.

use language::Message;

use super::{Result, new_account};
use crate::{
    authn::{
        password::{self, Strength},
        queue::Turn,
    },
    realm::Realm,
    session::Visit,
    store::users,
};

/// What the form would say about a password.
#[derive(Debug)]
pub enum Advice {
    /// It would be refused, for this reason.
    Refused(Message),
    /// It would be accepted.
    Accepted(Strength),
}

/// Judges what was typed so far. `about` are texts about the person beside it, such as the address in the same form;
/// those of the signed-in account count too.
///
/// # Errors
/// The password threads are busy; the database can't be reached.
pub async fn judge(realm: &Realm, visit: &Visit, typed: &str, about: &[&str], turn: Turn) -> Result<Advice> {
    let typed = match password::normalise(typed) {
        Ok(typed) => typed,
        Err(fault) => return Ok(Advice::Refused(fault.message())),
    };
    let mut words: Vec<String> = about.iter().map(|text| (*text).to_owned()).collect();
    if let Some(session) = &visit.session
        && let Some(user) = users::by_id(&realm.store.facts, &session.user_id).await?
    {
        words.extend(user.words());
    }
    Ok(match new_account::judged(realm, typed, words, &turn).await? {
        Ok(strength) => Advice::Accepted(strength),
        Err(fault) => Advice::Refused(fault.message()),
    })
}
