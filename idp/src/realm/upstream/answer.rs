//! The answer of an upstream provider: its code is redeemed, its ID token verified (OpenID Connect Core section 3.1.3).

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use openid_client::{
    id_token::{self, Expected, IdTokenError},
    openidconnect::{
        AccessToken, AdditionalClaims, AuthorizationCode, OAuth2TokenResponse, PkceCodeVerifier,
        RequestTokenError, SubjectIdentifier, TokenResponse, UserInfoClaims,
        core::{CoreGenderClaim, CoreIdToken},
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Failed, Metadata, Upstream,
    claims::{self, Assertion, Said},
};
use crate::realm::Realm;

/// The allowed difference between its clock and ours, in seconds.
const LEEWAY: i64 = 60;

/// What came back, and what it has to match.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The authorization code.
    pub code: &'a str,
    /// The issuer that the answer names (RFC 9207).
    pub iss: Option<&'a str>,
    /// The nonce that the person was sent with.
    pub nonce: &'a str,
    /// The secret of PKCE.
    pub verifier: &'a str,
    /// When the person has signed in there at the earliest, Unix seconds.
    pub signed_in_since: Option<i64>,
}
opaque!(Answer<'_>);

/// Claims of userinfo that the crate does not know.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Others(Map<String, Value>);

impl AdditionalClaims for Others {}

impl Upstream {
    /// Redeems the code, and verifies who signed in there.
    ///
    /// # Errors
    /// Why there is no sign-in.
    pub async fn assertion(&self, realm: &Realm, answer: Answer<'_>) -> Result<Assertion, Failed> {
        let metadata = self.metadata(realm.elapsed()).await?;
        self.check_issuer(&metadata, answer.iss)?;
        let client = self.client(&metadata);
        let request = client.exchange_code(AuthorizationCode::new(answer.code.to_owned()));
        let request = request.map_err(|_| Failed::Unreachable)?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(answer.verifier.to_owned()));
        let tokens = request.request_async(&self.http).await.map_err(|error| {
            tracing::warn!(upstream = self.config.id, %error, "an upstream provider did not redeem a code");
            match error {
                RequestTokenError::Request(_) => Failed::Unreachable,
                _ => Failed::Refused,
            }
        })?;
        let access = tokens.access_token().secret();
        let token = tokens.id_token().ok_or(Failed::Refused)?;
        let expected = Expected {
            client_id: &self.config.client_id,
            nonce: answer.nonce,
            access,
            acr: None,
            signed_in_since: answer.signed_in_since,
            now: realm.now(),
            leeway: LEEWAY,
        };
        let subject = self.verified(realm, metadata, token, &expected).await?;
        // verified: now also the claims that the crate does not know
        let token = payload(token).ok_or(Failed::Refused)?;
        let userinfo = if claims::lacks_something(&self.config, &token) {
            self.userinfo(&client, access, &subject).await?
        } else {
            Map::new()
        };
        let said = Said { token: &token, userinfo: &userinfo };
        Ok(claims::assertion(&self.config, &realm.config.claims, subject, said))
    }

    /// The answer names the issuer that was asked, where it names one or the provider always does (RFC 9207 section 2.4).
    fn check_issuer(&self, metadata: &Metadata, named: Option<&str>) -> Result<(), Failed> {
        let always = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        match named {
            Some(iss) if iss == self.config.issuer => Ok(()),
            None if !always => Ok(()),
            _ => Err(Failed::Refused),
        }
    }

    /// Verifies the ID token, once more with newer keys if its key is unknown. Returns its subject.
    async fn verified(
        &self,
        realm: &Realm,
        metadata: Arc<Metadata>,
        token: &CoreIdToken,
        expected: &Expected<'_>,
    ) -> Result<String, Failed> {
        let verify = |metadata: &Metadata| {
            let client = self.client(metadata);
            let verifier = client.id_token_verifier().set_allowed_algs(id_token::WITH_PUBLIC_KEY);
            let claims = id_token::verify(verifier, token, expected)?;
            Ok(claims.subject().as_str().to_owned())
        };
        let mut verified = verify(&metadata);
        if matches!(verified, Err(IdTokenError::UnknownKey))
            && let Some(newer) = self.newer(&metadata, realm.elapsed()).await
        {
            verified = verify(&newer);
        }
        verified.map_err(|error| {
            tracing::warn!(upstream = self.config.id, %error, "an upstream provider's ID token was refused");
            if matches!(error, IdTokenError::AuthTime) { Failed::NotFresh } else { Failed::Refused }
        })
    }

    /// The claims of its userinfo endpoint, which must be about the same subject (section 5.3.2).
    async fn userinfo(
        &self,
        client: &super::Client,
        access: &str,
        subject: &str,
    ) -> Result<Map<String, Value>, Failed> {
        let subject = SubjectIdentifier::new(subject.to_owned());
        let access = AccessToken::new(access.to_owned());
        // a provider without the endpoint says in its ID token what it says
        let Ok(request) = client.user_info(access, Some(subject)) else { return Ok(Map::new()) };
        let claims: UserInfoClaims<Others, CoreGenderClaim> =
            request.request_async(&self.http).await.map_err(|error| {
                tracing::warn!(upstream = self.config.id, %error, "an upstream provider's userinfo was refused");
                Failed::Refused
            })?;
        match serde_json::to_value(claims) {
            Ok(Value::Object(claims)) => Ok(claims),
            _ => Err(Failed::Refused),
        }
    }
}

/// The claims of a token whose signature was verified.
fn payload(token: &CoreIdToken) -> Option<Map<String, Value>> {
    let text = token.to_string();
    let bytes = URL_SAFE_NO_PAD.decode(text.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&bytes).ok()
}
