//! Extractors of the request's caller.
//!
//! * [`Caller`]: a person or client that is signed in at this service; refuses every other request
//! * [`MaybeCaller`]: for pages that also work signed out
//!
//! An unsafe request with a cookie as its credential has to come from this service's own pages (R9, RP11): both
//! extractors demand the `x-csrf-token` header on such requests. Handlers of forms take [`CsrfForm`](crate::CsrfForm),
//! which also accepts the token as a field.

use std::{fmt, marker::PhantomData, sync::Arc};

use axum::extract::{FromRef, FromRequestParts};
use http::request::Parts;
use protocol::access_token::AccessClaims;
use resource_server::{Reason as Access, server};

use crate::{
    forgery,
    identify::{Absent, Identified, NamedSession, Proof, Via},
    refusal::Refusal,
    relying_party::{Core, Realm, RelyingParty},
};

/// A verified caller of a service of realm `R`.
#[derive(Debug, Clone)]
pub struct Caller<R: Realm> {
    /// The verified access token's claims.
    pub claims: AccessClaims,
    /// The kind of credential.
    pub via: Via,
    core: Arc<Core>,
    realm: PhantomData<fn() -> R>,
}

/// The caller of a page that also works signed out.
#[derive(Clone)]
pub struct MaybeCaller<R: Realm> {
    /// The caller, or why there is none.
    pub caller: Result<Caller<R>, Absent>,
    /// This browser's visitor id, also before sign-in (empty for bearer callers). A secret: store only its hash.
    pub visitor: String,
    /// The CSRF token for forms on this page.
    pub csrf: String,
    /// The bindings accepted for this browser's CSRF tokens; `csrf` is bound to the first.
    pub(crate) bindings: Vec<String>,
    /// Hash of the id of the session that the cookie names.
    pub(crate) session: Option<String>,
    pub(crate) core: Arc<Core>,
}

/// Without the visitor id and the CSRF token.
impl<R: Realm> fmt::Debug for MaybeCaller<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MaybeCaller").field("caller", &self.caller).finish_non_exhaustive()
    }
}

impl Core {
    /// Verifies the caller and prepares the values for pages and forms. Doesn't check for forgery.
    pub(crate) async fn maybe<R: Realm>(self: &Arc<Self>, parts: &Parts) -> Result<MaybeCaller<R>, Refusal> {
        let Identified { proven, session } = self.identify(parts).await?;
        let caller = proven.map(|proven| Caller::new(self, proven));
        let core = Arc::clone(self);
        if caller.as_ref().is_ok_and(Caller::is_bearer) {
            let (visitor, csrf, bindings, session) = Default::default();
            return Ok(MaybeCaller { caller, visitor, csrf, bindings, session, core });
        }
        let visitor = self.visitor(parts)?;
        let (session, id_hash) = match session {
            Some(NamedSession { binding, id_hash }) => (Some(binding), Some(id_hash)),
            None => (None, None),
        };
        let bindings: Vec<String> = match (&caller, session) {
            (Ok(_) | Err(Absent::Unavailable), Some(session)) => vec![session],
            // accepts forms of pages that were loaded while the session was alive
            (_, session) => std::iter::once(forgery::visitor_binding(&visitor)).chain(session).collect(),
        };
        let csrf = bindings.first().map(|binding| self.csrf_token(binding)).unwrap_or_default();
        Ok(MaybeCaller { caller, visitor, csrf, bindings, session: id_hash, core })
    }
}

impl<R: Realm> Caller<R> {
    pub(crate) fn new(core: &Arc<Core>, proof: Proof) -> Self {
        let Proof { claims, via } = proof;
        Self { claims, via, core: Arc::clone(core), realm: PhantomData }
    }

    /// Whether the caller presented a bearer token.
    pub fn is_bearer(&self) -> bool {
        matches!(self.via, Via::Bearer)
    }

    /// The person's name on pages, as the realm sent it at sign-in. Never used for a decision (RS3).
    pub fn name(&self) -> Option<&str> {
        let Via::Session { profile, .. } = &self.via else { return None };
        profile.name.as_deref().or(profile.email.as_deref())
    }

    /// The identity of this person or client: issuer and subject together (RS3).
    pub fn key(&self) -> String {
        self.claims.key()
    }

    /// Requires a scope of the token; 403 otherwise (RS2).
    pub fn require_scope(&self, scope: &str) -> Result<(), Refusal> {
        self.hold(server::demand_scope(&self.claims, scope))
    }

    /// Requires a permission from the person's roles; 403 otherwise (RS2).
    pub fn require_permission(&self, permission: &str) -> Result<(), Refusal> {
        self.hold(server::demand_permission(&self.claims, permission))
    }

    /// Requires a sign-in at most `seconds` ago (RS4, RFC 9470).
    pub fn require_fresh(&self, seconds: i64) -> Result<(), Refusal> {
        self.hold(self.core.resource.demand_fresh(&self.claims, seconds))
    }

    fn hold(&self, found: Result<(), Access>) -> Result<(), Refusal> {
        found.map_err(|reason| self.core.refuse(reason))
    }
}

impl<R: Realm> MaybeCaller<R> {
    /// Whether the caller presented a bearer token.
    pub(crate) fn is_bearer(&self) -> bool {
        self.caller.as_ref().is_ok_and(Caller::is_bearer)
    }

    /// Counts the request against the caller's limit, if there is a caller.
    pub(crate) async fn admit(&self) -> Result<(), Refusal> {
        match &self.caller {
            Ok(caller) => self.core.admit(&caller.claims).await,
            Err(_) => Ok(()),
        }
    }

    /// The caller, or the refusal that says why there is none.
    pub fn require(&self) -> Result<&Caller<R>, Refusal> {
        self.caller.as_ref().map_err(|absent| self.core.refuse(absent.reason()))
    }
}

impl<R: Realm, S> FromRequestParts<S> for Caller<R>
where
    Arc<RelyingParty<R>>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let core = Arc::clone(&Arc::<RelyingParty<R>>::from_ref(state).core);
        let Identified { proven, session } = core.identify(parts).await?;
        let proven = proven.map_err(|absent| core.refuse(absent.reason()))?;
        core.admit(&proven.claims).await?;
        if let Some(session) = session {
            forgery::demand_header(&core, parts, &[session.binding])?;
        }
        Ok(Self::new(&core, proven))
    }
}

impl<R: Realm, S> FromRequestParts<S> for MaybeCaller<R>
where
    Arc<RelyingParty<R>>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let core = Arc::clone(&Arc::<RelyingParty<R>>::from_ref(state).core);
        let maybe: Self = core.maybe(parts).await?;
        maybe.admit().await?;
        if !maybe.is_bearer() {
            forgery::demand_header(&core, parts, &maybe.bindings)?;
        }
        Ok(maybe)
    }
}
