//! The state of a relying party, tied to its realm by a marker type.

use std::{
    fmt::{self, Debug},
    marker::PhantomData,
    sync::Arc,
};

use cache::{Cache, Limiter};
use clock::{SharedClock, random::SharedRandom};
use database::Db;
use outbound::Outbound;
use protocol::secret::{self, SealingKey};
use resource_server::{BadConfig, KeySource, ResourceServer};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::{config::Config, flights::Flights, provider::Provider};

/// Marks the realm that a relying party and its callers belong to.
pub trait Realm: Send + Sync + 'static + Clone + Debug {
    /// Short name for logs and for separating derived secrets ("customer").
    const NAME: &'static str;
}

/// The resources of a relying party; passed in, so that tests choose time, randomness and network.
#[derive(Debug, Clone)]
pub struct Dependencies {
    /// This service's own database, migrated with [`MIGRATIONS`](crate::MIGRATIONS).
    pub db: Db,
    /// The time.
    pub clock: SharedClock,
    /// Randomness for session ids, states, nonces and verifiers.
    pub random: SharedRandom,
    /// The HTTP client for requests to the realm.
    pub outbound: Arc<Outbound>,
    /// The shared Redis cache, if there is one. Its content may be lost at any time.
    pub cache: Option<Cache>,
}

/// A relying party of one realm: one issuer, one audience, one marker `R`.
#[derive(Debug)]
pub struct RelyingParty<R: Realm> {
    pub(crate) core: Arc<Core>,
    realm: PhantomData<fn() -> R>,
}

/// The part without the marker type, shared with tasks that outlive a request.
pub(crate) struct Core {
    pub config: Config,
    pub public_url: Url,
    pub db: Db,
    pub clock: SharedClock,
    pub random: SharedRandom,
    pub provider: Arc<Provider>,
    pub resource: ResourceServer,
    pub seal: SealingKey,
    /// The current key, then the one before the last rotation.
    pub csrf_keys: Vec<[u8; 32]>,
    pub flights: Flights,
    pub limiter: Option<Limiter>,
    /// Key of the hashes that name callers in the limiter.
    pub counting: [u8; 32],
    pub cache: Option<Cache>,
    /// The realm's name, for logs and for separating derived secrets.
    pub realm: &'static str,
}

/// Without the keys.
impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("realm", &self.realm)
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl<R: Realm> RelyingParty<R> {
    /// A relying party that fetches the realm's keys through discovery at first use.
    pub fn new(config: Config, dependencies: Dependencies) -> Result<Self, BadConfig> {
        Self::build(config, dependencies, None)
    }

    /// A relying party with its own source of keys, for tests and for realms in the same process.
    pub fn with_keys(
        config: Config,
        dependencies: Dependencies,
        keys: Arc<dyn KeySource>,
    ) -> Result<Self, BadConfig> {
        Self::build(config, dependencies, Some(keys))
    }

    fn build(
        config: Config,
        dependencies: Dependencies,
        keys: Option<Arc<dyn KeySource>>,
    ) -> Result<Self, BadConfig> {
        let public_url = config.check()?;
        let provider =
            Arc::new(Provider::new(&config, dependencies.outbound, Arc::clone(&dependencies.clock)));
        let source = keys.unwrap_or_else(|| Arc::clone(&provider) as Arc<dyn KeySource>);
        let resource = ResourceServer::new(config.resource(), source, Arc::clone(&dependencies.clock))?;
        let derive = |key: &SecretString, purpose: &str| {
            secret::derive(key.expose_secret().as_bytes(), &format!("{} {purpose}", R::NAME))
                .map_err(|error| BadConfig { key: "sealing_key", message: error.0 })
        };
        let mut seal = SealingKey::new(derive(&config.sealing_key, "tokens")?);
        let mut csrf_keys = vec![derive(&config.sealing_key, "csrf")?];
        if let Some(previous) = &config.previous_sealing_key {
            seal = seal.with_previous(derive(previous, "tokens")?);
            csrf_keys.push(derive(previous, "csrf")?);
        }
        let limiter = config
            .requests
            .map(|pace| Limiter::new(pace, dependencies.cache.clone(), dependencies.db.clone()));
        let core = Core {
            limiter,
            counting: derive(&config.sealing_key, "callers")?,
            cache: dependencies.cache,
            public_url,
            seal,
            csrf_keys,
            resource,
            provider,
            db: dependencies.db,
            clock: dependencies.clock,
            random: dependencies.random,
            flights: Flights::default(),
            realm: R::NAME,
            config,
        };
        Ok(Self { core: Arc::new(core), realm: PhantomData })
    }

    /// Keyed hash of the client's address, or of its IPv6 /64: for limits on data that is stored for strangers.
    pub fn source(&self, parts: &http::request::Parts) -> String {
        self.core.source(parts)
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.core.config
    }

    /// The issuer's origin. A page with a sign-in or sign-out form needs it in `form-action` of its Content Security
    /// Policy, because the form's answer redirects there.
    pub fn issuer_origin(&self) -> String {
        Url::parse(&self.core.config.issuer).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
    }

    /// Whether Redis is reachable, for `/status`; `None` without Redis. The service works without it.
    pub async fn redis(&self) -> Option<serde_json::Value> {
        let cache = self.core.cache.as_ref()?;
        Some(serde_json::json!({ "reachable": cache.is_reachable().await }))
    }

    /// The configuration for `/health/auth`, without secrets and personal data.
    pub fn describe(&self) -> serde_json::Value {
        let config = &self.core.config;
        serde_json::json!({
            "side": R::NAME,
            "issuer": config.issuer,
            "audience": config.audience,
            "client_id": config.client_id,
            "required_acr": config.required_acr,
            "session_cookie": config.session.cookie.name(),
            "idle_seconds": config.session.idle,
            "absolute_seconds": config.session.absolute,
            "keys_loaded": self.core.resource.keys().loaded(),
        })
    }
}
