//! A form counts once (Q5). A form that is sent again, by a double click, a retry or a reload, leads to what the first
//! submission led to. A use case whose form changes facts calls [`settle`] at the end of its transaction. Of two
//! submissions at once, the second is rolled back there.

use protocol::secret;
use serde::{Deserialize, Serialize};

use super::{Error, Result};
use crate::{
    realm::Realm,
    session::{Visit, submission::Submission},
    store::{form_outcomes, sessions, to_json},
};

/// How long a form that is sent again leads to the same outcome, in seconds.
const LIFE_SECONDS: i64 = 3600;

/// What a form led to.
#[derive(Clone, Serialize, Deserialize)]
pub struct Outcome {
    /// Where the browser goes next.
    pub leads_to: String,
    /// Recovery codes that are shown before that.
    pub codes: Vec<String>,
    /// What happened to the browser's session.
    pub session: After,
}
opaque!(Outcome);

/// What happened to a browser's session.
#[derive(Clone, Serialize, Deserialize)]
pub enum After {
    /// It is unchanged.
    Same,
    /// The browser is in this session.
    SignedIn {
        /// The session's public name.
        sid: String,
        /// The value of the session's cookie; `None` when the browser has it already.
        cookie: Option<String>,
        /// The public name of the session that was in use before and goes on beside this one.
        #[serde(default)]
        beside: Option<String>,
    },
    /// It has ended.
    SignedOut,
}
opaque!(After);

impl Outcome {
    /// The browser goes to another page.
    pub fn to(leads_to: impl Into<String>) -> Self {
        Self { leads_to: leads_to.into(), codes: Vec::new(), session: After::Same }
    }

    /// These recovery codes are shown first.
    #[must_use]
    pub fn showing(self, codes: &[String]) -> Self {
        Self { codes: codes.to_vec(), ..self }
    }

    /// The outcome is only for a browser in this session.
    #[must_use]
    pub fn within(self, sid: &str) -> Self {
        Self { session: After::SignedIn { sid: sid.to_owned(), cookie: None, beside: None }, ..self }
    }

    /// The session has a new id.
    #[must_use]
    pub fn signed_in(self, sid: &str, cookie: &str) -> Self {
        let session = After::SignedIn { sid: sid.to_owned(), cookie: Some(cookie.to_owned()), beside: None };
        Self { session, ..self }
    }

    /// What was in use before the visit's form goes on beside the new session, if the form has kept it.
    fn beside_what_is_kept(&self, visit: &Visit) -> Self {
        let mut outcome = self.clone();
        if let After::SignedIn { cookie: Some(_), beside, .. } = &mut outcome.session {
            let before = visit.to_end().filter(|_| visit.beside.kept().is_some());
            *beside = before.map(|session| session.sid.clone());
        }
        outcome
    }

    /// The session has ended.
    #[must_use]
    pub fn signed_out(self) -> Self {
        Self { session: After::SignedOut, ..self }
    }
}

/// Stores what the visit's form led to, as the last part of its transaction.
///
/// # Errors
/// [`Error::Repeated`] when the same form was settled before: the caller has to roll its transaction back.
pub async fn settle(realm: &Realm, visit: &Visit, tx: &mut database::Tx, outcome: &Outcome) -> Result<()> {
    let Some(submission) = &visit.submission else { return Ok(()) };
    let name = &submission.name;
    let outcome = outcome.beside_what_is_kept(visit);
    let sealed = submission.key.seal(to_json(&outcome).as_bytes(), name, realm.bytes());
    let sealed = sealed.map_err(|error| Error::Internal(error.into()))?;
    let now = realm.now();
    if !form_outcomes::settle(tx, name, &sealed, now, now + LIFE_SECONDS).await? {
        return Err(Error::Repeated);
    }
    submission.settle();
    Ok(())
}

/// What an earlier submission of a form led to.
pub enum Before {
    /// It was not sent before.
    Nothing,
    /// To an outcome that still applies.
    Led(Outcome),
    /// To a session that this browser is no longer in: the form counts like a new one.
    Past,
}
opaque!(Before);

/// What the visit's form led to, if it was sent before.
pub async fn before(realm: &Realm, visit: &Visit) -> Result<Before> {
    let Some(submission) = &visit.submission else { return Ok(Before::Nothing) };
    let found = form_outcomes::find(&realm.store.facts, &submission.name, realm.now()).await?;
    let Some(sealed) = found else { return Ok(Before::Nothing) };
    let outcome = still_holds(realm, visit, open(submission, &sealed)?).await?;
    Ok(outcome.map_or(Before::Past, Before::Led))
}

/// What another submission of the visit's form led to that is being handled at the same time. Waits for its
/// transaction.
pub async fn beside(realm: &Realm, visit: &Visit) -> Result<Option<Outcome>> {
    let Some(submission) = &visit.submission else { return Ok(None) };
    let now = realm.now();
    let mut tx = realm.store.facts.begin().await?;
    if form_outcomes::settle(&mut tx, &submission.name, "", now, now).await? {
        // no other submission has settled the form, and this settling is undone as the transaction is dropped
        return Ok(None);
    }
    drop(tx);
    Ok(match before(realm, visit).await? {
        Before::Led(outcome) => Some(outcome),
        Before::Nothing | Before::Past => None,
    })
}

fn open(submission: &Submission, sealed: &str) -> Result<Outcome> {
    let plain = submission.key.open(sealed, &submission.name);
    plain
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("the outcome of a form does not open with its form")))
}

/// The outcome, if the browser's session is still as the form left it. A person who has signed in since then is not
/// shown a sign-out, and no cookie replaces a newer one. The session is read again, since it may have ended while the
/// form waited.
async fn still_holds(realm: &Realm, visit: &Visit, mut outcome: Outcome) -> Result<Option<Outcome>> {
    let (facts, idle) = (&realm.store.facts, realm.config.session.idle);
    let live = async |id_hash: String| sessions::live(facts, &id_hash, realm.now(), idle).await;
    let held = visit.session.as_ref();
    let holds = match &mut outcome.session {
        After::Same => true,
        After::SignedOut => match held {
            Some(session) => live(session.id_hash.clone()).await?.is_none(),
            None => true,
        },
        After::SignedIn { sid, cookie, beside } => {
            let renewed = match cookie.as_deref() {
                Some(value) => live(secret::hash(value)).await?.filter(|session| session.sid == *sid),
                None => None,
            };
            match (held, &renewed) {
                (Some(held), Some(renewed)) if held.id_hash != renewed.id_hash => {}
                (Some(_), _) => *cookie = None,
                (None, _) => {}
            }
            // the cookies of the first answer have not arrived yet
            let is_before = beside.is_some() && held.map(|held| &held.sid) == beside.as_ref();
            let holds = match held {
                Some(held) if !is_before => held.sid == *sid,
                _ => renewed.is_some(),
            };
            visit.beside.keep(is_before && holds);
            holds
        }
    };
    Ok(holds.then_some(outcome))
}

#[cfg(test)]
mod tests {
    use testbed::in_flight::is_read_by_both;

    use super::*;

    #[test]
    fn upg1_a_form_that_was_sent_to_the_release_before_leads_to_the_same_outcome() {
        is_read_by_both::<Outcome>(r#"{"leads_to":"/account","codes":["abcd-efgh"],"session":"Same"}"#);
        is_read_by_both::<Outcome>(
            r#"{"leads_to":"/","codes":[],"session":{"SignedIn":{"sid":"s","cookie":"c"}}}"#,
        );
        is_read_by_both::<Outcome>(r#"{"leads_to":"/","codes":[],"session":"SignedOut"}"#);
    }
}
