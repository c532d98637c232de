//! Who somebody is here who has signed in at an upstream.

use database::{Tx, again};
use protocol::email;

use super::newcomer;
use crate::{
    flow::{
        Result, events,
        identity::{
            self, Connected,
            connect::tell_connected,
            waiting::{choose, forget, keep},
        },
        sessions::establish::{self, Proof},
        sign_in,
    },
    realm::Realm,
    realm::upstream::Assertion,
    session::{Visit, interaction::Interaction},
    store::{audit, factors, identities, users},
};

/// What a sign-in at an upstream led to.
pub enum Outcome {
    /// Signed in: the new value of the session cookie.
    SignedIn(String),
    /// The account is disabled.
    Disabled,
    /// Nobody here yet. What the upstream said waits in the interaction.
    Nobody,
}
opaque!(Outcome);

/// Signs in whoever the upstream account belongs to.
pub async fn sign_in(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    assertion: &Assertion,
) -> Result<Outcome> {
    let facts = &realm.store.facts;
    if interaction.row.assertion.is_some() {
        // what another upstream said in this interaction is not about this person
        forget(realm, interaction).await?;
    }
    if let Some(user_id) = identities::owner(facts, identity::at(assertion)).await?
        && let Some(outcome) = enter(realm, visit, interaction, assertion, &user_id).await?
    {
        return Ok(outcome);
    }
    if let Some(outcome) = by_address(realm, visit, interaction, assertion).await? {
        return Ok(outcome);
    }
    if newcomer::is_made_at_once(realm, assertion)
        && let newcomer::Made::SignedIn(cookie) = newcomer::make(realm, visit, interaction, assertion).await?
    {
        return Ok(Outcome::SignedIn(cookie));
    }
    // a sign-in at the same moment may have made the account
    if let Some(user_id) = identities::owner(facts, identity::at(assertion)).await?
        && let Some(outcome) = enter(realm, visit, interaction, assertion, &user_id).await?
    {
        return Ok(outcome);
    }
    keep(realm, interaction, assertion).await?;
    Ok(Outcome::Nobody)
}

/// Signs in to the account that is connected; `None` when it is not connected any more.
async fn enter(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    assertion: &Assertion,
    user_id: &str,
) -> Result<Option<Outcome>> {
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !users::hold(&mut tx, user_id).await? {
            return Ok(Some(Outcome::Disabled));
        }
        let signed_in = SignIn { assertion, user_id, is_connected: true };
        let cookie = establish(realm, visit, interaction, signed_in, tx).await?;
        Result::Ok(cookie.map(Outcome::SignedIn))
    })
}

/// Connects the account that has confirmed the same address, where the realm trusts the upstream with that, and signs in to
/// it. Whoever has a second factor there proves it first: until then it is only chosen. `None` when there is no such
/// account, or when it needs a proof of its own.
async fn by_address(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    assertion: &Assertion,
) -> Result<Option<Outcome>> {
    let Some(address) = assertion.email.as_deref().filter(|_| assertion.is_confirmed) else {
        return Ok(None);
    };
    let Some(user) = users::by_email(&realm.store.facts, address).await? else { return Ok(None) };
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        let is_active = users::hold(&mut tx, &user.id).await?;
        // it may have got another address since it was read
        let now = users::by_id(&mut tx, &user.id).await?;
        let same = now.is_some_and(|user| {
            user.email_verified_at.is_some() && email::key(&user.email) == email::key(address)
        });
        match (same, is_active) {
            (false, _) => return Ok(None),
            (true, false) => return Ok(Some(Outcome::Disabled)),
            (true, true) => {}
        }
        if identities::needs_proof(&mut tx, identity::at(assertion), &user.id).await? {
            return Ok(None);
        }
        let enrolled = factors::enrolled(&mut tx, &user.id).await?;
        if enrolled.app || enrolled.passkey {
            choose(realm, interaction, assertion).await?;
            let signed_in = SignIn { assertion, user_id: &user.id, is_connected: false };
            let cookie = establish(realm, visit, interaction, signed_in, tx).await?;
            return Ok(cookie.map(Outcome::SignedIn));
        }
        if identity::add(realm, &mut tx, &user.id, assertion).await? == Connected::Elsewhere {
            return Ok(None);
        }
        tell_connected(realm, visit, &mut tx, &user.id, assertion).await?;
        let signed_in = SignIn { assertion, user_id: &user.id, is_connected: true };
        let cookie = establish(realm, visit, interaction, signed_in, tx).await?;
        Result::Ok(cookie.map(Outcome::SignedIn))
    })
}

/// A sign-in by an upstream account.
#[derive(Clone, Copy)]
struct SignIn<'a> {
    assertion: &'a Assertion,
    user_id: &'a str,
    /// Whether the upstream account has to be connected with the account already.
    is_connected: bool,
}

/// The last part of a sign-in to an account that is held; `None` when the upstream account is not connected with it.
async fn establish(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    SignIn { assertion, user_id, is_connected }: SignIn<'_>,
    mut tx: Tx,
) -> Result<Option<String>> {
    let amr = assertion.amr();
    let auth_time = identity::signed_in_at(realm, &mut tx, assertion).await?;
    let adds = interaction.wanted().further;
    let proof = Proof { user_id, amr: &amr, auth_time, continues: false, adds };
    let established = establish::establish_in(realm, visit, &proof, &mut tx).await?;
    // after the notice of a new device: what its link takes away is what was used from then on
    let used = identities::used(&mut tx, identity::at(assertion), user_id, realm.now()).await?;
    if is_connected && !used {
        return Ok(None);
    }
    let event = events::of_visit(realm, visit, "sign_in.upstream", Some(user_id));
    audit::record(&mut tx, &audit::Event { detail: Some(&assertion.upstream), ..event }).await?;
    events::record_success(realm, visit, &proof, &mut tx).await?;
    sign_in::settle(realm, visit, interaction, &established, &mut tx).await?;
    established.dead_ids.commit(realm, tx).await?;
    Ok(Some(established.value))
}
