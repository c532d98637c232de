//! The ID token of a sign-in (OpenID Connect Core section 3.1.3.7; RP7).

use openidconnect::{
    AccessToken, AccessTokenHash, ClaimsVerificationError, Nonce, SignatureVerificationError,
    core::{CoreIdToken, CoreJwsSigningAlgorithm},
};
use protocol::{
    id_token::{Received, fits_sign_in},
    jose::TokenError,
};

use crate::{provider::OidcClient, relying_party::Core};

/// Why an ID token isn't accepted.
#[derive(Debug, thiserror::Error)]
pub(super) enum IdTokenError {
    /// The signing key isn't in the known key set; a newer set may have it.
    #[error("unknown key")]
    UnknownKey,
    /// A check of the `openidconnect` crate failed: signature, issuer, audience, expiry or nonce.
    #[error("{0}")]
    Claims(ClaimsVerificationError),
    /// It was issued to another client, or its times are impossible.
    #[error("{0}")]
    Receipt(TokenError),
    /// It belongs to another access token.
    #[error("at_hash differs")]
    AccessTokenHash,
    /// The sign-in lacks the required `acr`.
    #[error("acr is missing")]
    Acr,
    /// The sign-in is older than `max_age` allows.
    #[error("auth_time is missing or too old")]
    AuthTime,
}

/// The values that the ID token has to match.
pub(super) struct Expected<'a> {
    pub nonce: &'a str,
    pub access: &'a str,
    pub max_age: Option<i64>,
}

/// Verifies the ID token and returns its subject.
pub(super) fn verify(
    core: &Core,
    client: &OidcClient,
    token: &CoreIdToken,
    expected: &Expected<'_>,
) -> Result<String, IdTokenError> {
    let now = core.clock.now();
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        ])
        .set_time_fn(move || chrono::DateTime::from_timestamp(now, 0).unwrap_or_default());
    let claims =
        token.claims(&verifier, &Nonce::new(expected.nonce.to_owned())).map_err(|error| match error {
            ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
                IdTokenError::UnknownKey
            }
            error => IdTokenError::Claims(error),
        })?;
    let received = Received {
        azp: claims.authorized_party().map(|party| party.as_str()),
        iat: claims.issue_time().timestamp(),
        exp: claims.expiration().timestamp(),
    };
    fits_sign_in(&received, &core.config.client_id, now, core.config.leeway)
        .map_err(IdTokenError::Receipt)?;
    if let Some(hash) = claims.access_token_hash() {
        let access = AccessToken::new(expected.access.to_owned());
        let ours = token
            .signing_alg()
            .and_then(|alg| Ok((alg, token.signing_key(&verifier)?)))
            .map_err(|_| IdTokenError::AccessTokenHash)
            .and_then(|(alg, key)| {
                AccessTokenHash::from_token(&access, alg, key).map_err(|_| IdTokenError::AccessTokenHash)
            })?;
        if ours != *hash {
            return Err(IdTokenError::AccessTokenHash);
        }
    }
    let required = core.config.required_acr.as_deref();
    if required.is_some() && claims.auth_context_ref().map(|acr| acr.as_str()) != required {
        return Err(IdTokenError::Acr);
    }
    let recent = |max_age: i64| {
        claims.auth_time().is_some_and(|at| now - at.timestamp() <= max_age + core.config.leeway)
    };
    if expected.max_age.is_some_and(|max_age| !recent(max_age)) {
        return Err(IdTokenError::AuthTime);
    }
    Ok(claims.subject().as_str().to_owned())
}
