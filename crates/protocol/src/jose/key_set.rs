use serde_json::{Value, json};

use super::{SigningKey, public_key::PublicKey};
use crate::{error::CryptoError, strict_json};

/// The most keys in a set. A rotating realm publishes fewer, and this many fit into a document of 64 KiB, whatever
/// their size.
pub const MAX_KEYS: usize = 96;
const MAX_BYTES: usize = 64 * 1024;

/// The public keys of one issuer. Each has a distinct `kid`, and a verifier that is built once.
#[derive(Debug, Clone, Default)]
pub struct KeySet(Vec<PublicKey>);

impl KeySet {
    /// The public keys of these signing keys. Two keys with the same `kid` are an error.
    pub fn from_keys(keys: &[SigningKey]) -> Result<Self, CryptoError> {
        Self::distinct(keys.iter().map(|key| key.public().clone()).collect())
    }

    /// Reads a JWK set (RFC 7517 section 5). Keys that can't verify tokens here are left out: those with another `use`,
    /// an unknown type or algorithm, no `kid`, or unusable material. Errors are: invalid JSON, duplicate members, more
    /// than [`MAX_KEYS`] keys, two usable keys with the same `kid`.
    pub fn from_jwks(json: &str) -> Result<Self, CryptoError> {
        let malformed = CryptoError("the key set is malformed");
        if json.len() > MAX_BYTES {
            return Err(CryptoError("the key set is too large"));
        }
        let document = strict_json::object(json.as_bytes()).ok_or(malformed)?;
        let keys = document.get("keys").and_then(Value::as_array).ok_or(malformed)?;
        if keys.len() > MAX_KEYS {
            return Err(CryptoError("the key set has too many keys"));
        }
        Self::distinct(keys.iter().filter_map(Value::as_object).filter_map(PublicKey::read).collect())
    }

    fn distinct(keys: Vec<PublicKey>) -> Result<Self, CryptoError> {
        let mut kids: Vec<&str> = keys.iter().map(|key| key.kid.as_str()).collect();
        kids.sort_unstable();
        kids.dedup();
        if kids.len() == keys.len() { Ok(Self(keys)) } else { Err(CryptoError("two keys have the same kid")) }
    }

    /// Whether the set has a key with this id.
    pub fn has(&self, kid: &str) -> bool {
        self.find(kid).is_some()
    }

    /// Whether the set has no usable key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The set as a JWKS document.
    pub fn to_jwks(&self) -> Value {
        json!({ "keys": self.0.iter().map(|key| key.jwk.clone()).collect::<Vec<_>>() })
    }

    pub(super) fn find(&self, kid: &str) -> Option<&PublicKey> {
        self.0.iter().find(|key| key.kid == kid)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::jose::testing;

    #[test]
    fn disc6_a_published_set_reads_back_with_the_same_keys() {
        let keys = testing::keys();
        let document = keys.to_jwks();
        let read = KeySet::from_jwks(&document.to_string()).unwrap();
        assert_eq!(read.to_jwks(), document);
        assert!(read.has(testing::es256().kid()) && read.has(testing::rs256().kid()) && !read.has("other"));
    }

    #[test]
    fn z7_foreign_keys_are_left_out_and_do_not_spoil_the_rest() {
        let good = testing::es256().public_jwk();
        let mut set = json!({ "keys": [
            { "kty": "oct", "k": "AAAA", "kid": "hmac" }, { "kty": "OKP", "crv": "Ed25519", "x": "AA", "kid": "ed" },
            { "kty": "RSA", "kid": "broken", "n": "!!", "e": "AQAB" }, "text", null, 7, good
        ]});
        set["extra"] = json!(1);
        let keys = KeySet::from_jwks(&set.to_string()).unwrap();
        assert_eq!(keys.to_jwks()["keys"].as_array().unwrap().len(), 1);
        assert!(!keys.has("hmac") && !keys.has("broken"));
    }

    #[test]
    fn z7_malformed_oversized_and_ambiguous_sets_are_errors() {
        let key = testing::es256().public_jwk();
        let many = json!({ "keys": vec![json!({ "kty": "oct" }); MAX_KEYS + 1] }).to_string();
        let twice = json!({ "keys": [key.clone(), key] }).to_string();
        let large = format!("{{\"keys\":[],\"x\":\"{}\"}}", "x".repeat(MAX_BYTES));
        for text in ["", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[],"keys":[]}"#, &many, &twice, &large] {
            assert!(KeySet::from_jwks(text).is_err(), "{}", text.get(..60).unwrap_or(text));
        }
        assert!(KeySet::from_jwks(r#"{"keys":[]}"#).unwrap().is_empty());
    }

    #[test]
    fn private_members_of_a_careless_publisher_are_not_published_again() {
        let (_, private) = SigningKey::generate(crate::jose::Algorithm::ES256, 0).unwrap();
        let jwk: Value = serde_json::from_str(&private).unwrap();
        let keys = KeySet::from_jwks(&json!({ "keys": [jwk] }).to_string()).unwrap();
        assert!(keys.to_jwks()["keys"][0].get("d").is_none());
    }

    proptest! {
        #[test]
        fn z7_reading_is_total(text in ".{0,80}", kty in "RSA|EC|oct|[a-z]{0,3}", n in "[A-Za-z0-9_-]{0,400}") {
            let _ = KeySet::from_jwks(&text);
            let jwk = json!({ "kty": kty, "kid": "k", "n": n, "e": n, "crv": "P-256", "x": n, "y": n });
            let _ = KeySet::from_jwks(&json!({ "keys": [jwk] }).to_string());
        }
    }
}
