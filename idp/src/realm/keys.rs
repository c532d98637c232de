//! The realm's signing keys.
//!
//! Private keys lie sealed in the realm's database; the first replica to start makes them, the others take what they
//! find. Making an RSA key takes up to a second, so on the very first start it happens beside everything else, and
//! only who needs the key waits for it.

use std::sync::{Arc, RwLock};

use bytes::Bytes;
use protocol::jose::{Algorithm, KeySet, SigningKey};
use serde_json::{Map, Value};
use service::{clock::SharedClock, random::SharedRandom};
use tokio::sync::watch;

use super::Secrets;
use crate::store::{Store, keys};

/// K11: beyond the 2048 that would do.
const RSA_BITS: u32 = 3072;
const ALGORITHMS: [Algorithm; 2] = [Algorithm::ES256, Algorithm::RS256];
const SEAL_CONTEXT: &str = "signing key";

/// What one load of the keys gives.
#[derive(Debug)]
pub struct Loaded {
    signers: Vec<SigningKey>,
    /// Verifies what this realm signed.
    pub set: KeySet,
    /// The published document, rendered once.
    pub jwks: Bytes,
}

/// The keys in use, and a signal for when all of them exist.
#[derive(Debug)]
pub struct KeyRing {
    current: Arc<RwLock<Arc<Loaded>>>,
    complete: watch::Receiver<bool>,
}

impl KeyRing {
    /// Loads the keys; makes the missing ones in the background.
    pub async fn load(
        store: &Store,
        secrets: &Arc<Secrets>,
        clock: &SharedClock,
        random: &SharedRandom,
    ) -> anyhow::Result<Self> {
        let loaded = read(store, secrets).await?;
        let missing: Vec<Algorithm> =
            ALGORITHMS.into_iter().filter(|alg| loaded.signer(*alg).is_none()).collect();
        let (done, complete) = watch::channel(missing.is_empty());
        let current = Arc::new(RwLock::new(Arc::new(loaded)));
        if !missing.is_empty() {
            let made = Making {
                store: store.clone(),
                secrets: secrets.clone(),
                clock: clock.clone(),
                random: random.clone(),
                current: current.clone(),
            };
            tokio::spawn(async move {
                if let Err(error) = made.run(missing).await {
                    tracing::error!(%error, "the realm's signing keys could not be made");
                    return;
                }
                done.send_replace(true);
            });
        }
        Ok(Self { current, complete })
    }

    /// The keys, as soon as all of them exist. `None` when they could not be made: nothing is signed then.
    pub async fn ready(&self) -> Option<Arc<Loaded>> {
        self.complete.clone().wait_for(|complete| *complete).await.ok()?;
        Some(self.now())
    }

    /// The keys that exist now.
    fn now(&self) -> Arc<Loaded> {
        self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

impl Loaded {
    fn signer(&self, algorithm: Algorithm) -> Option<&SigningKey> {
        self.signers.iter().find(|key| key.algorithm() == algorithm)
    }

    /// Signs claims with the active key of an algorithm. `typ` is the header's type (RFC 8725 3.11).
    pub fn sign(
        &self,
        algorithm: Algorithm,
        typ: &str,
        claims: &Map<String, Value>,
    ) -> anyhow::Result<String> {
        let key = self.signer(algorithm).ok_or_else(|| anyhow::anyhow!("no active {algorithm:?} key"))?;
        Ok(key.sign(typ, claims)?)
    }
}

struct Making {
    store: Store,
    secrets: Arc<Secrets>,
    clock: SharedClock,
    random: SharedRandom,
    current: Arc<RwLock<Arc<Loaded>>>,
}

impl Making {
    async fn run(self, missing: Vec<Algorithm>) -> anyhow::Result<()> {
        for algorithm in missing {
            let (kid, jwk) =
                tokio::task::spawn_blocking(move || SigningKey::generate(algorithm, RSA_BITS)).await??;
            let nonce = service::random::bytes(self.random.as_ref());
            let sealed = self.secrets.sealing.seal(jwk.as_bytes(), SEAL_CONTEXT, nonce)?;
            // whoever loses this race reads the winner's key below
            keys::activate_first(&self.store.facts, &kid, algorithm.as_str(), &sealed, self.clock.now())
                .await?;
        }
        let loaded = Arc::new(read(&self.store, &self.secrets).await?);
        *self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = loaded;
        Ok(())
    }
}

async fn read(store: &Store, secrets: &Secrets) -> anyhow::Result<Loaded> {
    let mut signers = Vec::new();
    let mut all = Vec::new();
    for stored in keys::published(&store.facts).await? {
        let jwk = secrets.sealing.open(&stored.private_key, SEAL_CONTEXT).ok_or_else(|| {
            anyhow::anyhow!("the key-encryption key does not open signing key {}", stored.kid)
        })?;
        let key = SigningKey::from_private_jwk(std::str::from_utf8(&jwk)?)?;
        if stored.state == "active" {
            signers.push(key.clone());
        }
        all.push(key);
    }
    let set = KeySet::from_keys(&all)?;
    let jwks = Bytes::from(set.to_jwks().to_string());
    Ok(Loaded { signers, set, jwks })
}
