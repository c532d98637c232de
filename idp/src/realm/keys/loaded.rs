//! The keys as this process has loaded them.

use bytes::Bytes;
use protocol::jose::{
    Algorithm, KeySet, SigningKey,
    rotation::{KeyFacts, KeyState},
};
use serde::Serialize;

use crate::{
    realm::Secrets,
    store::{Store, keys},
};

pub(super) const SEAL_CONTEXT: &str = "signing key";

/// The result of one load of the keys.
#[derive(Debug)]
pub struct Loaded {
    signers: Vec<SigningKey>,
    /// The state of each key.
    pub facts: Vec<KeyFacts>,
    /// The keys that verify what this realm signed.
    pub set: KeySet,
    /// The published JWKS document, rendered once.
    pub jwks: Bytes,
}

impl Loaded {
    /// Reads and opens the stored keys.
    pub(super) async fn read(store: &Store, secrets: &Secrets) -> anyhow::Result<Self> {
        let (mut signers, mut all, mut facts) = (Vec::new(), Vec::new(), Vec::new());
        for stored in keys::published(&store.facts).await? {
            let jwk = secrets.sealing.open(&stored.private_key, SEAL_CONTEXT).ok_or_else(|| {
                anyhow::anyhow!(
                    "no key-encryption key that was given opens signing key {}: give the one of before in \
                     `secrets.previous_key_encryption_key_file`",
                    stored.kid
                )
            })?;
            let key = SigningKey::from_private_jwk(std::str::from_utf8(&jwk)?)?;
            let state = KeyState::parse(&stored.state)
                .ok_or_else(|| anyhow::anyhow!("signing key {} is in no state", stored.kid))?;
            if state == KeyState::Active {
                signers.push(key.clone());
            }
            facts.push(KeyFacts { kid: stored.kid, algorithm: key.algorithm(), state, since: stored.since });
            all.push(key);
        }
        let set = KeySet::from_keys(&all)?;
        let jwks = Bytes::from(set.to_jwks().to_string());
        Ok(Self { signers, facts, set, jwks })
    }

    /// Whether every algorithm has a key that signs.
    pub fn is_complete(&self) -> bool {
        super::ALGORITHMS.into_iter().all(|algorithm| self.signer(algorithm).is_some())
    }

    /// Signs claims with the active key of an algorithm. `typ` is the header's type (RFC 8725 section 3.11).
    pub fn sign(&self, algorithm: Algorithm, typ: &str, claims: &impl Serialize) -> anyhow::Result<String> {
        let key = self.signer(algorithm).ok_or_else(|| anyhow::anyhow!("no active {algorithm:?} key"))?;
        Ok(key.sign(typ, claims)?)
    }

    fn signer(&self, algorithm: Algorithm) -> Option<&SigningKey> {
        self.signers.iter().find(|key| key.algorithm() == algorithm)
    }
}
