//! Opens the resources of a service: databases, HTTP client, relying party.

use std::sync::Arc;

use cache::Cache;
use clock::{SharedClock, random::SharedRandom};
use database::{Db, Opening};
use outbound::{Outbound, OutboundPolicy};
use relying_party::{Config, Dependencies, Realm, RelyingParty};

use crate::config::ServiceConfig;

/// Time and randomness, passed in so that tests choose them.
#[derive(Debug, Clone)]
pub struct Ambient {
    /// The time.
    pub clock: SharedClock,
    /// Randomness.
    pub random: SharedRandom,
}

/// The databases of a service, migrated to their current schema.
#[derive(Debug, Clone)]
pub struct Databases {
    /// Catalogue, carts, orders, content: shared by both services.
    pub commerce: Db,
    /// Browser sessions of this service.
    pub sessions: Db,
}

/// The resources of a service.
#[derive(Debug)]
pub struct Resources<R: Realm> {
    /// The relying party of the service's realm.
    pub relying_party: RelyingParty<R>,
    /// Its databases.
    pub databases: Databases,
    /// Time and randomness.
    pub ambient: Ambient,
}

impl Databases {
    /// Opens both databases and migrates them to their current schema.
    ///
    /// # Errors
    /// A database that can't be opened, is lost, or has a newer schema than this program.
    pub async fn open(config: &ServiceConfig) -> anyhow::Result<Self> {
        database::check_not_lost(&config.database, &config.sessions_database)?;
        let opened = commerce::open(&config.database).await;
        let commerce = opened.map_err(|error| Opening::of(&config.database, &error))?;
        let opened = relying_party::open_sessions(&config.sessions_database).await;
        let sessions = opened.map_err(|error| Opening::of(&config.sessions_database, &error))?;
        Ok(Self { commerce, sessions })
    }
}

impl<R: Realm> Resources<R> {
    /// Opens everything. Connects only to the databases and Redis.
    ///
    /// # Errors
    /// Those of [`Databases::open`], and a configuration that the relying party refuses.
    pub async fn open(config: &ServiceConfig, party: Config, ambient: Ambient) -> anyhow::Result<Self> {
        let outbound = Outbound::new(&OutboundPolicy {
            allowed_private_hosts: config.private_hosts.clone(),
            extra_ca: config.ca_file.clone(),
            ..OutboundPolicy::default()
        })?;
        let databases = Databases::open(config).await?;
        let prefix = format!("{}:{}", R::NAME, config.service.name);
        let dependencies = Dependencies {
            db: databases.sessions.clone(),
            clock: Arc::clone(&ambient.clock),
            random: Arc::clone(&ambient.random),
            outbound: Arc::new(outbound),
            cache: Cache::open_any(config.redis.as_ref(), &prefix).await?,
        };
        Ok(Self { relying_party: RelyingParty::new(party, dependencies)?, databases, ambient })
    }
}
