//! The seed of an authenticator app, as it is stored.

use anyhow::anyhow;

use super::{Error, Result};
use crate::{authn::totp::Seed, realm::Realm};

/// The context that a sealed seed is bound to, so that no other sealed value opens as a seed.
pub(super) const CONTEXT: &str = "totp seed";

/// Seals a seed for the database.
///
/// # Errors
/// When the cryptographic library fails.
pub fn seal(realm: &Realm, seed: &Seed) -> Result<String> {
    let sealed = realm.secrets.sealing.seal(seed.expose_bytes(), CONTEXT, realm.bytes());
    sealed.map_err(|error| Error::Internal(error.into()))
}

/// Opens a stored seed.
///
/// # Errors
/// When the seed was sealed with a key that the realm no longer has, or was changed.
pub fn open(realm: &Realm, sealed: &str) -> Result<Seed> {
    let bytes = realm.secrets.sealing.open(sealed, CONTEXT);
    bytes
        .and_then(|bytes| Seed::from_bytes(&bytes))
        .ok_or_else(|| Error::Internal(anyhow!("no key-encryption key opens a TOTP seed")))
}
