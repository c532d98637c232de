//! Signing in at the realm: `POST /login` starts an attempt, `GET /callback` finishes it.

mod callback;
mod page;
pub(crate) mod store;

pub use callback::SignedIn;
pub(crate) use callback::callback;

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use http::request::Parts;
use language::Language;
use openidconnect::{
    AuthenticationContextClass, AuthenticationFlow, CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    Scope,
    core::{CoreJsonWebKeySet, CoreResponseType},
};
use resource_server::Reason as Access;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    forgery, form,
    provider::OidcClient,
    refusal::{Reason, Refusal},
    relying_party::{Core, Realm, RelyingParty},
};

/// Seconds that a person has for signing in.
pub(crate) const ATTEMPT_LIFETIME: i64 = 600;
/// How many unfinished attempts are kept per address, or IPv6 /64.
const MOST_OF_AN_ADDRESS: i64 = 500;
/// Table of the sealed column; part of the context of its encryption.
const TABLE: &str = "bff_attempts";

/// The data that the callback needs of a started sign-in; sealed in the database.
#[derive(Serialize, Deserialize)]
pub(crate) struct Attempt {
    pub nonce: String,
    pub verifier: String,
    pub return_to: String,
    /// Greatest age of the sign-in in seconds.
    pub max_age: Option<i64>,
    /// Hash of the browser's previous session id, noted now because the callback gets no Strict cookie.
    pub previous: Option<String>,
    /// Whether a form waits at `return_to`: then a failed sign-in leads there too.
    #[serde(default)]
    pub has_form: bool,
}

/// The language that somebody chose at the service. Nobody's browser alone makes a choice: the realm sees its wish too,
/// and may know better.
#[derive(Debug, Clone, Copy)]
pub struct ChosenLanguage(pub Language);

/// The browser that starts a sign-in.
pub(crate) struct Browser<'a> {
    /// Its visitor id.
    pub visitor: &'a str,
    /// Keyed hash of its address, or of the person who is signed in: what attempts are counted by.
    pub source: &'a str,
    /// The language that the person chose; the realm's pages continue in it.
    pub language: Option<Language>,
}

/// `POST /login` with the fields `csrf`, `return_to` and optionally `prompt=create` (register) or `max_age` (step-up).
///
/// The page may have been loaded without the session cookie: a link of another site led to it, and browsers then send
/// no Strict cookie; or the person has signed in in another tab since. Its form has the visitor's token in both cases.
/// This request does carry the session cookie: a person who is signed in already is redirected to `return_to` (R7).
///
/// A [`ChosenLanguage`] among the request's extensions goes along as `ui_locales`.
pub(crate) async fn login<R: Realm>(
    State(relying_party): State<Arc<RelyingParty<R>>>,
    request: Request,
) -> Result<Response, Refusal> {
    let core = &relying_party.core;
    let (parts, body) = request.into_parts();
    let visitor = core.visitor(&parts)?;
    let session = core.config.session.cookie.read(&parts.headers);
    let bindings: Vec<String> = std::iter::once(forgery::visitor_binding(&visitor))
        .chain(session.as_deref().map(forgery::session_binding))
        .collect();
    let request = Request::from_parts(parts.clone(), body);
    let (params, binding) = form::checked_params(core, request, &bindings).await?;
    let field = |name| {
        params.one(name).map_err(|error| {
            core.refuse(Reason::BadForm {
                status: http::StatusCode::BAD_REQUEST,
                detail: error.description.to_owned(),
            })
        })
    };
    let return_to = field("return_to")?
        .and_then(|wanted| web::return_to::sanitise(wanted, &core.public_url))
        .unwrap_or_else(|| core.config.home().to_owned());
    let attempt = Attempt {
        max_age: field("max_age")?
            .and_then(|text| text.parse().ok())
            .filter(|age| (0..=86_400).contains(age)),
        previous: session.map(|id| core.hash(&id)),
        ..core.attempt(return_to)
    };
    let register = field("prompt")? == Some("create");
    let plain = !register && attempt.max_age.is_none();
    let page_saw_no_session = binding == forgery::visitor_binding(&visitor);
    if plain && page_saw_no_session && core.has_session(&parts).await {
        return Ok(Redirect::to(&attempt.return_to).into_response());
    }
    let language = parts.extensions.get().map(|ChosenLanguage(language)| *language);
    let browser = Browser { visitor: &visitor, source: &core.source(&parts), language };
    let location = core.start(&attempt, &browser, register).await?;
    Ok(Redirect::to(location.as_str()).into_response())
}

impl Core {
    /// Whether the request has a valid session with the required `acr`.
    async fn has_session(self: &Arc<Self>, parts: &Parts) -> bool {
        self.identify(parts).await.is_ok_and(|found| found.session.is_some() && found.proven.is_ok())
    }

    /// A new attempt that leads to a path of this service.
    pub(crate) fn attempt(&self, return_to: String) -> Attempt {
        Attempt {
            nonce: clock::random::token(&*self.random),
            verifier: clock::random::token(&*self.random),
            return_to,
            max_age: None,
            previous: None,
            has_form: false,
        }
    }

    /// Stores the attempt; the URL at the realm that it begins with.
    pub(crate) async fn start(
        &self,
        attempt: &Attempt,
        browser: &Browser<'_>,
        register: bool,
    ) -> Result<Url, Refusal> {
        let unavailable = |error: &dyn std::fmt::Display| {
            tracing::warn!(realm = self.realm, %error, "a sign-in could not be started");
            self.refuse(Access::Unavailable)
        };
        let client = self.provider.client(CoreJsonWebKeySet::default()).await.map_err(|e| unavailable(&e))?;
        let state = clock::random::token(&*self.random);
        let hash = self.hash(&state);
        let sealed = self.seal(TABLE, &hash, attempt).map_err(|e| unavailable(&e))?;
        let expires_at = self.clock.now() + ATTEMPT_LIFETIME;
        let new = store::New {
            state: &hash,
            visitor: &self.hash(browser.visitor),
            source: browser.source,
            sealed: &sealed,
            expires_at,
        };
        store::keep(&self.db, &new, MOST_OF_AN_ADDRESS).await.map_err(|e| unavailable(&e))?;
        let mut url = self.authorization_url(&client, state, attempt, register);
        if let Some(language) = browser.language {
            url.query_pairs_mut().append_pair("ui_locales", language.tag());
        }
        Ok(url)
    }

    fn authorization_url(
        &self,
        client: &OidcClient,
        state: String,
        attempt: &Attempt,
        register: bool,
    ) -> Url {
        let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
        let nonce = attempt.nonce.clone();
        let scopes = self.config.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new);
        let mut request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(state.clone()),
                move || Nonce::new(nonce.clone()),
            )
            .add_scopes(scopes)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_extra_param("resource", self.config.audience.clone());
        if let Some(acr) = &self.config.required_acr {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        if let Some(seconds) = attempt.max_age.and_then(|age| u64::try_from(age).ok()) {
            request = request.set_max_age(Duration::from_secs(seconds));
        }
        if register {
            request = request.add_extra_param("prompt", "create");
        }
        request.url().0
    }
}

#[cfg(test)]
mod tests {
    use testbed::in_flight::is_read_by_both;

    use super::*;

    #[test]
    fn upg1_a_sign_in_that_began_at_the_release_before_is_completed() {
        is_read_by_both::<Attempt>(
            r#"{"nonce":"n","verifier":"v","return_to":"/orders","max_age":900,"previous":"h","has_form":true}"#,
        );
    }
}
