//! ID tokens (OpenID Connect Core section 2).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use crate::{
    acr::Amr,
    claims::{self, MAX_LIFETIME, Window},
    jose::{self, Algorithm, KeySet, TokenError},
};

/// The content of an ID token.
#[derive(Debug, Clone, Copy)]
pub struct IdTokenInput<'a> {
    /// The realm's issuer.
    pub issuer: &'a str,
    /// The user's `sub`.
    pub subject: &'a str,
    /// The client, which is the only audience.
    pub client_id: &'a str,
    /// Time of issue, Unix seconds.
    pub issued_at: i64,
    /// Expiry, Unix seconds.
    pub expires_at: i64,
    /// When the user signed in, Unix seconds.
    pub auth_time: i64,
    /// The nonce of the authorization request, unchanged; `None` at a refresh.
    pub nonce: Option<&'a str>,
    /// Authentication context of the sign-in.
    pub acr: &'a str,
    /// Methods of the sign-in.
    pub amr: &'a Amr,
    /// The user's session at the provider.
    pub sid: Option<&'a str>,
    /// Hash of the access token issued beside it, see [`at_hash`].
    pub at_hash: Option<&'a str>,
    /// Claims about the user, see [`crate::userinfo::id_token_claims`]. They can't replace the claims above.
    pub user_claims: &'a Map<String, Value>,
}

/// The claims of an ID token, ready to be signed with `typ` [`jose::ID_TOKEN`].
pub fn claims(input: &IdTokenInput) -> Map<String, Value> {
    let mut map = Map::new();
    let mut put = |name: &str, value: Value| {
        map.insert(name.to_owned(), value);
    };
    put("iss", json!(input.issuer));
    put("sub", json!(input.subject));
    put("aud", json!(input.client_id));
    put("exp", json!(input.expires_at));
    put("iat", json!(input.issued_at));
    put("auth_time", json!(input.auth_time));
    put("acr", json!(input.acr));
    if !input.amr.is_empty() {
        put("amr", json!(input.amr));
    }
    for (name, text) in [("nonce", input.nonce), ("sid", input.sid), ("at_hash", input.at_hash)] {
        if let Some(text) = text {
            put(name, json!(text));
        }
    }
    for (name, value) in input.user_claims {
        map.entry(name.clone()).or_insert_with(|| value.clone());
    }
    map
}

/// `at_hash` (section 3.1.3.6): the left half of the hash that the signature algorithm uses, here always SHA-256.
pub fn at_hash(algorithm: Algorithm, access_token: &str) -> String {
    match algorithm {
        Algorithm::RS256 | Algorithm::ES256 => {
            let digest = crate::secret::sha256(access_token.as_bytes());
            URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or_default())
        }
    }
}

/// How old an ID token may be when a client receives it in a sign-in, in seconds. No sign-in takes longer.
pub const MAX_AGE: i64 = 600;

/// Claims of an ID token that a client received in a sign-in. Its signature, issuer, audience and nonce are already
/// verified.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    /// The client that it was issued to, if the token has the claim.
    pub azp: Option<&'a str>,
    /// Time of issue, Unix seconds.
    pub iat: i64,
    /// Expiry, Unix seconds.
    pub exp: i64,
}

/// The further checks of a relying party (section 3.1.3.7). `azp` names no other client (rules 4 and 5). The lifetime
/// is reasonable and not over (rule 9). The token was issued for this sign-in, neither long ago nor in the future (rule
/// 10). `leeway` is the allowed clock difference in seconds.
pub fn fits_sign_in(received: &Received, client_id: &str, now: i64, leeway: i64) -> Result<(), TokenError> {
    if received.azp.is_some_and(|azp| azp != client_id) {
        return Err(TokenError::Claim("azp"));
    }
    Window { now, leeway, max_lifetime: MAX_LIFETIME }.judge(received.iat, received.exp)?;
    if received.iat < now.saturating_sub(MAX_AGE).saturating_sub(leeway) {
        return Err(TokenError::Claim("iat"));
    }
    Ok(())
}

/// The claims of an ID token that was sent as `id_token_hint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The user.
    pub sub: String,
    /// The session in which it was issued.
    pub sid: Option<String>,
    /// The clients it was issued to.
    pub aud: Vec<String>,
    /// When it was issued, Unix seconds.
    pub issued_at: i64,
}

/// Verifies an ID token of this issuer that comes back as a hint. An expired one is accepted, because a hint only names
/// a user. A wrong issuer, type or signature is an error.
pub fn verify_hint(keys: &KeySet, token: &str, issuer: &str) -> Result<Hint, TokenError> {
    let map = keys.verify(token, &[jose::ID_TOKEN])?;
    claims::issuer(&map, issuer)?;
    // an access token can have the same `typ`, but is no ID token
    if map.contains_key("client_id") {
        return Err(TokenError::Claim("client_id"));
    }
    Ok(Hint {
        sub: claims::text(&map, "sub")?,
        sid: claims::opt_text(&map, "sid")?,
        aud: claims::audience(&map)?,
        issued_at: claims::time(&map, "iat")?,
    })
}
