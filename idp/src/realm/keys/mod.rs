//! The realm's signing keys.
//!
//! Private keys are stored sealed in the realm's database, where replicas agree on each step of a key's life
//! (`protocol::jose::rotation`). Making an RSA key takes up to a second, so it happens in the background. Only requests
//! that need the very first key wait for it.
//!
//! * `loaded`: the keys as this process has them
//! * [`KeyRing`]: the current keys, and a signal for when they are complete

mod loaded;

use std::sync::{Arc, RwLock};

use clock::{SharedClock, random::SharedRandom};
use protocol::jose::{
    Algorithm, SigningKey,
    rotation::{self, Due, KeyState, RotationPolicy},
};
use tokio::sync::watch;

use super::Secrets;
use crate::store::{
    Store,
    keys::{self, NewKey},
};

pub use loaded::Loaded;

/// Every realm signs with both; each rotates on its own.
pub const ALGORITHMS: [Algorithm; 2] = [Algorithm::ES256, Algorithm::RS256];

/// Whether tokens can be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Making,
    Complete,
    Failed,
}

/// A sealed key that is not stored yet.
#[derive(Debug)]
pub struct FreshKey {
    kid: String,
    algorithm: Algorithm,
    sealed: String,
}

impl FreshKey {
    /// The row to store, with the key in this state.
    pub fn to_store(&self, state: KeyState) -> NewKey<'_> {
        NewKey { kid: &self.kid, algorithm: self.algorithm.as_str(), state, sealed: &self.sealed }
    }
}

/// The keys in use.
#[derive(Debug)]
pub struct KeyRing {
    store: Store,
    secrets: Arc<Secrets>,
    ambient: (SharedClock, SharedRandom),
    policy: RotationPolicy,
    rsa_bits: u32,
    current: RwLock<Arc<Loaded>>,
    progress: watch::Sender<Progress>,
}

impl KeyRing {
    /// Loads the keys that exist; `flow::signing_keys` makes what is missing.
    pub async fn load(
        store: &Store,
        secrets: &Arc<Secrets>,
        policy: RotationPolicy,
        rsa_bits: u32,
        ambient: (SharedClock, SharedRandom),
    ) -> anyhow::Result<Self> {
        let loaded = Loaded::read(store, secrets).await?;
        let progress = if loaded.is_complete() { Progress::Complete } else { Progress::Making };
        Ok(Self {
            store: store.clone(),
            secrets: secrets.clone(),
            ambient,
            policy,
            rsa_bits,
            current: RwLock::new(Arc::new(loaded)),
            progress: watch::Sender::new(progress),
        })
    }

    /// The keys, as soon as every algorithm has one that signs. `None` if keys could not be made: nothing is signed
    /// then.
    pub async fn ready(&self) -> Option<Arc<Loaded>> {
        let loaded = self.now();
        if loaded.is_complete() {
            return Some(loaded);
        }
        let mut progress = self.progress.subscribe();
        let known = *progress.wait_for(|progress| *progress != Progress::Making).await.ok()?;
        (known == Progress::Complete).then(|| self.now())
    }

    /// The keys that exist now.
    pub fn now(&self) -> Arc<Loaded> {
        self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// The realm's rotation policy.
    pub fn policy(&self) -> &RotationPolicy {
        &self.policy
    }

    /// What has to be done with the keys that this process knows.
    pub fn due(&self) -> Vec<Due> {
        let (loaded, now) = (self.now(), self.ambient.0.now());
        ALGORITHMS.into_iter().flat_map(|alg| rotation::due(alg, &loaded.facts, &self.policy, now)).collect()
    }

    /// Makes a key and stores it, unless another replica has stored one in that state first.
    pub async fn make(&self, algorithm: Algorithm, state: KeyState) -> anyhow::Result<()> {
        let fresh = self.generate(algorithm).await?;
        keys::add(&self.store.facts, &fresh.to_store(state), self.ambient.0.now()).await?;
        Ok(())
    }

    /// Makes a sealed key without storing it.
    pub async fn generate(&self, algorithm: Algorithm) -> anyhow::Result<FreshKey> {
        let rsa_bits = self.rsa_bits;
        let (kid, jwk) =
            tokio::task::spawn_blocking(move || SigningKey::generate(algorithm, rsa_bits)).await??;
        let nonce = clock::random::bytes(self.ambient.1.as_ref());
        let sealed = self.secrets.sealing.seal(jwk.as_bytes(), loaded::SEAL_CONTEXT, nonce)?;
        Ok(FreshKey { kid, algorithm, sealed })
    }

    /// Seals the stored keys again with the current key-encryption key. Returns how many were not under it.
    pub async fn reseal(&self) -> anyhow::Result<usize> {
        let mut resealed = 0;
        for stored in keys::published(&self.store.facts).await? {
            let old = &stored.private_key;
            let nonce = clock::random::bytes(self.ambient.1.as_ref());
            if let Some(new) = self.secrets.sealing.reseal(old, loaded::SEAL_CONTEXT, nonce)?
                && keys::reseal(&self.store.facts, &stored.kid, old, &new).await?
            {
                resealed += 1;
            }
        }
        Ok(resealed)
    }

    /// Loads the keys that the database has now.
    pub async fn reload(&self) -> anyhow::Result<()> {
        let loaded = Loaded::read(&self.store, &self.secrets).await?;
        let complete = loaded.is_complete();
        *self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(loaded);
        if complete {
            self.progress.send_replace(Progress::Complete);
        }
        Ok(())
    }

    /// Ends the wait for keys, because they could not be made. The next [`KeyRing::reload`] may find them.
    pub fn failed(&self) {
        if !self.now().is_complete() {
            self.progress.send_replace(Progress::Failed);
        }
    }
}
