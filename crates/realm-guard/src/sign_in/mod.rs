//! Signing in at the realm: `POST /login` starts an attempt, `GET /callback` finishes it.

mod callback;
mod id_token;
mod page;
pub(crate) mod store;

pub(crate) use callback::callback;

use crate::form::GuardedForm;
use crate::guard::{Core, RealmGuard, Side};
use crate::provider::RelyingParty;
use crate::refusal::{Reason, Refusal};
use crate::return_to;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use openidconnect::core::{CoreJsonWebKeySet, CoreResponseType};
use openidconnect::{
    AuthenticationContextClass, AuthenticationFlow, CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    Scope,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Seconds a person has to sign in.
pub(crate) const ATTEMPT_LIFETIME: i64 = 600;
/// Names the sealed column for the sealing key's context.
const PLACE: &str = "bff_attempts";

/// What the callback has to know again; sealed in the database.
#[derive(Serialize, Deserialize)]
struct Attempt {
    nonce: String,
    verifier: String,
    return_to: String,
    /// The sign-in must not be older than this many seconds.
    max_age: Option<i64>,
    /// Hash of the session this browser had. A Strict cookie isn't sent to the callback, so it is noted here.
    previous: Option<String>,
}

/// `POST /login` with the fields `csrf`, `return_to` and optionally `prompt=create` (register) or `max_age` (step-up).
pub(crate) async fn login<R: Side>(
    State(guard): State<Arc<RealmGuard<R>>>,
    headers: http::HeaderMap,
    form: GuardedForm<R>,
) -> Result<Response, Refusal> {
    let core = &guard.core;
    let field = |name| {
        form.params.one(name).map_err(|error| {
            core.refuse(Reason::BadForm {
                status: http::StatusCode::BAD_REQUEST,
                detail: error.description.to_owned(),
            })
        })
    };
    let attempt = Attempt {
        nonce: service::random::token(&*core.random),
        verifier: service::random::token(&*core.random),
        return_to: field("return_to")?
            .and_then(|wanted| return_to::sanitise(wanted, &core.public_url))
            .unwrap_or_else(|| core.config.home().to_owned()),
        max_age: field("max_age")?
            .and_then(|text| text.parse().ok())
            .filter(|age| (0..=86_400).contains(age)),
        previous: core.config.session.cookie.read(&headers).map(|id| core.hash(&id)),
    };
    let register = field("prompt")? == Some("create");
    let location = core.start(&attempt, &form.from.visitor, register).await?;
    Ok(Redirect::to(location.as_str()).into_response())
}

impl Core {
    async fn start(&self, attempt: &Attempt, visitor: &str, register: bool) -> Result<Url, Refusal> {
        let unavailable = |error: &dyn std::fmt::Display| {
            tracing::warn!(side = self.side, %error, "a sign-in could not be started");
            self.refuse(Reason::Unavailable)
        };
        let client =
            self.provider.relying_party(CoreJsonWebKeySet::default()).await.map_err(|e| unavailable(&e))?;
        let state = service::random::token(&*self.random);
        let hash = self.hash(&state);
        let sealed = self.seal(PLACE, &hash, attempt).map_err(|e| unavailable(&e))?;
        let expires_at = self.clock.now() + ATTEMPT_LIFETIME;
        store::keep(&self.db, &hash, &self.hash(visitor), &sealed, expires_at)
            .await
            .map_err(|e| unavailable(&e))?;
        Ok(self.authorization_url(&client, state, attempt, register))
    }

    fn authorization_url(
        &self,
        client: &RelyingParty,
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
