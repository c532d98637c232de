//! Test support for services: a realm that signs tokens.
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "test support: a failure here is a failed test"
)]

use std::{future::Future, pin::Pin};

use protocol::{
    access_token::AccessClaims,
    acr::{self, Amr},
    jose::{ACCESS_TOKEN, Algorithm, SigningKey},
    scope::Scope,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::keys::{KeySource, Unreachable};

/// A realm without a server: it provides its keys directly and signs any claims.
#[derive(Debug, Clone)]
pub struct TestRealm {
    /// Its issuer.
    pub issuer: String,
    key: SigningKey,
}

impl TestRealm {
    /// A realm with a fresh ES256 key.
    pub fn new(issuer: &str) -> Self {
        let (_, private) = SigningKey::generate(Algorithm::ES256, 2048).unwrap();
        Self { issuer: issuer.to_owned(), key: SigningKey::from_private_jwk(&private).unwrap() }
    }

    /// Its public keys.
    pub fn jwks(&self) -> Value {
        json!({ "keys": [self.key.public_jwk()] })
    }

    /// The key's id.
    pub fn kid(&self) -> &str {
        self.key.kid()
    }

    /// Claims of a valid access token: user `user-1`, session `sid-1`, five minutes, two factors.
    pub fn claims(&self, audience: &str, now: i64) -> AccessClaims {
        AccessClaims {
            iss: self.issuer.clone(),
            sub: "user-1".to_owned(),
            aud: vec![audience.to_owned()],
            exp: now + 300,
            iat: now,
            jti: "grant-1.token-1".to_owned(),
            client_id: "client".to_owned(),
            scope: Scope::parse("openid orders").unwrap(),
            auth_time: Some(now),
            acr: Some(acr::MULTI.to_owned()),
            amr: Amr::from_iter(["pwd", "otp", "mfa"]),
            sid: Some("sid-1".to_owned()),
            roles: Vec::new(),
            permissions: Vec::new(),
            team: None,
        }
    }

    /// An access token with these claims.
    pub fn access_token(&self, claims: &AccessClaims) -> String {
        self.sign(ACCESS_TOKEN, claims)
    }

    /// A token of any type with these claims.
    pub fn sign(&self, typ: &str, claims: &impl Serialize) -> String {
        self.key.sign(typ, claims).unwrap()
    }
}

impl KeySource for TestRealm {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<String, Unreachable>> + Send + '_>> {
        Box::pin(async { Ok(self.jwks().to_string()) })
    }
}
