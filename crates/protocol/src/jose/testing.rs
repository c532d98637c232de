//! Keys for tests, made once, because generating an RSA key takes part of a second.

use std::sync::OnceLock;

use super::{Algorithm, KeySet, SigningKey};

fn key(cell: &'static OnceLock<SigningKey>, algorithm: Algorithm) -> &'static SigningKey {
    cell.get_or_init(|| {
        let (_, private) = SigningKey::generate(algorithm, 2048).unwrap();
        SigningKey::from_private_jwk(&private).unwrap()
    })
}

/// The realm's ES256 key.
pub(crate) fn es256() -> &'static SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    key(&KEY, Algorithm::ES256)
}

/// The realm's RS256 key.
pub(crate) fn rs256() -> &'static SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    key(&KEY, Algorithm::RS256)
}

/// Both keys.
pub(crate) fn keys() -> KeySet {
    KeySet::from_keys(&[es256().clone(), rs256().clone()]).unwrap()
}
