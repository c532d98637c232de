//! A passkey as the second factor of a session that began with a password.

use database::again;

use super::{
    Proved,
    ceremony::{self, Answer, Offered, Purpose},
    is_hardware,
};
use crate::{
    authn::passkey::{Ceremony, Refused},
    flow::{
        Result, events,
        second_factor::{self, Outcome},
        throttle,
    },
    realm::Realm,
    session::{Visit, visit_amr},
    store::{audit, passkeys},
};

/// The ceremony of the page for the second factor; `None` when the account has no passkey. With `only_hardware`, for
/// those in hardware that has proved what it is.
pub async fn offer(realm: &Realm, visit: &Visit, only_hardware: bool) -> Result<Option<Offered>> {
    let (Some(relying_party), Some(session)) = (&realm.passkeys, &visit.session) else { return Ok(None) };
    let mut known = passkeys::of_user(&realm.store.facts, &session.user_id).await?;
    known.retain(|passkey| !only_hardware || is_hardware(realm, passkey));
    if known.is_empty() {
        return Ok(None);
    }
    let known: Vec<String> = known.into_iter().map(|passkey| passkey.credential).collect();
    let begun = ceremony::begun(relying_party.begin_proof(&known))?;
    ceremony::offer(realm, visit, Purpose::Proof(&session.sid), begun).map(Some)
}

/// Checks the answer. The session gets a new id and records its new factor. `leads_to` is the path that the browser
/// goes to afterwards, and `trusts` whether the person doesn't want to be asked in this browser for a while.
pub async fn check(
    realm: &Realm,
    visit: &Visit,
    (answer, trusts): (Answer<'_>, bool),
    leads_to: &str,
) -> Result<Outcome> {
    let (Some(relying_party), Some(session)) = (&realm.passkeys, &visit.session) else {
        return Ok(Outcome::Wrong);
    };
    let attempt = second_factor::count(realm, visit, &session.user_id).await?;
    let judged = async {
        let opened = ceremony::open(realm, visit, Purpose::Proof(&session.sid), answer.ceremony);
        let Some((Ceremony::Proof(state), spent)) = opened else {
            throttle::take_back(realm, &attempt).await;
            return Ok(Outcome::Wrong);
        };
        let named = relying_party.named(answer.credential).unwrap_or_default();
        let known = passkeys::find(&realm.store.facts, &session.user_id, &named).await?;
        let proved = known.ok_or(Refused::OtherAccount).and_then(|known| {
            let now = relying_party.proved(state, answer.credential, &session.user_id, &known.credential)?;
            Ok(Proved::new(spent, known, now))
        });
        match proved {
            Ok(proved) => {
                let leads = second_factor::Proved { session, attempt: &attempt, leads_to, trusts };
                enter(realm, visit, &proved, leads).await
            }
            Err(refused) => {
                tracing::info!(reason = %refused, "an answer of a passkey was refused");
                second_factor::wrong(realm, visit, &session.user_id, &attempt).await
            }
        }
    };
    throttle::unless_failing(realm, &attempt, judged).await
}

async fn enter(
    realm: &Realm,
    visit: &Visit,
    proved: &Proved,
    leads: second_factor::Proved<'_>,
) -> Result<Outcome> {
    let session = leads.session;
    let amr = proved.added_to(realm, visit_amr(session));
    let cookie = again!(async {
        let mut tx = realm.store.facts.begin().await?;
        if !proved.count(realm, &mut tx).await? {
            return Ok(None);
        }
        let accepted = events::of_visit(realm, visit, "second_factor.passkey", Some(&session.user_id));
        audit::record(&mut tx, &accepted).await?;
        Result::Ok(Some(leads.complete(realm, visit, &amr, tx).await?))
    })?;
    if let Some(cookie) = cookie {
        return Ok(Outcome::Proved(cookie));
    }
    // another request has answered the challenge: this attempt was neither right nor wrong
    throttle::take_back(realm, leads.attempt).await;
    Ok(Outcome::Wrong)
}
