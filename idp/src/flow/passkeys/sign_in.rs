//! Signing in with a passkey alone: two factors in one step, without an address.

use std::fmt::Display;

use database::again;
use protocol::acr::Amr;

use super::{
    Proved,
    ceremony::{self, Answer, Offered, Purpose},
};
use crate::{
    authn::passkey::{self, Ceremony, Claim},
    flow::{
        Error, Result, events, once,
        sessions::establish::{self, Proof},
        sign_in,
    },
    realm::Realm,
    session::{Visit, interaction::Interaction},
    store::{audit, passkeys, users},
};

/// The result of a sign-in.
pub enum Outcome {
    /// Signed in: the new value of the session cookie.
    SignedIn(String),
    /// The page is older than the browser may take to answer, or its challenge was answered before.
    Expired,
    /// The realm does not know the passkey of this id, base64url. Its owner has removed it here, or the account.
    Unknown(String),
    /// The answer breaks a rule, or the account may not sign in.
    Refused,
}
opaque!(Outcome);

/// The ceremony of the sign-in page; `None` in realms without passkeys.
pub fn offer(realm: &Realm, visit: &Visit, interaction: &Interaction) -> Result<Option<Offered>> {
    let Some(relying_party) = &realm.passkeys else { return Ok(None) };
    let begun = ceremony::begun(relying_party.begin_sign_in())?;
    ceremony::offer(realm, visit, Purpose::SignIn(&interaction.id), begun).map(Some)
}

/// Signs in the owner of the passkey that the browser answered with.
pub async fn sign_in(
    realm: &Realm,
    visit: &Visit,
    interaction: &Interaction,
    answer: Answer<'_>,
) -> Result<Outcome> {
    let relying_party = ceremony::relying_party(realm)?;
    let opened = ceremony::open(realm, visit, Purpose::SignIn(&interaction.id), answer.ceremony);
    let Some((Ceremony::SignIn(state), spent)) = opened else { return Ok(Outcome::Expired) };
    let Claim { user_handle, credential_id } = match relying_party.claim(answer.credential) {
        Ok(claim) => claim,
        Err(refused) => {
            // it names no passkey of ours, so it is nobody's failure: strangers must not fill the audit trail
            tracing::info!(reason = %refused, "an answer of a passkey was refused");
            return Ok(Outcome::Refused);
        }
    };
    let known = passkeys::by_id(&realm.store.facts, &credential_id).await?;
    let Some(known) = known.filter(|known| passkey::user_handle(&known.user_id) == user_handle) else {
        return Ok(Outcome::Unknown(credential_id));
    };
    let user_id = known.user_id.clone();
    match relying_party.signed_in(state, answer.credential, &known.credential) {
        Ok(now) => match enter(realm, visit, interaction, &Proved::new(spent, known, now)).await? {
            Outcome::Refused => refuse(realm, visit, &user_id, &"the account is disabled").await,
            outcome => Ok(outcome),
        },
        Err(refused) => refuse(realm, visit, &user_id, &refused).await,
    }
}

async fn enter(realm: &Realm, visit: &Visit, interaction: &Interaction, proved: &Proved) -> Result<Outcome> {
    let user_id = proved.passkey.user_id.as_str();
    let amr = proved.added_to(realm, Amr::default());
    let adds = interaction.wanted().further;
    let proof = Proof { user_id, amr: &amr, auth_time: realm.now(), continues: false, adds };
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !proved.count(realm, &mut tx).await? {
            return Ok(Outcome::Expired);
        }
        if !users::hold(&mut tx, user_id).await? {
            return Ok(Outcome::Refused);
        }
        let established = establish::establish_in(realm, visit, &proof, &mut tx).await?;
        let accepted = events::of_visit(realm, visit, "passkey.accepted", Some(user_id));
        audit::record(&mut tx, &accepted).await?;
        events::record_success(realm, visit, &proof, &mut tx).await?;
        sign_in::settle(realm, visit, interaction, &established, &mut tx).await?;
        established.dead_ids.commit(realm, tx).await?;
        Result::Ok(Outcome::SignedIn(established.value))
    })
}

async fn refuse(
    realm: &Realm,
    visit: &Visit,
    user_id: &str,
    reason: &(dyn Display + Sync),
) -> Result<Outcome> {
    // another submission of the same form may have used the counter up a moment ago: that is no failure
    if once::beside(realm, visit).await?.is_some() {
        return Err(Error::Repeated);
    }
    tracing::info!(%reason, "an answer of a passkey was refused");
    audit::record(&realm.store.facts, &events::of_visit(realm, visit, "passkey.failed", Some(user_id)))
        .await?;
    Ok(Outcome::Refused)
}
