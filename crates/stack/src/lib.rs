//! The whole system in one process: both realms, both APIs, storefront and console, on SQLite below one folder.
//!
//! This is what `cargo run` starts and what the end-to-end tests start: the same realms, routers and listeners as the
//! separate programs, on loopback, in development mode.
//!
//! * `ports`: where everything listens
//! * `files`: the data folder and its secrets
//! * `configuration`: what the parts are told; `realms`, `services`: made to fit this machine and each other
//! * `welcome`: what a newcomer needs: a demo customer, a setup link

mod configuration;
mod demo;
mod files;
mod ports;
mod realms;
mod services;
mod welcome;

use std::{path::PathBuf, sync::Arc};

use clock::{SharedClock, random::SharedRandom};
use configuration::Configuration;
use idp::realm::{Realm, RealmConfig};
use runtime::shutdown::Shutdown;
use settings::Document;
use tokio::task::JoinSet;

pub use files::Files;
pub use ports::{Listeners, Urls};
pub use welcome::{DemoCustomer, Welcome};

/// What to start, and on what.
#[derive(Debug, Clone)]
pub struct Options {
    /// Databases and secrets; made when missing.
    pub data: PathBuf,
    /// The first port: the customer realm's. The admin realm has the next, the storefront that plus 100, the console
    /// plus 101. With 0 each takes a free one.
    pub base_port: u16,
    /// A folder with `customer.toml` and `admin.toml`; without it the shipped ones.
    pub realms: Option<PathBuf>,
    /// Values to replace: of `customer`, `admin`, `shop-api` or `admin-api`, the key, the value.
    pub overrides: Vec<(String, String, String)>,
    /// The time.
    pub clock: SharedClock,
    /// The randomness.
    pub random: SharedRandom,
}

impl Options {
    /// Replaces what is to be replaced in the configuration of a part.
    fn fit(&self, part: &str, document: &mut Document) {
        for (_, key, value) in self.overrides.iter().filter(|(of, ..)| of == part) {
            document.set(key, value);
        }
    }
}

/// The system at work.
#[derive(Debug)]
pub struct Running {
    /// Where everything is.
    pub urls: Urls,
    /// The customer realm.
    pub customer: Arc<Realm>,
    /// The staff realm.
    pub admin: Arc<Realm>,
    /// Where the secrets are.
    pub files: Files,
    shutdown: Shutdown,
    tasks: JoinSet<std::io::Result<()>>,
}

/// Starts everything. When this returns, every listener answers. An error of type `settings::Mistakes` says
/// everything that is wrong with the configuration.
pub async fn start(options: Options) -> anyhow::Result<Running> {
    let listeners = Listeners::bind(options.base_port)?;
    let urls = listeners.urls()?;
    let files = Files::prepare(&options.data, options.random.clone())?;
    let Configuration { customer, admin, shop, console } = configuration::load(&options, &urls, &files)?;
    let ambient = (options.clock.clone(), options.random.clone());
    let shutdown = Shutdown::new();
    let mut tasks = JoinSet::new();

    let customer = Realm::open(customer, options.clock.clone(), options.random.clone()).await?;
    let admin = Realm::open(admin, options.clock.clone(), options.random.clone()).await?;
    for (realm, listener) in [(&customer, listeners.customer), (&admin, listeners.admin)] {
        tasks.spawn(idp::serve::realm(realm.clone(), listener, ambient.clone(), shutdown.clone()));
    }

    // what the operator's environment says of them counts, not where they listen
    let urls = Urls {
        customer_issuer: customer.config.issuer.clone(),
        admin_issuer: admin.config.issuer.clone(),
        storefront: shop.service.public_url.clone(),
        console: console.service.public_url.clone(),
    };
    let shop = shop_api::start(shop, options.clock.clone(), options.random.clone()).await?;
    let console = admin_api::start(console, options.clock.clone(), options.random.clone()).await?;
    tasks.spawn(shop.serve(listeners.shop, shutdown.clone()));
    tasks.spawn(console.serve(listeners.console, shutdown.clone()));
    Ok(Running { urls, customer, admin, files, shutdown, tasks })
}

/// The realms of a system that was started with these options and may be at work, for commands on them.
pub fn realms_of(options: &Options) -> anyhow::Result<Vec<RealmConfig>> {
    let urls = Urls::of(options.base_port)?;
    let files = Files::of(&options.data, options.random.clone())?;
    let read = configuration::load(options, &urls, &files)?;
    Ok(vec![read.customer, read.admin])
}

impl Running {
    /// What a newcomer needs, made on the first start.
    pub async fn welcome(&self) -> anyhow::Result<Welcome> {
        welcome::prepare(self).await
    }

    /// Waits until `signals` fires or a part fails, then lets requests under way finish.
    pub async fn until(mut self, signals: Shutdown) -> anyhow::Result<()> {
        let failed = tokio::select! {
            () = signals.fired() => None,
            ended = self.tasks.join_next() => ended,
        };
        self.shutdown.fire();
        while let Some(ended) = self.tasks.join_next().await {
            ended??;
        }
        if let Some(ended) = failed {
            ended??;
        }
        Ok(())
    }

    /// Stops everything.
    pub async fn stop(self) -> anyhow::Result<()> {
        let now = Shutdown::new();
        now.fire();
        self.until(now).await
    }
}
