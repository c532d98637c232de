//! The seed of an authenticator app, as it is stored.

use anyhow::anyhow;

use super::{Error, Result};
use crate::{authn::totp::Seed, realm::Realm};

/// What a sealed seed is bound to, so that no other sealed value opens as one.
pub(super) const CONTEXT: &str = "totp seed";

/// A seed as it is stored.
///
/// # Errors
/// The library fails.
pub fn seal(realm: &Realm, seed: &Seed) -> Result<String> {
    let sealed = realm.secrets.sealing.seal(seed.expose_bytes(), CONTEXT, realm.bytes());
    sealed.map_err(|error| Error::Internal(error.into()))
}

/// A stored seed.
///
/// # Errors
/// It was sealed with a key that the realm has no more, or it was changed.
pub fn open(realm: &Realm, sealed: &str) -> Result<Seed> {
    let bytes = realm.secrets.sealing.open(sealed, CONTEXT);
    bytes
        .and_then(|bytes| Seed::from_bytes(&bytes))
        .ok_or_else(|| Error::Internal(anyhow!("no key-encryption key opens a TOTP seed")))
}
