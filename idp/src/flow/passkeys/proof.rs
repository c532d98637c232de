//! A passkey as the second factor of a session that began with a password.

use database::again;

use super::{
    Proved,
    ceremony::{self, Answer, Offered, Purpose},
};
use crate::{
    authn::passkey::{Ceremony, Refused},
    flow::{
        Result, events, once,
        second_factor::Outcome,
        sessions::establish::{self, Proof},
    },
    realm::Realm,
    session::{Session, Visit, visit_amr},
    store::{audit, passkeys},
};

/// The ceremony of the page for the second factor; `None` when the account has no passkey.
pub async fn offer(realm: &Realm, visit: &Visit) -> Result<Option<Offered>> {
    let (Some(relying_party), Some(session)) = (&realm.passkeys, &visit.session) else { return Ok(None) };
    let known = passkeys::of_user(&realm.store.facts, &session.user_id).await?;
    if known.is_empty() {
        return Ok(None);
    }
    let known: Vec<String> = known.into_iter().map(|passkey| passkey.credential).collect();
    let begun = ceremony::begun(relying_party.begin_proof(&known))?;
    ceremony::offer(realm, visit, Purpose::Proof(&session.sid), begun).map(Some)
}

/// Checks the answer. The session gets a new id and records its new factor. `leads_to` is the path that the browser
/// goes to afterwards.
pub async fn check(realm: &Realm, visit: &Visit, answer: Answer<'_>, leads_to: &str) -> Result<Outcome> {
    let relying_party = ceremony::relying_party(realm)?;
    let Some(session) = &visit.session else { return Ok(Outcome::Wrong) };
    let opened = ceremony::open(realm, visit, Purpose::Proof(&session.sid), answer.ceremony);
    let Some((Ceremony::Proof(state), spent)) = opened else { return Ok(Outcome::Wrong) };
    let id = match relying_party.named(answer.credential) {
        Ok(id) => id,
        Err(refused) => return refuse(realm, visit, session, &refused).await,
    };
    let Some(known) = passkeys::find(&realm.store.facts, &session.user_id, &id).await? else {
        return refuse(realm, visit, session, &Refused::OtherAccount).await;
    };
    match relying_party.proved(&state, answer.credential, &session.user_id, &known.credential) {
        Ok(now) => enter(realm, visit, session, &Proved::new(spent, known, now), leads_to).await,
        Err(refused) => refuse(realm, visit, session, &refused).await,
    }
}

async fn enter(
    realm: &Realm,
    visit: &Visit,
    session: &Session,
    proved: &Proved,
    leads_to: &str,
) -> Result<Outcome> {
    let user_id = session.user_id.as_str();
    let amr = proved.added_to(visit_amr(session));
    let proof = Proof { user_id, amr: &amr, auth_time: session.auth_time, continues: true };
    again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !proved.count(realm, &mut tx).await? {
            return Ok(Outcome::Wrong);
        }
        let accepted = events::of_visit(realm, visit, "second_factor.passkey", Some(user_id));
        audit::record(&mut tx, &accepted).await?;
        let established = establish::establish_in(realm, visit, &proof, &mut tx).await?;
        events::record_success(realm, visit, &proof, &mut tx).await?;
        let outcome = once::Outcome::to(leads_to).signed_in(&established.sid, &established.value);
        once::settle(realm, visit, &mut tx, &outcome).await?;
        established.dead_ids.commit(realm, tx).await?;
        Result::Ok(Outcome::Proved(established.value))
    })
}

async fn refuse(realm: &Realm, visit: &Visit, session: &Session, refused: &Refused) -> Result<Outcome> {
    tracing::info!(error = %refused, "an answer of a passkey was refused");
    let event = events::of_visit(realm, visit, "second_factor.failed", Some(&session.user_id));
    audit::record(&realm.store.facts, &event).await?;
    Ok(Outcome::Wrong)
}
