//! The ID token of a sign-in (OpenID Connect Core section 3.1.3.7; RP7).

use openidconnect::{
    AccessToken, AccessTokenHash, ClaimsVerificationError, Nonce, SignatureVerificationError,
    core::{CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm},
};
use protocol::{
    id_token::{Received, fits_sign_in},
    jose::TokenError,
};

/// Why an ID token isn't accepted.
#[derive(Debug, thiserror::Error)]
pub enum IdTokenError {
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
    /// The sign-in is older than was asked for.
    #[error("auth_time is missing or too old")]
    AuthTime,
}

/// The values that the ID token has to match.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    /// The client that asked for it.
    pub client_id: &'a str,
    /// The nonce of the authorization request.
    pub nonce: &'a str,
    /// The access token that came with it.
    pub access: &'a str,
    /// The `acr` that it must have.
    pub acr: Option<&'a str>,
    /// When the person signed in at the earliest, Unix seconds, where a fresh sign-in was asked for.
    pub signed_in_since: Option<i64>,
    /// The present time, Unix seconds.
    pub now: i64,
    /// The allowed clock difference in seconds.
    pub leeway: i64,
}

/// Without the tokens.
impl std::fmt::Debug for Expected<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Expected").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// Verifies the ID token and returns its claims. The verifier decides about issuer, audience, keys and algorithms.
///
/// # Errors
/// The first rule that the token breaks.
pub fn verify<'t>(
    verifier: CoreIdTokenVerifier<'_>,
    token: &'t CoreIdToken,
    expected: &Expected<'_>,
) -> Result<&'t CoreIdTokenClaims, IdTokenError> {
    let Expected { now, leeway, .. } = *expected;
    let verifier = verifier.set_time_fn(move || chrono::DateTime::from_timestamp(now, 0).unwrap_or_default());
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
    fits_sign_in(&received, expected.client_id, now, leeway).map_err(IdTokenError::Receipt)?;
    if let Some(hash) = claims.access_token_hash()
        && !belongs_to(token, &verifier, expected.access, hash)
    {
        return Err(IdTokenError::AccessTokenHash);
    }
    if expected.acr.is_some() && claims.auth_context_ref().map(|acr| acr.as_str()) != expected.acr {
        return Err(IdTokenError::Acr);
    }
    // a time ahead of the clock is not fresh
    let times = |since: i64| since.saturating_sub(leeway)..=expected.now.saturating_add(leeway);
    let is_recent = |since: i64| claims.auth_time().is_some_and(|at| times(since).contains(&at.timestamp()));
    if expected.signed_in_since.is_some_and(|since| !is_recent(since)) {
        return Err(IdTokenError::AuthTime);
    }
    Ok(claims)
}

/// Whether the token was issued together with this access token (section 3.1.3.8).
fn belongs_to(
    token: &CoreIdToken,
    verifier: &CoreIdTokenVerifier<'_>,
    access: &str,
    hash: &AccessTokenHash,
) -> bool {
    let access = AccessToken::new(access.to_owned());
    let ours = token.signing_alg().ok().and_then(|alg| {
        let key = token.signing_key(verifier).ok()?;
        AccessTokenHash::from_token(&access, alg, key).ok()
    });
    ours.is_some_and(|ours| ours == *hash)
}

/// The algorithms of realms.
pub const OF_REALMS: [CoreJwsSigningAlgorithm; 2] =
    [CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, CoreJwsSigningAlgorithm::EcdsaP256Sha256];

/// Every algorithm with a public key: what a provider signs with that is none of ours. Nothing that is signed with the
/// client's secret, or not at all.
pub const WITH_PUBLIC_KEY: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];
