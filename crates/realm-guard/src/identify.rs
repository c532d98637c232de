//! From a request's credential to a verified identity.

use crate::caller::{Caller, MaybeCaller, Via};
use crate::credentials::{self, Presented};
use crate::guard::{Core, Side};
use crate::keys::NotVerified;
use crate::refusal::{Reason, Refusal};
use crate::session::LiveSession;
use crate::{cookies, form};
use http::request::Parts;
use protocol::access_token::AccessClaims;
use protocol::acr;
use std::sync::Arc;

/// Who a request comes from, before a CSRF check.
pub(crate) struct Identified {
    pub proven: Option<(AccessClaims, Via)>,
    /// What the CSRF token is bound to, when a session cookie proved it.
    pub binding: Option<String>,
    pub foreign: bool,
}

impl Core {
    /// A refusal in this guard's name.
    pub(crate) fn refuse(&self, reason: Reason) -> Refusal {
        let metadata = self.config.url(crate::metadata::PATH);
        Refusal::new(reason, metadata, &self.config.other_side)
    }

    /// The refusal of somebody who isn't signed in here.
    pub(crate) fn absent(&self, foreign: bool) -> Refusal {
        self.refuse(if foreign { Reason::OtherSideSession } else { Reason::NoCredential })
    }

    /// Verifies the credential of a request.
    pub(crate) async fn identify(self: &Arc<Self>, parts: &Parts) -> Result<Identified, Refusal> {
        let (cookie, other) = (&self.config.session.cookie, &self.config.other_side);
        let presented = credentials::presented(&parts.headers, &parts.uri, cookie, other);
        let mut found = Identified { proven: None, binding: None, foreign: false };
        match presented.map_err(|reason| self.refuse(reason))? {
            Presented::Nothing { foreign } => found.foreign = foreign,
            Presented::Bearer(token) => found.proven = Some((self.bearer(&token).await?, Via::Bearer)),
            Presented::Session(id) => {
                let live = self.live_session(&id).await.map_err(|_| self.refuse(Reason::Unavailable))?;
                if let Some(LiveSession { claims, profile }) = live {
                    let binding = form::session_binding(&id);
                    let csrf = self.csrf_token(&binding);
                    found.proven = Some((claims, Via::Session { csrf, profile }));
                    found.binding = Some(binding);
                }
            }
        }
        if let Some((claims, _)) = &found.proven {
            self.demand_acr(claims)?;
        }
        Ok(found)
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
        let Identified { proven, binding, foreign } = self.identify(parts).await?;
        let caller = proven.map(|proven| Caller::new(self, proven));
        let core = Arc::clone(self);
        if caller.as_ref().is_some_and(Caller::is_bearer) {
            let (visitor, csrf, binding) = Default::default();
            return Ok(MaybeCaller { caller, visitor, csrf, foreign, binding, core });
        }
        let visitor = self.visitor(parts)?;
        let binding = binding.unwrap_or_else(|| form::visitor_binding(&visitor));
        Ok(MaybeCaller { caller, csrf: self.csrf_token(&binding), visitor, foreign, binding, core })
    }
}
