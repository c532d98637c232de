//! Who calls: the extractors.
//!
//! * [`Caller`]: somebody signed in on this side, or a refusal
//! * [`MaybeCaller`]: for pages that also work signed out
//!
//! An unsafe request that a cookie authenticates has to be this side's own doing (R9, RP11): both extractors demand
//! the `x-csrf-token` header on such requests. Forms bring the token as a field: take
//! [`GuardedForm`](crate::GuardedForm) there.

use crate::form;
use crate::guard::{Core, RealmGuard, Side};
use crate::identify::Identified;
use crate::refusal::{Reason, Refusal};
use crate::session::Profile;
use axum::extract::{FromRef, FromRequestParts};
use http::request::Parts;
use protocol::access_token::AccessClaims;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// How a caller proved who it is.
#[derive(Clone)]
pub enum Via {
    /// By a bearer token.
    Bearer,
    /// By this side's session cookie.
    Session {
        /// The token for this session's forms: field `csrf` or header `x-csrf-token`.
        csrf: String,
        /// What to call the person on pages. Never decides anything (RS3).
        profile: Profile,
    },
}

/// Somebody signed in on side `R`.
#[derive(Debug, Clone)]
pub struct Caller<R: Side> {
    /// The verified access token's claims.
    pub claims: AccessClaims,
    /// How they were proved.
    pub via: Via,
    core: Arc<Core>,
    side: PhantomData<fn() -> R>,
}

/// Why nobody counts as signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// No credential came.
    SignedOut,
    /// The cookie of a session came that is over.
    Ended,
    /// Only the other side's session came.
    OtherSide,
    /// There is a session, and the realm can't be asked whether it still holds. It can be ended all the same.
    Unavailable,
}

impl Absent {
    /// As a refusal's reason.
    pub(crate) fn reason(self) -> Reason {
        match self {
            Self::SignedOut | Self::Ended => Reason::NoCredential,
            Self::OtherSide => Reason::OtherSideSession,
            Self::Unavailable => Reason::Unavailable,
        }
    }
}

/// Somebody on a page that also works signed out.
#[derive(Clone)]
pub struct MaybeCaller<R: Side> {
    /// Who, if signed in.
    pub caller: Result<Caller<R>, Absent>,
    /// This browser's own id, also before sign-in (empty for bearer callers). A secret: store only its hash.
    pub visitor: String,
    /// The token for forms on this page.
    pub csrf: String,
    /// What a token of this browser may be bound to; the first one binds those of this page.
    pub(crate) bindings: Vec<String>,
    pub(crate) core: Arc<Core>,
}

/// Without the CSRF token.
impl fmt::Debug for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bearer => "Bearer",
            Self::Session { .. } => "Session",
        })
    }
}

/// Without the visitor id and the CSRF token.
impl<R: Side> fmt::Debug for MaybeCaller<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MaybeCaller").field("caller", &self.caller).finish_non_exhaustive()
    }
}

impl<R: Side> Caller<R> {
    pub(crate) fn new(core: &Arc<Core>, (claims, via): (AccessClaims, Via)) -> Self {
        Self { claims, via, core: Arc::clone(core), side: PhantomData }
    }

    /// Whether a bearer token proved it.
    pub fn is_bearer(&self) -> bool {
        matches!(self.via, Via::Bearer)
    }

    /// The key of this person everywhere: issuer and subject together (RS3).
    pub fn key(&self) -> String {
        format!("{}|{}", self.claims.iss, self.claims.sub)
    }

    /// Demands a scope of the token, 403 otherwise (RS2).
    pub fn require_scope(&self, scope: &str) -> Result<(), Refusal> {
        if self.claims.scope.contains(scope) {
            return Ok(());
        }
        Err(self.core.refuse(Reason::MissingScope(scope.to_owned())))
    }

    /// Demands a permission from the person's roles, 403 otherwise (RS2).
    pub fn require_permission(&self, permission: &str) -> Result<(), Refusal> {
        if self.claims.permissions.iter().any(|held| held == permission) {
            return Ok(());
        }
        Err(self.core.refuse(Reason::MissingPermission(permission.to_owned())))
    }

    /// Demands a sign-in at most `seconds` ago (RS4, RFC 9470).
    pub fn require_fresh(&self, seconds: i64) -> Result<(), Refusal> {
        let (now, leeway) = (self.core.clock.now(), self.core.config.leeway);
        if self.claims.auth_time.is_some_and(|at| now - at <= seconds + leeway) {
            return Ok(());
        }
        let acr = self.core.config.required_acr.clone();
        Err(self.core.refuse(Reason::InsufficientAuthentication { acr, max_age: Some(seconds) }))
    }
}

impl<R: Side> MaybeCaller<R> {
    /// Whether a bearer token proved the caller.
    pub(crate) fn is_bearer(&self) -> bool {
        self.caller.as_ref().is_ok_and(Caller::is_bearer)
    }

    /// Takes the request out of the caller's bucket, if there is a caller.
    pub(crate) async fn admit(&self) -> Result<(), Refusal> {
        match &self.caller {
            Ok(caller) => self.core.admit(&caller.claims).await,
            Err(_) => Ok(()),
        }
    }

    /// The caller, or why there is none.
    pub fn require(&self) -> Result<&Caller<R>, Refusal> {
        self.caller.as_ref().map_err(|absent| self.core.refuse(absent.reason()))
    }
}

impl<R: Side, S> FromRequestParts<S> for Caller<R>
where
    Arc<RealmGuard<R>>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let core = Arc::clone(&Arc::<RealmGuard<R>>::from_ref(state).core);
        let Identified { proven, session } = core.identify(parts).await?;
        let proven = proven.map_err(|absent| core.refuse(absent.reason()))?;
        core.admit(&proven.0).await?;
        if let Some(binding) = session {
            form::demand_header(&core, parts, &[binding])?;
        }
        Ok(Self::new(&core, proven))
    }
}

impl<R: Side, S> FromRequestParts<S> for MaybeCaller<R>
where
    Arc<RealmGuard<R>>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let core = Arc::clone(&Arc::<RealmGuard<R>>::from_ref(state).core);
        let maybe: Self = core.maybe(parts).await?;
        maybe.admit().await?;
        if !maybe.is_bearer() {
            form::demand_header(&core, parts, &maybe.bindings)?;
        }
        Ok(maybe)
    }
}
