//! From a request's credential to a verified identity.

use crate::caller::{Absent, Caller, MaybeCaller, Via};
use crate::credentials::{self, Presented};
use crate::guard::{Core, Side};
use crate::keys::NotVerified;
use crate::refusal::{Reason, Refusal};
use crate::session::{LiveSession, Unavailable};
use crate::{cookies, form};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::request::Parts;
use protocol::access_token::AccessClaims;
use protocol::{acr, secret};
use service::http::client_address;
use std::sync::Arc;

/// Who a request comes from, before a CSRF check.
pub(crate) struct Identified {
    pub proven: Result<(AccessClaims, Via), Absent>,
    /// What CSRF tokens of the session are bound to whose cookie came, whether or not it still lives.
    pub session: Option<String>,
}

impl Core {
    /// A refusal in this guard's name.
    pub(crate) fn refuse(&self, reason: Reason) -> Refusal {
        let metadata = self.config.url(crate::metadata::PATH);
        Refusal::new(reason, metadata, &self.config.other_side)
    }

    /// Verifies the credential of a request.
    pub(crate) async fn identify(self: &Arc<Self>, parts: &Parts) -> Result<Identified, Refusal> {
        let (cookie, other) = (&self.config.session.cookie, &self.config.other_side);
        let presented = credentials::presented(&parts.headers, &parts.uri, cookie, other);
        let found = match presented.map_err(|reason| self.refuse(reason))? {
            Presented::Nothing { foreign } => {
                let absent = if foreign { Absent::OtherSide } else { Absent::SignedOut };
                Identified { proven: Err(absent), session: None }
            }
            Presented::Bearer(token) => {
                Identified { proven: Ok((self.bearer(&token).await?, Via::Bearer)), session: None }
            }
            Presented::Session(id) => {
                let binding = form::session_binding(&id);
                Identified { proven: self.session(&id, &binding).await?, session: Some(binding) }
            }
        };
        if let Ok((claims, _)) = &found.proven {
            self.demand_acr(claims)?;
        }
        Ok(found)
    }

    /// A realm that can't be asked is no refusal here: what is open to everybody stays open.
    async fn session(
        self: &Arc<Self>,
        id: &str,
        binding: &str,
    ) -> Result<Result<(AccessClaims, Via), Absent>, Refusal> {
        match self.live_session(id).await {
            Ok(Some(LiveSession { claims, profile })) => {
                Ok(Ok((claims, Via::Session { csrf: self.csrf_token(binding), profile })))
            }
            Ok(None) => Ok(Err(Absent::Ended)),
            Err(Unavailable::Realm) => Ok(Err(Absent::Unavailable)),
            Err(Unavailable::Database(_) | Unavailable::Sealing(_)) => Err(self.refuse(Reason::Unavailable)),
        }
    }

    async fn bearer(&self, token: &str) -> Result<AccessClaims, Refusal> {
        self.verify_access(token).await.map_err(|error| match error {
            NotVerified::NoKeys => self.refuse(Reason::Unavailable),
            NotVerified::Token(error) => {
                let foreign = credentials::claimed_issuer(token)
                    .is_some_and(|issuer| issuer == self.config.other_side.issuer);
                tracing::info!(side = self.side, ?error, foreign, "bearer token refused");
                self.refuse(if foreign { Reason::OtherSideToken } else { Reason::InvalidToken })
            }
        })
    }

    fn demand_acr(&self, claims: &AccessClaims) -> Result<(), Refusal> {
        let Some(required) = &self.config.required_acr else { return Ok(()) };
        if acr::satisfies(required, claims.acr.as_deref(), &claims.amr) {
            return Ok(());
        }
        let acr = Some(required.clone());
        Err(self.refuse(Reason::InsufficientAuthentication { acr, max_age: None }))
    }

    /// Takes the request out of the bucket of the person or program that makes it (POOL-4). Their name is kept as a keyed
    /// hash.
    pub(crate) async fn admit(&self, claims: &AccessClaims) -> Result<(), Refusal> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        let caller = secret::hmac(&self.counting, &[&claims.client_id, &claims.sub]);
        let caller = URL_SAFE_NO_PAD.encode(caller);
        match limiter.admit(&caller, self.clock.now()).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.refuse(Reason::TooMany { retry: limiter.pace().retry_seconds() })),
            Err(error) => {
                tracing::error!(side = self.side, %error, "requests can't be counted");
                Err(self.refuse(Reason::Unavailable))
            }
        }
    }

    /// Where a request comes from, as a keyed hash: an address, or an IPv6 /64.
    pub(crate) fn source(&self, parts: &Parts) -> String {
        let address = self.config.proxies.client(&parts.extensions, &parts.headers);
        let place = client_address::subscriber(address).to_string();
        URL_SAFE_NO_PAD.encode(secret::hmac(&self.counting, &["source", &place]))
    }

    /// This browser's visitor id; a new one goes out with the response.
    pub(crate) fn visitor(&self, parts: &Parts) -> Result<String, Refusal> {
        let cookie = &self.config.session.visitor_cookie;
        if let Some(id) = cookie.read(&parts.headers) {
            return Ok(id);
        }
        let id = service::random::token(&*self.random);
        if cookies::add(parts, cookie.set(&id, None)) {
            return Ok(id);
        }
        tracing::error!("a page is served without the send_cookies middleware");
        Err(self.refuse(Reason::Internal))
    }

    /// Identity plus what pages and forms need, with nothing checked about forgery yet.
    pub(crate) async fn maybe<R: Side>(self: &Arc<Self>, parts: &Parts) -> Result<MaybeCaller<R>, Refusal> {
        let Identified { proven, session } = self.identify(parts).await?;
        let caller = proven.map(|proven| Caller::new(self, proven));
        let core = Arc::clone(self);
        if caller.as_ref().is_ok_and(Caller::is_bearer) {
            let (visitor, csrf, bindings) = Default::default();
            return Ok(MaybeCaller { caller, visitor, csrf, bindings, core });
        }
        let visitor = self.visitor(parts)?;
        let bindings: Vec<String> = match (&caller, session) {
            (Ok(_) | Err(Absent::Unavailable), Some(session)) => vec![session],
            // a form that was opened before the session ended is still this browser's own
            (_, session) => std::iter::once(form::visitor_binding(&visitor)).chain(session).collect(),
        };
        let csrf = bindings.first().map(|binding| self.csrf_token(binding)).unwrap_or_default();
        Ok(MaybeCaller { caller, visitor, csrf, bindings, core })
    }
}
