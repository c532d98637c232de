//! `POST /backchannel-logout`: the realm ends sessions (OpenID Connect Back-Channel Logout 1.0; L2, L3).

pub(crate) mod store;

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header::CACHE_CONTROL};
use problem::Problem;
use protocol::{jose::KeySet, logout};
use resource_server::keys::NotVerified;
use store::Verdict;
use web::params::{FormParams, ParamsRejection};

use crate::relying_party::{Core, Realm, RelyingParty};

/// Why a logout token is refused.
#[derive(Debug)]
enum LogoutError {
    /// The request or the token is wrong.
    Invalid,
    /// The token can't be verified or acted on now; the realm may send it again.
    Unavailable,
}

pub(crate) async fn receive<R: Realm>(
    State(relying_party): State<Arc<RelyingParty<R>>>,
    form: Result<FormParams, ParamsRejection>,
) -> Response {
    let ended = match &form {
        Ok(FormParams(params)) => match params.one("logout_token") {
            Ok(Some(token)) => relying_party.core.end_by_token(token).await,
            _ => Err(LogoutError::Invalid),
        },
        Err(_) => Err(LogoutError::Invalid),
    };
    match ended {
        Ok(sessions) => {
            tracing::info!(realm = R::NAME, sessions, "the realm signed somebody out");
            (StatusCode::OK, [(CACHE_CONTROL, "no-store")]).into_response()
        }
        Err(LogoutError::Invalid) => {
            Problem::new(StatusCode::BAD_REQUEST, "invalid_request", "The logout token is not valid")
                .into_response()
        }
        Err(LogoutError::Unavailable) => {
            let title = "Temporarily unavailable";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", title).into_response()
        }
    }
}

impl Core {
    async fn end_by_token(&self, token: &str) -> Result<u64, LogoutError> {
        let (config, now) = (&self.config, self.clock.now());
        let verify =
            |keys: &KeySet| logout::verify_logout_token(keys, token, &config.issuer, &config.client_id, now);
        let claims =
            self.resource.keys().verify(self.clock.elapsed(), verify).await.map_err(|error| match error {
                NotVerified::NoKeys => LogoutError::Unavailable,
                NotVerified::Token(error) => {
                    tracing::warn!(realm = self.realm, ?error, "a logout token was refused");
                    LogoutError::Invalid
                }
            })?;
        match store::end(&self.db, &self.hash(&claims.jti), &claims).await {
            Ok(Verdict::Ended(sessions)) => Ok(sessions),
            Ok(Verdict::Replayed) => Err(LogoutError::Invalid),
            Err(error) => {
                tracing::error!(realm = self.realm, %error, "a logout token could not be acted on");
                Err(LogoutError::Unavailable)
            }
        }
    }
}
