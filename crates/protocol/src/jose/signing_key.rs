use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use josekit::{
    jwk::{Jwk, KeyPair},
    jws::{ES256, RS256},
};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Algorithm,
    public_key::{PublicKey, thumbprint},
    signer::Signer,
};
use crate::{error::CryptoError, strict_json};

/// Room for the signature and two dots. A larger RSA key makes the token's buffer grow once.
const SIGNATURE_CHARS: usize = 520;

/// The JOSE header of a signed token.
#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    kid: &'a str,
}

/// A private key with its signer.
#[derive(Clone)]
pub struct SigningKey {
    public: PublicKey,
    signer: Signer,
}

impl SigningKey {
    /// Generates a key pair: `(kid, private JWK as JSON)`. `rsa_bits` is used for RS256 only, and is at least 2048. RSA
    /// takes part of a second, so don't call this within a request. The randomness comes from the library.
    pub fn generate(algorithm: Algorithm, rsa_bits: u32) -> Result<(String, String), CryptoError> {
        let failed = |_| CryptoError("a key could not be generated");
        let jwk = match algorithm {
            Algorithm::RS256 => RS256.generate_key_pair(rsa_bits).map_err(failed)?.to_jwk_key_pair(),
            Algorithm::ES256 => ES256.generate_key_pair().map_err(failed)?.to_jwk_key_pair(),
        };
        let mut members: Map<String, Value> = jwk.into();
        let kid = thumbprint(&members).ok_or(CryptoError("a generated key is not usable"))?;
        members.insert("kid".into(), kid.as_str().into());
        members.insert("use".into(), "sig".into());
        members.insert("alg".into(), algorithm.as_str().into());
        Ok((kid, Value::Object(members).to_string()))
    }

    /// Reads a private JWK from [`SigningKey::generate`], and checks that its private and public parts belong together.
    /// Otherwise nobody could verify the tokens that it signs.
    pub fn from_private_jwk(json: &str) -> Result<Self, CryptoError> {
        let unusable = CryptoError("a private key is not usable");
        let members = strict_json::object(json.as_bytes()).ok_or(unusable)?;
        let public = PublicKey::read(&members).ok_or(unusable)?;
        let jwk = Jwk::from_map(members).map_err(|_| unusable)?;
        let signer = Signer::new(public.algorithm, &jwk).ok_or(unusable)?;
        let probe = signer.sign(b"probe").ok_or(unusable)?;
        if public.verifies(b"probe", &probe) { Ok(Self { public, signer }) } else { Err(unusable) }
    }

    /// The key id.
    pub fn kid(&self) -> &str {
        &self.public.kid
    }

    /// The one algorithm that this key signs with.
    pub fn algorithm(&self) -> Algorithm {
        self.public.algorithm
    }

    /// The public JWK: public members, `kid`, `use` and `alg` only (K12).
    pub fn public_jwk(&self) -> Value {
        self.public.jwk.clone()
    }

    /// A compact JWS over the claims with `alg`, `kid` and this `typ` in its header.
    pub fn sign(&self, typ: &str, claims: &impl Serialize) -> Result<String, CryptoError> {
        let failed = CryptoError("a token could not be signed");
        let header = Header { alg: self.algorithm().as_str(), typ, kid: self.kid() };
        let header = serde_json::to_vec(&header).map_err(|_| failed)?;
        let payload = serde_json::to_vec(claims).map_err(|_| failed)?;
        // base64 adds a third; with room for the signature the buffer is never reallocated
        let mut token = String::with_capacity((header.len() + payload.len()) * 4 / 3 + SIGNATURE_CHARS);
        URL_SAFE_NO_PAD.encode_string(header, &mut token);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(payload, &mut token);
        let signature = self.signer.sign(token.as_bytes()).ok_or(failed)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    pub(super) fn public(&self) -> &PublicKey {
        &self.public
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.kid()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::jose::testing;

    #[test]
    fn k12_the_public_jwk_has_public_members_only() {
        for (key, members) in [
            (testing::es256(), ["crv", "kty", "x", "y", "kid", "use", "alg"].as_slice()),
            (testing::rs256(), ["e", "kty", "n", "kid", "use", "alg"].as_slice()),
        ] {
            let jwk = key.public_jwk();
            let names: Vec<&str> = jwk.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names, members);
            assert_eq!((&jwk["use"], &jwk["alg"]), (&json!("sig"), &json!(key.algorithm().as_str())));
            assert_eq!(jwk["kid"], key.kid());
        }
    }

    #[test]
    fn a_key_whose_halves_do_not_match_is_refused() {
        let one: Value = serde_json::from_str(&SigningKey::generate(Algorithm::ES256, 0).unwrap().1).unwrap();
        let (_, two) = SigningKey::generate(Algorithm::ES256, 0).unwrap();
        let mut mixed: Value = serde_json::from_str(&two).unwrap();
        mixed["d"] = one["d"].clone();
        assert!(SigningKey::from_private_jwk(&two).is_ok());
        assert!(SigningKey::from_private_jwk(&mixed.to_string()).is_err());
    }

    #[test]
    fn what_is_no_private_key_is_refused_without_a_panic() {
        let public = testing::es256().public_jwk().to_string();
        for text in ["", "{}", "null", public.as_str(), r#"{"kty":"oct","k":"AAAA","kid":"k","alg":"HS256"}"#]
        {
            assert!(SigningKey::from_private_jwk(text).is_err(), "{text}");
        }
        assert!(SigningKey::generate(Algorithm::RS256, 1024).is_err());
    }

    #[test]
    fn halves_of_a_signature_that_begin_with_zeros_keep_their_place() {
        let key =
            SigningKey::from_private_jwk(&SigningKey::generate(Algorithm::ES256, 0).unwrap().1).unwrap();
        // one in 128 signatures has a half that begins with a zero byte
        let mut begins_with_zero = false;
        for message in 0_u32..2000 {
            let signature = key.signer.sign(&message.to_be_bytes()).unwrap();
            assert_eq!(signature.len(), 64);
            assert!(key.public.verifies(&message.to_be_bytes(), &signature));
            begins_with_zero |= signature[0] == 0 || signature[32] == 0;
        }
        assert!(begins_with_zero);
    }

    #[test]
    fn debug_output_shows_the_kid_and_no_key_material() {
        let (kid, private) = SigningKey::generate(Algorithm::ES256, 0).unwrap();
        let shown = format!("{:?}", SigningKey::from_private_jwk(&private).unwrap());
        let jwk: Value = serde_json::from_str(&private).unwrap();
        assert!(shown.contains(&kid) && !shown.contains(jwk["d"].as_str().unwrap()));
    }
}
