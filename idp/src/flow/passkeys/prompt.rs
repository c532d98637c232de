//! The offer of a passkey after a sign-in with a password, to somebody who has none (S11, S12): once in a while in each
//! browser. A browser that can make one by itself does so without a question; nobody is verified in that, so that the
//! new passkey proves nothing before its first use.

use database::again;
use protocol::authorize::Step;

use super::{
    add::{self, New},
    ceremony::{self, Answer, Offered, Purpose},
};
use crate::{
    authn::passkey::Owner,
    flow::{
        Result, dispatch, events,
        notices::{self, Notice},
        once,
    },
    realm::Realm,
    session::{Session, Visit, interaction::Interaction, visit_amr},
    store::{audit, factors, passkey_prompts, passkeys, sessions, users},
};

/// The session whose owner may be offered a passkey now: the person has signed in in this interaction, with every factor
/// that the account has, nothing else is left to do, and the account has no passkey (MF5).
pub async fn candidate<'v>(
    realm: &Realm,
    visit: &'v Visit,
    interaction: &Interaction,
) -> Result<Option<&'v Session>> {
    let is_offered = realm.offers_passkeys_every().is_some() && interaction.is_open(realm.now());
    let Some(session) = visit.session.as_ref().filter(|_| is_offered) else { return Ok(None) };
    let signed_in_here = interaction.row.authenticated_sid.as_deref() == Some(session.sid.as_str());
    if !signed_in_here || dispatch::current(realm, visit, interaction).await? != Step::Done {
        return Ok(None);
    }
    let enrolled = factors::enrolled(&realm.store.facts, &session.user_id).await?;
    let has_proved = !enrolled.app || visit_amr(session).has_second_factor();
    Ok(Some(session).filter(|_| !enrolled.passkey && has_proved))
}

/// Whether it is time to offer one in this browser. It then counts as offered.
pub async fn is_due(realm: &Realm, visit: &Visit, session: &Session) -> Result<bool> {
    let Some(every) = realm.offers_passkeys_every() else { return Ok(false) };
    let (now, browser) = (realm.now(), visit.browser_hash());
    Ok(passkey_prompts::claim(&realm.store.facts, &session.user_id, &browser, now, now - every).await?)
}

/// Whether browsers may make passkeys by themselves: not where an authenticator has to prove what it is.
pub fn may_be_quiet(realm: &Realm) -> bool {
    realm.passkeys.as_ref().is_some_and(|party| !party.demands_attestation())
}

/// The ceremony of a browser that makes a passkey by itself.
pub async fn offer_quietly(realm: &Realm, visit: &Visit, session: &Session) -> Result<Option<Offered>> {
    let Some(relying_party) = &realm.passkeys else { return Ok(None) };
    let Some(user) = users::by_id(&realm.store.facts, &session.user_id).await? else { return Ok(None) };
    let owner = Owner { id: &user.id, email: &user.email, name: &user.name() };
    let begun = ceremony::begun(relying_party.begin_quietly(owner))?;
    ceremony::offer(realm, visit, Purpose::Quiet(&session.sid), begun).map(Some)
}

/// Whether the form answers such a ceremony.
pub fn is_quiet(realm: &Realm, visit: &Visit, session: &Session, answer: Answer<'_>) -> bool {
    ceremony::open(realm, visit, Purpose::Quiet(&session.sid), answer.ceremony).is_some()
}

/// Adds the passkey that the browser made by itself. Nothing is said when it can't be added: nobody asked for it.
pub async fn add_quietly(
    realm: &Realm,
    visit: &Visit,
    (session, interaction): (&Session, &Interaction),
    answer: Answer<'_>,
) -> Result<()> {
    if !may_be_quiet(realm) {
        return Ok(());
    }
    let Ok(new) = add::judge(realm, visit, Purpose::Quiet(&session.sid), answer)? else { return Ok(()) };
    again!(give(realm, visit, (session, interaction), &new))
}

async fn give(
    realm: &Realm,
    visit: &Visit,
    (session, interaction): (&Session, &Interaction),
    new: &New,
) -> Result<()> {
    let (user_id, now) = (session.user_id.as_str(), realm.now());
    let mut tx = realm.store.facts.begin().await?;
    let stands =
        users::hold(&mut tx, user_id).await? && sessions::keep_alive(&mut tx, &session.sid, now).await?;
    if !stands || !passkeys::of_user(&mut tx, user_id).await?.is_empty() {
        return Ok(());
    }
    if !new.give_to(&mut tx, user_id, now).await? {
        return Ok(());
    }
    let event = events::of_visit(realm, visit, "factor.passkey_added", Some(user_id));
    audit::record(&mut tx, &event).await?;
    notices::tell(realm, visit, &mut tx, user_id, Notice::PasskeyAdded).await?;
    let outcome = once::Outcome::to(interaction.path()).within(&session.sid);
    once::settle(realm, visit, &mut tx, &outcome).await?;
    Ok(tx.commit().await?)
}
