//! Keys, clients and a forger for the tests. The forger signs any header and any payload, as an attacker would.
#![expect(dead_code, reason = "each test binary uses a part of it")]

use std::sync::{Arc, OnceLock};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use josekit::jwk::Jwk;
use protocol::{
    client::{AuthMethod, Authentication, Client, GrantType, IdTokenClaims, Pkce},
    client_auth::{self, AuthenticatedClient, Presented},
    jose::{Algorithm, KeySet, SigningKey},
    scope::Scope,
};
use serde_json::Value;

pub const ISSUER: &str = "https://id.example";
pub const AUDIENCE: &str = "https://api.example";
pub const NOW: i64 = 1_800_000_000;

fn private(cell: &'static OnceLock<String>, algorithm: Algorithm) -> &'static str {
    cell.get_or_init(|| SigningKey::generate(algorithm, 2048).unwrap().1)
}

pub fn es256_jwk() -> &'static str {
    static KEY: OnceLock<String> = OnceLock::new();
    private(&KEY, Algorithm::ES256)
}

pub fn rs256_jwk() -> &'static str {
    static KEY: OnceLock<String> = OnceLock::new();
    private(&KEY, Algorithm::RS256)
}

pub fn es256() -> SigningKey {
    SigningKey::from_private_jwk(es256_jwk()).unwrap()
}

pub fn rs256() -> SigningKey {
    SigningKey::from_private_jwk(rs256_jwk()).unwrap()
}

pub fn keys() -> &'static KeySet {
    static KEYS: OnceLock<KeySet> = OnceLock::new();
    KEYS.get_or_init(|| KeySet::from_keys(&[es256(), rs256()]).unwrap())
}

/// Signs header and payload as they are with the realm's ES256 key.
pub fn forge(header: &str, payload: &[u8]) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let jwk = Jwk::from_bytes(es256_jwk()).unwrap();
    let signature = josekit::jws::ES256.signer_from_jwk(&jwk).unwrap().sign(message.as_bytes()).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The header that a token of this type has.
pub fn header(typ: &str) -> String {
    serde_json::json!({ "alg": "ES256", "typ": typ, "kid": es256().kid() }).to_string()
}

/// Signs claims under the right header.
pub fn token(typ: &str, claims: &Value) -> String {
    forge(&header(typ), claims.to_string().as_bytes())
}

/// `claims` with one member changed, or removed for null.
pub fn with(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    let map = claims.as_object_mut().unwrap();
    if value.is_null() {
        map.remove(name)
    } else {
        map.insert(name.to_owned(), value)
    };
    claims
}

pub fn scope(text: &str) -> Scope {
    Scope::parse(text).unwrap()
}

/// A confidential third-party client with the secret `s3cret`.
pub fn client() -> Client {
    Client {
        id: "app".into(),
        name: "App".into(),
        authentication: Authentication::SecretPost,
        secret_hashes: vec![protocol::secret::hash("s3cret")],
        redirect_uris: vec!["https://app.example/cb".into(), "https://app.example/cb?kept=1".into()],
        post_logout_redirect_uris: vec![
            "https://app.example/bye".into(),
            "https://app.example/bye?a=1".into(),
        ],
        grant_types: GrantType::ALL.to_vec(),
        scope: scope("openid profile email offline_access orders"),
        first_party: false,
        pkce: Pkce::Required,
        rotate_refresh_tokens: true,
        id_token_alg: Algorithm::RS256,
        id_token_claims: IdTokenClaims::Scopes,
        backchannel_logout_uri: None,
        client_uri: None,
        tos_uri: None,
        policy_uri: None,
        allowed_origins: Vec::new(),
    }
}

/// The client after it proved itself.
pub fn authenticated(client: &Client) -> AuthenticatedClient {
    let presented = Presented {
        client_id: client.id.clone(),
        method: if client.is_confidential() { AuthMethod::SecretPost } else { AuthMethod::None },
        secret: client.is_confidential().then(|| "s3cret".to_owned()),
    };
    client_auth::judge(&presented, Some(&Arc::new(client.clone()))).unwrap()
}
