use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

use super::{Algorithm, KeySet};
use crate::strict_json;

/// Longest accepted token, in bytes.
pub const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// Why a token is refused. This is for logs and metrics; a remote party learns only that it was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a compact JWS with a readable header and claims, or one with `crit`.
    #[error("the token is malformed")]
    Malformed,
    /// Longer than [`MAX_TOKEN_BYTES`].
    #[error("the token is too large")]
    TooLarge,
    /// An algorithm that is not supported, or not the key's.
    #[error("the token has the wrong algorithm")]
    Algorithm,
    /// The `typ` of a token for another purpose.
    #[error("the token has the wrong type")]
    Type,
    /// No key has this id, which comes from the token. The caller may fetch new keys, at most once per cool-down.
    #[error("the token names an unknown key")]
    UnknownKey(String),
    /// The signature does not verify.
    #[error("the signature is wrong")]
    Signature,
    /// This claim is missing or not acceptable.
    #[error("the claim {0} is missing or not acceptable")]
    Claim(&'static str),
    /// The token is valid, but has expired.
    #[error("the token is expired")]
    Expired,
}

impl TokenError {
    /// The reason without any text from the token.
    pub const fn why(&self) -> &'static str {
        match self {
            Self::Malformed | Self::TooLarge => "the token is malformed",
            Self::Algorithm | Self::Type => "the token has the wrong type or algorithm",
            Self::UnknownKey(_) => "the token was signed with a key that is not this realm's",
            Self::Signature => "the signature of the token is wrong",
            Self::Claim(_) => "a claim of the token is missing or not acceptable",
            Self::Expired => "the token has expired",
        }
    }
}

impl KeySet {
    /// Verifies a compact JWS that a key of this set has signed, with one of these `typ` values (compared as in RFC
    /// 7515 section 4.1.9), and returns its claims. The key determines the algorithm, and the header must agree. `jku`,
    /// `x5u`, `jwk` and `x5c` are ignored. The claims are not checked here.
    pub fn verify(&self, token: &str, typ: &[&str]) -> Result<Map<String, Value>, TokenError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(TokenError::TooLarge);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let (header, payload) = message.split_once('.').ok_or(TokenError::Malformed)?;
        let header = object(header)?;
        if header.contains_key("crit") {
            return Err(TokenError::Malformed);
        }
        let member = |name: &str| header.get(name).and_then(Value::as_str);
        let algorithm = member("alg").and_then(Algorithm::parse).ok_or(TokenError::Algorithm)?;
        let presented = member("typ").map(media_type).ok_or(TokenError::Type)?;
        if !typ.iter().any(|wanted| wanted.eq_ignore_ascii_case(presented)) {
            return Err(TokenError::Type);
        }
        let kid = member("kid").ok_or(TokenError::Malformed)?;
        let key = self.find(kid).ok_or_else(|| TokenError::UnknownKey(kid.to_owned()))?;
        if key.algorithm != algorithm {
            return Err(TokenError::Algorithm);
        }
        let signature = decode(signature)?;
        if !key.verifies(message.as_bytes(), &signature) {
            return Err(TokenError::Signature);
        }
        object(payload)
    }
}

/// The media type without `application/`, which `typ` may leave out (RFC 7515 section 4.1.9).
fn media_type(typ: &str) -> &str {
    match typ.split_at_checked("application/".len()) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case("application/") && !rest.contains('/') => rest,
        _ => typ,
    }
}

/// Decodes strict base64url. Another spelling of the same bytes (padding, stray final bits) is refused.
fn decode(part: &str) -> Result<Vec<u8>, TokenError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Malformed)
}

fn object(part: &str) -> Result<Map<String, Value>, TokenError> {
    strict_json::object(&decode(part)?).ok_or(TokenError::Malformed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::jose::testing;

    #[test]
    fn k6_typ_is_compared_without_case_and_with_or_without_application() {
        let claims = json!({ "a": 1 }).as_object().cloned().unwrap();
        let keys = testing::keys();
        for typ in ["at+jwt", "AT+JWT", "application/at+jwt", "Application/at+jwt"] {
            let token = testing::es256().sign(typ, &claims).unwrap();
            assert_eq!(keys.verify(&token, &["at+jwt"]), Ok(claims.clone()), "{typ}");
        }
        for typ in ["JWT", "", "logout+jwt", "application/x/at+jwt", "application/application/at+jwt"] {
            let token = testing::es256().sign(typ, &claims).unwrap();
            assert_eq!(keys.verify(&token, &["at+jwt"]), Err(TokenError::Type), "{typ}");
        }
    }

    #[test]
    fn k4_a_key_of_another_issuer_is_unknown_here() {
        let token = testing::rs256().sign("at+jwt", &Map::new()).unwrap();
        let other = KeySet::from_keys(&[testing::es256().clone()]).unwrap();
        assert_eq!(
            other.verify(&token, &["at+jwt"]),
            Err(TokenError::UnknownKey(testing::rs256().kid().into()))
        );
    }

    #[test]
    fn k10_what_is_no_compact_jws_is_malformed() {
        let keys = testing::keys();
        for token in ["", "a", "a.b", "..", "a.b.c", "a.b.c.d.e", "{}", "e30.e30.", "\u{feff}e30.e30.AA"] {
            assert!(keys.verify(token, &["JWT"]).is_err(), "{token}");
        }
        assert_eq!(keys.verify(&"a".repeat(MAX_TOKEN_BYTES + 1), &["JWT"]), Err(TokenError::TooLarge));
    }
}
