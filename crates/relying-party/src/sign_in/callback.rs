//! `GET /callback`: turns the realm's answer into a session.

use std::{fmt, sync::Arc};

use axum::{Extension, extract::State, response::Response};
use http::{HeaderMap, HeaderValue, header::SET_COOKIE};
use language::Language;
use openid_client::id_token::{self, Expected, IdTokenError};
use openidconnect::core::{CoreIdToken, CoreJsonWebKeySet};
use protocol::params::Params;
use resource_server::keys::Keys;
use web::params::{ParamsRejection, QueryParams};

use super::{Attempt, TABLE, page, store};
use crate::{
    provider::ExchangeError,
    relying_party::{Core, Realm, RelyingParty},
    session::{Profile, Tokens, Unavailable},
};

/// How a sign-in failed. The start page gets the word as `?signin=<word>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The person cancelled at the realm.
    Cancelled,
    /// This browser has no such attempt: it expired, was used already, or belongs to another browser.
    Expired,
    /// The browser sent no cookie of this service; it probably blocks cookies.
    NoCookies,
    /// The realm's answer is invalid.
    Failed,
    /// The realm or the database can't be reached now.
    Unavailable,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::NoCookies => "no-cookies",
            Self::Failed => "failed",
            Self::Unavailable => "unavailable",
        }
    }
}

impl From<Unavailable> for Outcome {
    fn from(error: Unavailable) -> Self {
        tracing::warn!(%error, "a sign-in could not be finished");
        Self::Unavailable
    }
}

impl From<ExchangeError> for Outcome {
    fn from(error: ExchangeError) -> Self {
        match error {
            ExchangeError::Refused => Self::Failed,
            ExchangeError::Unreachable => Self::Unavailable,
        }
    }
}

/// Extension of the callback's response when it opened a session, for middleware around these routes: it can move a
/// guest's data to the person at once, so that no later GET has to (RP4).
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The browser's visitor id, as in [`MaybeCaller`](crate::MaybeCaller). A secret.
    pub visitor: String,
    /// The realm's issuer.
    pub issuer: String,
    /// The person's subject at the issuer.
    pub subject: String,
    /// The person's name and e-mail address.
    pub profile: Profile,
}

/// Without the visitor id.
impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedIn").field("subject", &self.subject).finish_non_exhaustive()
    }
}

pub(crate) async fn callback<R: Realm>(
    State(relying_party): State<Arc<RelyingParty<R>>>,
    language: Option<Extension<Language>>,
    headers: HeaderMap,
    query: Result<QueryParams, ParamsRejection>,
) -> Response {
    let core = &relying_party.core;
    let language = language.map_or(Language::English, |Extension(language)| language);
    let outcome = match query {
        Ok(QueryParams(params)) => core.finish(&headers, &params).await,
        Err(_) => Err(Outcome::Failed.into()),
    };
    match outcome {
        Ok(Finished { return_to, cookie, signed_in }) => {
            let mut response = page::onwards(&return_to, language);
            response.headers_mut().append(SET_COOKIE, cookie);
            response.extensions_mut().insert(signed_in);
            response
        }
        Err(Failed { outcome, to_form }) => {
            tracing::info!(realm = R::NAME, ?outcome, "a sign-in ended without a session");
            let word = outcome.word();
            let path = match to_form {
                Some(form) => format!("{form}&signin={word}"),
                None => format!("{}?signin={word}", core.config.home()),
            };
            page::onwards(&path, language)
        }
    }
}

/// A sign-in without a session.
struct Failed {
    outcome: Outcome,
    /// The page of the form that waits for the sign-in, if there is one.
    to_form: Option<String>,
}

impl From<Outcome> for Failed {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, to_form: None }
    }
}

struct Finished {
    return_to: String,
    cookie: HeaderValue,
    signed_in: SignedIn,
}

impl Core {
    /// Uses up the attempt first, then judges the realm's answer: an attempt works only once, whatever the outcome.
    async fn finish(&self, headers: &HeaderMap, params: &Params) -> Result<Finished, Failed> {
        params.check_no_repeats().map_err(|_| Outcome::Failed)?;
        let attempt = self.take_attempt(headers, params).await?;
        let to_form = attempt.has_form.then(|| attempt.return_to.clone());
        self.judge(headers, params, attempt).await.map_err(|outcome| Failed { outcome, to_form })
    }

    async fn judge(
        &self,
        headers: &HeaderMap,
        params: &Params,
        attempt: Attempt,
    ) -> Result<Finished, Outcome> {
        // RFC 9207 section 2.4: the answer must name the issuer that was asked
        if params.first("iss") != Some(self.config.issuer.as_str()) {
            return Err(Outcome::Failed);
        }
        match (params.first("error"), params.first("code")) {
            (Some("access_denied"), _) => Err(Outcome::Cancelled),
            (Some("server_error" | "temporarily_unavailable"), _) => Err(Outcome::Unavailable),
            (None, Some(code)) => self.redeem(headers, attempt, code).await,
            _ => Err(Outcome::Failed),
        }
    }

    async fn take_attempt(&self, headers: &HeaderMap, params: &Params) -> Result<Attempt, Outcome> {
        let state = params.first("state").ok_or(Outcome::Failed)?;
        let visitor = self.config.session.visitor_cookie.read(headers).ok_or(Outcome::NoCookies)?;
        let (state, visitor) = (self.hash(state), self.hash(&visitor));
        let taken = store::take(&self.db, &state, &visitor, self.clock.now()).await;
        let sealed = taken.map_err(Unavailable::from)?.ok_or(Outcome::Expired)?;
        self.open(TABLE, &state, &sealed).ok_or(Outcome::Expired)
    }

    async fn redeem(&self, headers: &HeaderMap, attempt: Attempt, code: &str) -> Result<Finished, Outcome> {
        let client = self.provider.client(CoreJsonWebKeySet::default()).await;
        let client = client.map_err(|_| Outcome::Unavailable)?;
        let answer = self.provider.exchange(&client, code, &attempt.verifier).await;
        let (fresh, id_token) = answer?;
        let id_token = id_token.ok_or(Outcome::Failed)?;
        let now = self.clock.now();
        let expected = Expected {
            client_id: &self.config.client_id,
            nonce: &attempt.nonce,
            access: &fresh.access,
            acr: self.config.required_acr.as_deref(),
            signed_in_since: attempt.max_age.map(|seconds| now - seconds),
            now,
            leeway: self.config.leeway,
        };
        let subject = self.subject_of(&id_token, &expected).await?;
        let profile = self.provider.profile(&client, &fresh.access, &subject).await;
        let tokens = Tokens {
            access: fresh.access,
            refresh: fresh.refresh,
            id: id_token.to_string(),
            profile: profile.clone(),
        };
        let cookie = &self.config.session.cookie;
        let ended = attempt.previous.into_iter().chain(cookie.read(headers).map(|id| self.hash(&id)));
        let ended: Vec<String> = ended.collect();
        let session = self.open_session(&tokens, &subject, &ended).await?.ok_or(Outcome::Failed)?;
        // A back-channel logout that came after the code was redeemed found no session to end. The realm revokes tokens
        // before it sends a logout token: so either the logout token ends this session, or userinfo refuses the access
        // token (L2).
        if let Err(error) = self.provider.vouch(&client, &tokens.access).await {
            crate::session::store::end(&self.db, &self.hash(&session)).await.map_err(Unavailable::from)?;
            return Err(error.into());
        }
        let visitor = self.config.session.visitor_cookie.read(headers).unwrap_or_default();
        Ok(Finished {
            return_to: attempt.return_to,
            cookie: cookie.set(&session, Some(self.config.session.absolute)),
            signed_in: SignedIn { visitor, issuer: self.config.issuer.clone(), subject, profile },
        })
    }

    /// Verifies the ID token. Tries once more with newer keys if the signing key is unknown.
    async fn subject_of(&self, token: &CoreIdToken, expected: &Expected<'_>) -> Result<String, Outcome> {
        let mut keys =
            self.resource.keys().current(self.clock.elapsed()).await.ok_or(Outcome::Unavailable)?;
        let mut verified = self.verify_id(&keys, token, expected).await?;
        if matches!(verified, Err(IdTokenError::UnknownKey))
            && let Some(newer) = self.resource.keys().newer(&keys, self.clock.elapsed()).await
        {
            keys = newer;
            verified = self.verify_id(&keys, token, expected).await?;
        }
        verified.map_err(|error| {
            tracing::warn!(realm = self.realm, %error, "an ID token was refused");
            Outcome::Failed
        })
    }

    async fn verify_id(
        &self,
        keys: &Keys,
        token: &CoreIdToken,
        expected: &Expected<'_>,
    ) -> Result<Result<String, IdTokenError>, Outcome> {
        let keys = serde_json::from_str(&keys.document).map_err(|_| Outcome::Unavailable)?;
        let client = self.provider.client(keys).await.map_err(|_| Outcome::Unavailable)?;
        let rules = client.id_token_verifier().set_allowed_algs(id_token::OF_REALMS);
        let verified = id_token::verify(rules, token, expected);
        Ok(verified.map(|claims| claims.subject().as_str().to_owned()))
    }
}
