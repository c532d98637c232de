//! Step-up: a form that needs a fresher sign-in is kept while its sender signs in again (RFC 9470, C9).
//!
//! A handler calls [`RelyingParty::step_up`] before it acts. If the sign-in is too old, the answer leads to the realm,
//! and from there to a page of the service. That page gets the form from [`RelyingParty::kept_form`] and shows it with
//! one button, which sends it again: a GET never acts, also not after a sign-in.

pub(crate) mod store;

use axum::response::{IntoResponse, Redirect, Response};
use resource_server::Reason as Access;
use serde::{Deserialize, Serialize};

use crate::{
    caller::{Caller, MaybeCaller},
    forgery,
    refusal::Refusal,
    relying_party::{Core, Realm, RelyingParty},
    sign_in::{ATTEMPT_LIFETIME, Attempt, Browser},
};

/// Seconds that a form is kept: the sign-in's time, and some to look at the page after it.
const KEPT_FOR: i64 = ATTEMPT_LIFETIME + 300;
/// How many kept forms a person may have.
const MOST_OF_A_PERSON: i64 = 20;
/// Table of the sealed column; part of the context of its encryption.
const TABLE: &str = "bff_kept_forms";

/// A form that was sent to a page of this service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptForm {
    /// The path that it was sent to.
    pub path: String,
    /// Its fields, without the CSRF token.
    pub fields: Vec<(String, String)>,
}

/// What a step-up needs.
#[derive(Debug, Clone, Copy)]
pub struct StepUp<'a> {
    /// The greatest age of the sign-in, in seconds.
    pub max_age: i64,
    /// The path of the page that shows the kept form; it gets `?form=<id>`, and `&signin=<word>` after a sign-in that
    /// failed (the words of [`Config::redirect_path`](crate::Config)).
    pub resume: &'a str,
    /// The path that the form was sent to.
    pub path: &'a str,
    /// The form's fields.
    pub fields: &'a [(String, String)],
}

impl<R: Realm> RelyingParty<R> {
    /// Whether the sender has to sign in again before the form counts: then it is kept, and the answer leads to the
    /// realm. `None`: the sign-in is fresh enough.
    ///
    /// # Errors
    /// Nobody is signed in; a bearer token's sign-in is too old (the challenge of RFC 9470); the realm or the database
    /// can't be reached.
    pub async fn step_up(
        &self,
        sender: &MaybeCaller<R>,
        wanted: &StepUp<'_>,
    ) -> Result<Option<Response>, Refusal> {
        let caller = sender.require()?;
        let Err(refusal) = caller.require_fresh(wanted.max_age) else { return Ok(None) };
        if caller.is_bearer() {
            return Err(refusal);
        }
        let core = &self.core;
        let id = clock::random::token(&*core.random);
        core.keep_form(&id, caller, wanted).await?;
        let attempt = Attempt {
            max_age: Some(wanted.max_age),
            previous: sender.session.clone(),
            has_form: true,
            ..core.attempt(format!("{}?form={id}", wanted.resume))
        };
        let source = core.hash(&caller.key());
        let browser = Browser { visitor: &sender.visitor, source: &source, language: None };
        let location = core.start(&attempt, &browser, false).await?;
        tracing::info!(
            realm = core.realm,
            path = wanted.path,
            "a form waits for its sender to sign in again"
        );
        Ok(Some(Redirect::to(location.as_str()).into_response()))
    }

    /// The form that this person sent before they signed in again; `None` for another person's, an unknown one, and one
    /// whose time is over.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn kept_form(&self, caller: &Caller<R>, id: &str) -> Result<Option<KeptForm>, Refusal> {
        let core = &self.core;
        let (id_hash, person) = (core.hash(id), core.hash(&caller.key()));
        let found = store::find(&core.db, &id_hash, &person, core.clock.now()).await;
        let sealed = found.map_err(|error| core.form_unavailable(&error))?;
        Ok(sealed.and_then(|sealed| core.open(TABLE, &id_hash, &sealed)))
    }
}

impl Core {
    async fn keep_form<R: Realm>(
        &self,
        id: &str,
        caller: &Caller<R>,
        wanted: &StepUp<'_>,
    ) -> Result<(), Refusal> {
        let fields = wanted.fields.iter().filter(|(name, _)| name != forgery::FIELD).cloned().collect();
        let form = KeptForm { path: wanted.path.to_owned(), fields };
        let id_hash = self.hash(id);
        let sealed = self.seal(TABLE, &id_hash, &form).map_err(|error| self.form_unavailable(&error))?;
        let new = store::New {
            id_hash: &id_hash,
            person: &self.hash(&caller.key()),
            sealed: &sealed,
            expires_at: self.clock.now() + KEPT_FOR,
        };
        let kept = store::keep(&self.db, &new, MOST_OF_A_PERSON).await;
        kept.map_err(|error| self.form_unavailable(&error))
    }

    fn form_unavailable(&self, error: &dyn std::fmt::Display) -> Refusal {
        tracing::warn!(realm = self.realm, %error, "a form could not be kept or found");
        self.refuse(Access::Unavailable)
    }
}

#[cfg(test)]
mod tests {
    use testbed::in_flight::is_read_by_both;

    use super::*;

    #[test]
    fn upg1_a_form_that_the_release_before_kept_is_sent() {
        is_read_by_both::<KeptForm>(r#"{"path":"/content/1","fields":[["title","Hours"]]}"#);
    }
}
