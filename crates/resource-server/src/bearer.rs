//! The extractor [`Bearer`] of the caller.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use http::request::Parts;
use protocol::access_token::AccessClaims;

use crate::{
    keys::NotVerified,
    refusal::{Reason, Refusal},
    server::{self, ResourceServer},
    token,
};

/// A caller with a valid access token. A request without one is refused with 401 and a challenge.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The verified access token's claims.
    pub claims: AccessClaims,
    server: Arc<ResourceServer>,
}

impl Bearer {
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
        self.hold(self.server.demand_fresh(&self.claims, seconds))
    }

    fn hold(&self, found: Result<(), Reason>) -> Result<(), Refusal> {
        found.map_err(|reason| self.server.refuse(reason))
    }
}

impl<S> FromRequestParts<S> for Bearer
where
    Arc<ResourceServer>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let server = Arc::<ResourceServer>::from_ref(state);
        match identify(&server, parts).await {
            Ok(claims) => Ok(Self { claims, server }),
            Err(reason) => Err(server.refuse(reason)),
        }
    }
}

async fn identify(server: &ResourceServer, parts: &Parts) -> Result<AccessClaims, Reason> {
    let token = token::presented(&parts.headers, &parts.uri)?.ok_or(Reason::NoCredential)?;
    let claims = server.verify(&token).await.map_err(|error| match error {
        NotVerified::NoKeys => Reason::Unavailable,
        NotVerified::Token(error) => {
            tracing::info!(?error, "bearer token refused");
            Reason::InvalidToken
        }
    })?;
    server.demand_acr(&claims)?;
    Ok(claims)
}
