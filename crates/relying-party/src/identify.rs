//! Verifies a request's credential.

use std::{fmt, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::request::Parts;
use protocol::{access_token::AccessClaims, secret};
use resource_server::{Reason as Access, keys::NotVerified, metadata};
use web::client_address;

use crate::{
    cookies,
    credentials::{self, Presented},
    forgery,
    refusal::{Reason, Refusal},
    relying_party::Core,
    session::{LiveSession, Profile, Unavailable},
};

/// A request's sender, before the CSRF check.
pub(crate) struct Identified {
    pub proven: Result<Proof, Absent>,
    /// The session of the request's cookie; also present when it is over.
    pub session: Option<NamedSession>,
}

/// The session that a cookie names.
pub(crate) struct NamedSession {
    /// The value that its CSRF tokens are bound to.
    pub binding: String,
    /// Hash of its id.
    pub id_hash: String,
}

/// A verified caller.
pub(crate) struct Proof {
    /// The verified access token's claims.
    pub claims: AccessClaims,
    /// The kind of credential.
    pub via: Via,
}

/// The kind of credential that a caller was verified by.
#[derive(Clone)]
pub enum Via {
    /// A bearer token.
    Bearer,
    /// This service's session cookie.
    Session {
        /// The token for this session's forms: field `csrf` or header `x-csrf-token`.
        csrf: String,
        /// The person's name on pages. Never used for a decision (RS3).
        profile: Profile,
    },
}

/// Why a request has no signed-in caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// The request has no credential.
    SignedOut,
    /// The cookie's session is over.
    Ended,
    /// The request has only the other realm's session cookie.
    OtherRealm,
    /// There is a session, but the realm can't be asked whether it is still valid. Signing out works nevertheless.
    Unavailable,
}

impl Absent {
    /// As a refusal's reason.
    pub(crate) fn reason(self) -> Reason {
        match self {
            Self::SignedOut | Self::Ended => Access::NoCredential.into(),
            Self::OtherRealm => Reason::OtherRealmSession,
            Self::Unavailable => Access::Unavailable.into(),
        }
    }
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

impl Core {
    /// A refusal of this service.
    pub(crate) fn refuse(&self, reason: impl Into<Reason>) -> Refusal {
        let metadata = self.config.url(metadata::PATH);
        Refusal::new(reason.into(), metadata, &self.config.other_realm)
    }

    /// Verifies the credential of a request.
    pub(crate) async fn identify(self: &Arc<Self>, parts: &Parts) -> Result<Identified, Refusal> {
        let (cookie, other) = (&self.config.session.cookie, &self.config.other_realm);
        let presented = credentials::presented(&parts.headers, &parts.uri, cookie, other);
        let found = match presented.map_err(|reason| self.refuse(reason))? {
            Presented::Nothing { foreign } => {
                let absent = if foreign { Absent::OtherRealm } else { Absent::SignedOut };
                Identified { proven: Err(absent), session: None }
            }
            Presented::Bearer(token) => {
                let proof = Proof { claims: self.bearer(&token).await?, via: Via::Bearer };
                Identified { proven: Ok(proof), session: None }
            }
            Presented::Session(id) => {
                let binding = forgery::session_binding(&id);
                let proven = self.session(&id, &binding).await?;
                Identified { proven, session: Some(NamedSession { binding, id_hash: self.hash(&id) }) }
            }
        };
        if let Ok(Proof { claims, .. }) = &found.proven {
            self.resource.demand_acr(claims).map_err(|reason| self.refuse(reason))?;
        }
        Ok(found)
    }

    /// An unreachable realm doesn't refuse the request here: public pages stay available.
    async fn session(self: &Arc<Self>, id: &str, binding: &str) -> Result<Result<Proof, Absent>, Refusal> {
        match self.live_session(id).await {
            Ok(Some(LiveSession { claims, profile })) => {
                let via = Via::Session { csrf: self.csrf_token(binding), profile };
                Ok(Ok(Proof { claims, via }))
            }
            Ok(None) => Ok(Err(Absent::Ended)),
            Err(Unavailable::Realm) => Ok(Err(Absent::Unavailable)),
            Err(Unavailable::Database(_) | Unavailable::Sealing(_)) => Err(self.refuse(Access::Unavailable)),
        }
    }

    async fn bearer(&self, token: &str) -> Result<AccessClaims, Refusal> {
        self.resource.verify(token).await.map_err(|error| match error {
            NotVerified::NoKeys => self.refuse(Access::Unavailable),
            NotVerified::Token(error) => {
                let foreign = credentials::claimed_issuer(token)
                    .is_some_and(|issuer| issuer == self.config.other_realm.issuer);
                tracing::info!(realm = self.realm, ?error, foreign, "bearer token refused");
                self.refuse(if foreign { Reason::OtherRealmToken } else { Access::InvalidToken.into() })
            }
        })
    }

    /// Counts a request of a person or client against its limit (POOL-4). The limiter only gets a keyed hash of their
    /// names.
    pub(crate) async fn admit(&self, claims: &AccessClaims) -> Result<(), Refusal> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        let caller = secret::hmac(&self.counting, &[&claims.client_id, &claims.sub]);
        let caller = URL_SAFE_NO_PAD.encode(caller);
        match limiter.admit(&caller, self.clock.now()).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.refuse(Reason::TooMany { retry: limiter.pace().retry_seconds() })),
            Err(error) => {
                tracing::error!(realm = self.realm, %error, "counting a caller's requests failed");
                Err(self.refuse(Access::Unavailable))
            }
        }
    }

    /// Keyed hash of the client's address, or of its IPv6 /64.
    pub(crate) fn source(&self, parts: &Parts) -> String {
        let client = self.config.proxies.client(&parts.extensions, &parts.headers);
        let address = client_address::subscriber(client).to_string();
        URL_SAFE_NO_PAD.encode(secret::hmac(&self.counting, &["source", &address]))
    }

    /// This browser's visitor id. A new browser gets one with the response.
    pub(crate) fn visitor(&self, parts: &Parts) -> Result<String, Refusal> {
        let cookie = &self.config.session.visitor_cookie;
        if let Some(id) = cookie.read(&parts.headers) {
            return Ok(id);
        }
        let id = clock::random::token(&*self.random);
        if cookies::add(parts, cookie.set(&id, None)) {
            return Ok(id);
        }
        tracing::error!("a page is served without the send_cookies middleware");
        Err(self.refuse(Reason::Internal))
    }
}
