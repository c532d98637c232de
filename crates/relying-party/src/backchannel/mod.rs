//! `POST /backchannel-logout`: the realm ends sessions (OpenID Connect Back-Channel Logout 1.0; L2, L3).

pub(crate) mod store;

use crate::guard::{Core, RealmGuard, Side};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::CACHE_CONTROL;
use problem::Problem;
use protocol::jose::KeySet;
use protocol::logout;
use resource_server::keys::NotVerified;
use std::sync::Arc;
use store::Verdict;
use web::params::{FormParams, ParamsRejection};

/// Why a logout token has no effect.
#[derive(Debug)]
enum Fault {
    /// The request or the token is wrong.
    Invalid,
    /// It can't be judged or acted on now; the realm tries again.
    Unavailable,
}

pub(crate) async fn receive<R: Side>(
    State(guard): State<Arc<RealmGuard<R>>>,
    form: Result<FormParams, ParamsRejection>,
) -> Response {
    let ended = match &form {
        Ok(FormParams(params)) => match params.one("logout_token") {
            Ok(Some(token)) => guard.core.end_by_token(token).await,
            _ => Err(Fault::Invalid),
        },
        Err(_) => Err(Fault::Invalid),
    };
    match ended {
        Ok(sessions) => {
            tracing::info!(side = R::NAME, sessions, "the realm signed somebody out");
            (StatusCode::OK, [(CACHE_CONTROL, "no-store")]).into_response()
        }
        Err(Fault::Invalid) => {
            Problem::new(StatusCode::BAD_REQUEST, "invalid_request", "The logout token is not valid")
                .into_response()
        }
        Err(Fault::Unavailable) => {
            let title = "Temporarily unavailable";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", title).into_response()
        }
    }
}

impl Core {
    async fn end_by_token(&self, token: &str) -> Result<u64, Fault> {
        let (config, now) = (&self.config, self.clock.now());
        let verify =
            |keys: &KeySet| logout::verify_logout_token(keys, token, &config.issuer, &config.client_id, now);
        let claims =
            self.resource.keys().verify(self.clock.elapsed(), verify).await.map_err(|error| match error {
                NotVerified::NoKeys => Fault::Unavailable,
                NotVerified::Token(error) => {
                    tracing::warn!(side = self.side, ?error, "a logout token was refused");
                    Fault::Invalid
                }
            })?;
        match store::end(&self.db, &self.hash(&claims.jti), &claims).await {
            Ok(Verdict::Ended(sessions)) => Ok(sessions),
            Ok(Verdict::Replayed) => Err(Fault::Invalid),
            Err(error) => {
                tracing::error!(side = self.side, %error, "a logout token could not be acted on");
                Err(Fault::Unavailable)
            }
        }
    }
}
