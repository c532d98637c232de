//! Calls to the token endpoint.

use std::fmt;

use openidconnect::{
    AccessToken, AuthorizationCode, OAuth2TokenResponse, PkceCodeVerifier, RefreshToken, RequestTokenError,
    SubjectIdentifier, TokenResponse, UserInfoError,
    core::{CoreErrorResponseType, CoreIdToken, CoreJsonWebKeySet, CoreTokenResponse},
    http::StatusCode,
};

use super::{OidcClient, Provider};

/// The token endpoint's answer.
#[derive(Clone)]
pub(crate) struct Fresh {
    pub access: String,
    pub refresh: Option<String>,
    pub id: Option<String>,
    /// Lifetime of the access token in seconds. The realm may leave it out (RFC 6749 section 5.1).
    pub expires_in: Option<i64>,
}

impl fmt::Debug for Fresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fresh").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

/// Why a refresh brought no tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefreshError {
    /// The realm answered `invalid_grant`: the refresh token is no longer valid.
    Refused,
    /// Any other failure, for example a wrong client secret. It doesn't mean that the session has ended.
    Unreachable,
}

/// Why an authorization code brought no tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExchangeError {
    /// The realm refused.
    Refused,
    /// The realm gave no usable answer.
    Unreachable,
}

impl Provider {
    /// Exchanges an authorization code for tokens. Returns the parsed ID token as well, if the realm sent one.
    pub async fn exchange(
        &self,
        client: &OidcClient,
        code: &str,
        verifier: &str,
    ) -> Result<(Fresh, Option<CoreIdToken>), ExchangeError> {
        let request = client.exchange_code(AuthorizationCode::new(code.to_owned()));
        let request = request.map_err(|_| ExchangeError::Unreachable)?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        let answer = request.request_async(&self.http).await.map_err(|error| {
            tracing::warn!(%error, "the code was not redeemed");
            match error {
                RequestTokenError::ServerResponse(_) => ExchangeError::Refused,
                _ => ExchangeError::Unreachable,
            }
        })?;
        Ok((fresh(&answer), answer.id_token().cloned()))
    }

    /// Exchanges a refresh token for new tokens.
    pub async fn refresh(&self, token: &str) -> Result<Fresh, RefreshError> {
        let unreachable = |_| RefreshError::Unreachable;
        let client = self.client(CoreJsonWebKeySet::default()).await.map_err(unreachable)?;
        let token = RefreshToken::new(token.to_owned());
        let request = client.exchange_refresh_token(&token).map_err(|_| RefreshError::Unreachable)?;
        let answer = request.request_async(&self.http).await.map_err(|error| {
            tracing::warn!(%error, "a session's tokens were not renewed");
            match error {
                RequestTokenError::ServerResponse(answer)
                    if *answer.error() == CoreErrorResponseType::InvalidGrant =>
                {
                    RefreshError::Refused
                }
                _ => RefreshError::Unreachable,
            }
        })?;
        Ok(fresh(&answer))
    }

    /// Asks the realm's userinfo endpoint whether the access token is still valid: the realm revokes it with the
    /// session that it belongs to. Returns `Ok` for a realm without such an endpoint.
    pub async fn vouch(&self, client: &OidcClient, access: &str) -> Result<(), ExchangeError> {
        let Ok(request) = client.user_info(AccessToken::new(access.to_owned()), None) else { return Ok(()) };
        let answer: Result<openidconnect::core::CoreUserInfoClaims, _> =
            request.request_async(&self.http).await;
        match answer {
            Ok(_) => Ok(()),
            Err(error) if is_refusal(&error) => Err(ExchangeError::Refused),
            Err(error) => {
                tracing::warn!(%error, "the userinfo endpoint could not confirm an access token");
                Err(ExchangeError::Unreachable)
            }
        }
    }

    /// The person's name and e-mail address from the userinfo endpoint. Empty when the request fails: a sign-in goes on
    /// without them.
    pub async fn profile(&self, client: &OidcClient, access: &str, subject: &str) -> crate::Profile {
        let subject = SubjectIdentifier::new(subject.to_owned());
        let Ok(request) = client.user_info(AccessToken::new(access.to_owned()), Some(subject)) else {
            return crate::Profile::default();
        };
        let claims: openidconnect::core::CoreUserInfoClaims = match request.request_async(&self.http).await {
            Ok(claims) => claims,
            Err(error) => {
                tracing::info!(%error, "the userinfo endpoint gave no name");
                return crate::Profile::default();
            }
        };
        let name = claims.name().and_then(|names| names.get(None)).map(|name| name.as_str().to_owned());
        crate::Profile { name, email: claims.email().map(|email| email.as_str().to_owned()) }
    }
}

fn is_refusal<E: std::error::Error>(error: &UserInfoError<E>) -> bool {
    matches!(error, UserInfoError::Response(status, ..) if *status == StatusCode::UNAUTHORIZED)
}

fn fresh(answer: &CoreTokenResponse) -> Fresh {
    Fresh {
        access: answer.access_token().secret().clone(),
        refresh: answer.refresh_token().map(|token| token.secret().clone()),
        id: answer.id_token().map(ToString::to_string),
        expires_in: answer.expires_in().and_then(|lifetime| i64::try_from(lifetime.as_secs()).ok()),
    }
}
