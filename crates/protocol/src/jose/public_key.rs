//! A public key: its JWK members, and a verifier that is built once.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use josekit::{
    jwk::Jwk,
    jws::{ES256, JwsVerifier, RS256},
};
use serde_json::{Map, Value, json};

use super::Algorithm;

/// Bytes of an 8192-bit modulus. A larger one would only make verification slow.
const MAX_RSA_BYTES: usize = 1024;
const P256_BYTES: usize = 32;

#[derive(Debug, Clone)]
pub(super) struct PublicKey {
    pub(super) kid: String,
    pub(super) algorithm: Algorithm,
    /// `kty`, the public members, `kid`, `use`, `alg`, and nothing else.
    pub(super) jwk: Value,
    verifier: Box<dyn JwsVerifier>,
}

impl PublicKey {
    /// Takes the public members of a public or private JWK. `None` when it can't verify tokens here: another use, an
    /// unknown type, curve or algorithm, no `kid`, unusable key material.
    pub(super) fn read(jwk: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        let other_use = jwk.get("use").is_some_and(|value| value != "sig");
        if other_use || !may_verify(jwk.get("key_ops")) {
            return None;
        }
        let (algorithm, members) = public_members(jwk)?;
        let declared = jwk.get("alg").is_none_or(|value| value == algorithm.as_str());
        let kid = text("kid").filter(|kid| !kid.is_empty())?.to_owned();
        if !declared {
            return None;
        }
        let mut public = members;
        public.insert("kid".into(), kid.as_str().into());
        public.insert("use".into(), "sig".into());
        public.insert("alg".into(), algorithm.as_str().into());
        let verifier = verifier(algorithm, &public)?;
        Some(Self { kid, algorithm, jwk: Value::Object(public), verifier })
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        // r and s of an ECDSA signature must be in [1, n-1]; the library's DER writer can't handle zero
        let zero_half = self.algorithm == Algorithm::ES256
            && (signature.len() != 2 * P256_BYTES
                || signature.chunks(P256_BYTES).any(|half| half.iter().all(|byte| *byte == 0)));
        !zero_half && self.verifier.verify(message, signature).is_ok()
    }
}

/// The RFC 7638 thumbprint of a key. It is the `kid` of generated keys.
pub(super) fn thumbprint(jwk: &Map<String, Value>) -> Option<String> {
    let (_, mut members) = public_members(jwk)?;
    members.sort_keys();
    Some(crate::secret::hash(&Value::Object(members).to_string()))
}

/// The algorithm and the required public members, after checks of their size and strict encoding.
fn public_members(jwk: &Map<String, Value>) -> Option<(Algorithm, Map<String, Value>)> {
    let sized = |name: &str, sizes: std::ops::RangeInclusive<usize>| {
        let encoded = jwk.get(name)?.as_str()?;
        let bytes = URL_SAFE_NO_PAD.decode(encoded).ok()?;
        sizes.contains(&bytes.len()).then(|| encoded.to_owned())
    };
    let (algorithm, members) = match jwk.get("kty")?.as_str()? {
        "RSA" => {
            let (n, e) = (sized("n", 256..=MAX_RSA_BYTES)?, sized("e", 1..=8)?);
            (Algorithm::RS256, json!({ "e": e, "kty": "RSA", "n": n }))
        }
        "EC" if jwk.get("crv")? == "P-256" => {
            let (x, y) = (sized("x", P256_BYTES..=P256_BYTES)?, sized("y", P256_BYTES..=P256_BYTES)?);
            (Algorithm::ES256, json!({ "crv": "P-256", "kty": "EC", "x": x, "y": y }))
        }
        _ => return None,
    };
    members.as_object().map(|members| (algorithm, members.clone()))
}

fn may_verify(key_ops: Option<&Value>) -> bool {
    // generated private keys have no `key_ops`; a published key that has it must contain "verify"
    key_ops.is_none_or(|ops| ops.as_array().is_some_and(|ops| ops.iter().any(|op| op == "verify")))
}

fn verifier(algorithm: Algorithm, public: &Map<String, Value>) -> Option<Box<dyn JwsVerifier>> {
    let jwk = Jwk::from_map(public.clone()).ok()?;
    Some(match algorithm {
        Algorithm::RS256 => Box::new(RS256.verifier_from_jwk(&jwk).ok()?),
        Algorithm::ES256 => Box::new(ES256.verifier_from_jwk(&jwk).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(value: &Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn the_thumbprint_is_that_of_rfc_7638_section_3_1() {
        let key = map(&json!({
            "kty": "RSA", "alg": "RS256", "kid": "2011-04-29", "e": "AQAB",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
        }));
        assert_eq!(thumbprint(&key).as_deref(), Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
    }

    #[test]
    fn k11_a_point_off_the_curve_and_a_short_modulus_are_no_keys() {
        let good = super::super::testing::es256().public_jwk();
        assert!(PublicKey::read(&map(&good)).is_some());
        let mut off = map(&good);
        off.insert("y".into(), URL_SAFE_NO_PAD.encode([1; 32]).into());
        assert!(PublicKey::read(&off).is_none());
        let short =
            json!({ "kty": "RSA", "kid": "k", "e": "AQAB", "n": URL_SAFE_NO_PAD.encode([0xff; 128]) });
        assert!(PublicKey::read(&map(&short)).is_none());
        let huge =
            json!({ "kty": "RSA", "kid": "k", "e": "AQAB", "n": URL_SAFE_NO_PAD.encode([0xff; 1025]) });
        assert!(PublicKey::read(&map(&huge)).is_none());
    }

    #[test]
    fn z7_keys_of_another_use_type_or_algorithm_are_not_ours() {
        let good = map(&super::super::testing::es256().public_jwk());
        for (member, value) in [
            ("use", json!("enc")),
            ("use", json!(1)),
            ("alg", json!("ES384")),
            ("alg", json!("HS256")),
            ("alg", json!(null)),
            ("kty", json!("oct")),
            ("kty", json!("RSA")),
            ("crv", json!("P-384")),
            ("kid", json!("")),
            ("kid", json!(7)),
            ("key_ops", json!(["encrypt"])),
            ("key_ops", json!("verify")),
            ("x", json!("AA")),
            ("x", json!("not base64!")),
        ] {
            let mut jwk = good.clone();
            jwk.insert(member.into(), value.clone());
            assert!(PublicKey::read(&jwk).is_none(), "{member}={value}");
        }
    }
}
