//! A form counts once (Q5): who sends the same one again, by a double click, a retry or a reload, gets what the first one
//! led to. Whoever has an effect on facts calls [`settle`] at the end of its transaction; of two at once the second one
//! is undone there.

use protocol::secret;
use serde::{Deserialize, Serialize};

use super::{Error, Result};
use crate::{
    realm::Realm,
    session::{Visit, submission::Submission},
    store::{form_outcomes, sessions, to_json},
};

/// How long the same form again leads to the same, seconds.
const LIFE_SECONDS: i64 = 3600;

/// What a form led to.
#[derive(Serialize, Deserialize)]
pub struct Outcome {
    /// Where the browser goes on.
    pub leads_to: String,
    /// Recovery codes that are shown before it does.
    pub codes: Vec<String>,
    /// What became of its session.
    pub session: After,
}
opaque!(Outcome);

/// What became of a browser's session.
#[derive(Serialize, Deserialize)]
pub enum After {
    /// It is as it was.
    Same,
    /// It has a new id.
    SignedIn {
        /// Its public name.
        sid: String,
        /// The value of its cookie; none when the browser has it already.
        cookie: Option<String>,
    },
    /// It is over.
    SignedOut,
}
opaque!(After);

impl Outcome {
    /// On to another page.
    pub fn to(leads_to: impl Into<String>) -> Self {
        Self { leads_to: leads_to.into(), codes: Vec::new(), session: After::Same }
    }

    /// With these recovery codes before.
    #[must_use]
    pub fn showing(self, codes: &[String]) -> Self {
        Self { codes: codes.to_vec(), ..self }
    }

    /// Only for whoever is in this session.
    #[must_use]
    pub fn within(self, sid: &str) -> Self {
        Self { session: After::SignedIn { sid: sid.to_owned(), cookie: None }, ..self }
    }

    /// In a session with a new id.
    #[must_use]
    pub fn signed_in(self, sid: &str, cookie: &str) -> Self {
        let session = After::SignedIn { sid: sid.to_owned(), cookie: Some(cookie.to_owned()) };
        Self { session, ..self }
    }

    /// Without the session.
    #[must_use]
    pub fn signed_out(self) -> Self {
        Self { session: After::SignedOut, ..self }
    }
}

/// Keeps what the visit's form led to, as the last part of its effect.
///
/// # Errors
/// [`Error::Repeated`] when the same form was first: what was done since is to be undone.
pub async fn settle(realm: &Realm, visit: &Visit, tx: &mut database::Tx, outcome: &Outcome) -> Result<()> {
    let Some(submission) = &visit.submission else { return Ok(()) };
    let name = &submission.name;
    let sealed = submission.key.seal(to_json(outcome).as_bytes(), name, realm.bytes());
    let sealed = sealed.map_err(|error| Error::Internal(error.into()))?;
    let now = realm.now();
    if !form_outcomes::settle(tx, name, &sealed, now, now + LIFE_SECONDS).await? {
        return Err(Error::Repeated);
    }
    submission.settle();
    Ok(())
}

/// What a form led to before.
pub enum Before {
    /// It was not sent before.
    Nothing,
    /// To what is there still.
    Led(Outcome),
    /// To a session that is not this browser's any more: now it counts like any other form.
    Past,
}
opaque!(Before);

/// What the visit's form led to before, if it was sent before.
pub async fn before(realm: &Realm, visit: &Visit) -> Result<Before> {
    let Some(submission) = &visit.submission else { return Ok(Before::Nothing) };
    let found = form_outcomes::find(&realm.store.facts, &submission.name, realm.now()).await?;
    let Some(sealed) = found else { return Ok(Before::Nothing) };
    let outcome = still_holds(realm, visit, open(submission, &sealed)?).await?;
    Ok(outcome.map_or(Before::Past, Before::Led))
}

/// What the visit's form led to when it was sent at the same time: waits for a transaction that is about to settle it.
pub async fn beside(realm: &Realm, visit: &Visit) -> Result<Option<Outcome>> {
    let Some(submission) = &visit.submission else { return Ok(None) };
    let now = realm.now();
    let mut tx = realm.store.facts.begin().await?;
    if form_outcomes::settle(&mut tx, &submission.name, "", now, now).await? {
        // nobody else's, and not this one's either: the transaction is given up
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

/// The outcome, if the browser's session is still what it left: nobody is told of a sign-out who has signed in since,
/// and no cookie replaces a newer one. What the visit was recognised by may have ended while its form waited.
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
        After::SignedIn { sid, cookie } => {
            let renewed = match cookie.as_deref() {
                Some(value) => live(secret::hash(value)).await?.filter(|session| session.sid == *sid),
                None => None,
            };
            match (held, &renewed) {
                (Some(held), Some(renewed)) if held.id_hash != renewed.id_hash => {}
                (Some(_), _) => *cookie = None,
                (None, _) => {}
            }
            held.map_or(renewed.is_some(), |held| held.sid == *sid)
        }
    };
    Ok(holds.then_some(outcome))
}
