//! Signing with a private key. A signer is built once, because building it costs more than signing.

use josekit::{
    jwk::{Jwk, alg::ec::EcKeyPair},
    jws::{JwsSigner, RS256},
};
use openssl::{ec::EcKey, ecdsa::EcdsaSig, pkey::Private};

use super::Algorithm;
use crate::secret;

/// Bytes of each half of an ES256 signature (RFC 7518 section 3.4).
const HALF: i32 = 32;

/// Signs with one algorithm.
#[derive(Clone)]
pub(super) enum Signer {
    /// OpenSSL, called directly. Through the JOSE library each signature looks its algorithms up by name, and writes
    /// and reads DER: a sixth of its cost.
    Es256(EcKey<Private>),
    /// The JOSE library's signer.
    Rs256(Box<dyn JwsSigner>),
}

impl Signer {
    /// A signer for a private JWK; `None` when the key isn't usable.
    pub(super) fn new(algorithm: Algorithm, jwk: &Jwk) -> Option<Self> {
        Some(match algorithm {
            Algorithm::ES256 => {
                let pair = EcKeyPair::from_jwk(jwk).ok()?;
                Self::Es256(EcKey::private_key_from_der(&pair.to_raw_private_key()).ok()?)
            }
            Algorithm::RS256 => Self::Rs256(Box::new(RS256.signer_from_jwk(jwk).ok()?)),
        })
    }

    /// The signature in the form of a JWS; `None` when the library fails.
    pub(super) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Es256(key) => {
                let signature = EcdsaSig::sign(&secret::sha256(message), key).ok()?;
                let mut bytes = signature.r().to_vec_padded(HALF).ok()?;
                bytes.append(&mut signature.s().to_vec_padded(HALF).ok()?);
                Some(bytes)
            }
            Self::Rs256(signer) => signer.sign(message).ok(),
        }
    }
}
