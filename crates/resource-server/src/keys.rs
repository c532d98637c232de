//! The realm's public keys, and verification with them.

use std::{fmt::Debug, future::Future, pin::Pin, sync::Arc};

use protocol::jose::{KeySet, TokenError};

use crate::cached::Cached;

/// Age in seconds from which a use fetches the keys again, so that a withdrawn key is no longer accepted. It equals the
/// time for which the realm allows its key set to be cached.
const REFRESH_AFTER: i64 = 300;
/// Age in seconds from which keys may no longer be used: without a successful fetch every token is refused.
const STALE_AFTER: i64 = 24 * 3600;

/// Where the key set comes from.
pub trait KeySource: Send + Sync + Debug {
    /// The JWKS document as published.
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<String, Unreachable>> + Send + '_>>;
}

/// The realm gave no usable answer. It says nothing about the token: the request is answered with 503.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the realm can't be reached: {0}")]
pub struct Unreachable(pub String);

/// One published key set.
#[derive(Debug)]
pub struct Keys {
    /// The keys.
    pub set: KeySet,
    /// The JWKS document, for verifiers that parse it themselves.
    pub document: String,
}

/// The cached key set of one issuer.
#[derive(Debug)]
pub struct KeyRing {
    source: Arc<dyn KeySource>,
    cached: Cached<Keys>,
}

/// Why a token wasn't verified.
#[derive(Debug)]
pub enum NotVerified {
    /// There are no keys to verify it with.
    NoKeys,
    /// It is invalid.
    Token(TokenError),
}

impl KeyRing {
    /// The key set of `source`, fetched at most once in `cooldown` seconds.
    pub fn new(source: Arc<dyn KeySource>, cooldown: i64) -> Self {
        Self { source, cached: Cached::new(cooldown, REFRESH_AFTER, STALE_AFTER) }
    }

    /// Whether there are any keys yet.
    pub fn loaded(&self) -> bool {
        self.cached.is_loaded()
    }

    /// The keys, fetched first if there are none or they are old. `now` is [`Clock::elapsed`](clock::Clock::elapsed).
    pub async fn current(&self, now: i64) -> Option<Arc<Keys>> {
        self.cached.get(now, self.fetch()).await
    }

    /// Keys newer than `seen`; `None` if the cool-down forbids a fetch or it fails.
    pub async fn newer(&self, seen: &Arc<Keys>, now: i64) -> Option<Arc<Keys>> {
        self.cached.newer(seen, now, self.fetch()).await
    }

    /// Runs `verify` with the keys, and once more with newer ones if the token's key is unknown.
    ///
    /// # Errors
    /// [`NotVerified`] distinguishes an invalid token from missing keys.
    pub async fn verify<T>(
        &self,
        now: i64,
        verify: impl Fn(&KeySet) -> Result<T, TokenError>,
    ) -> Result<T, NotVerified> {
        let keys = self.current(now).await.ok_or(NotVerified::NoKeys)?;
        match verify(&keys.set) {
            Err(unknown @ TokenError::UnknownKey(_)) => match self.newer(&keys, now).await {
                Some(newer) => verify(&newer.set).map_err(NotVerified::Token),
                None => Err(NotVerified::Token(unknown)),
            },
            other => other.map_err(NotVerified::Token),
        }
    }

    fn fetch(&self) -> impl Future<Output = Option<Keys>> + Send + use<> {
        let source = Arc::clone(&self.source);
        async move {
            match source.fetch().await.and_then(parse) {
                Ok(keys) => Some(keys),
                Err(error) => {
                    tracing::warn!(%error, "the realm's key set could not be fetched");
                    None
                }
            }
        }
    }
}

fn parse(document: String) -> Result<Keys, Unreachable> {
    let set = KeySet::from_jwks(&document).map_err(|error| Unreachable(format!("bad key set: {error}")))?;
    Ok(Keys { set, document })
}
