//! The whole system in one process: both realms, both APIs, storefront and console, on SQLite below one folder.
//!
//! `cargo run` and the end-to-end tests start this: the same realms, routers and listeners as the separate programs, on
//! loopback, in development mode.
//!
//! * `ports`: the addresses of all listeners
//! * `files`: the data folder and its secrets
//! * `configuration`: the configuration of the parts; `realms`, `services`: adapt it to this machine and to each other
//! * [`mailbox`]: a page with the mails of both realms
//! * `welcome`: help for a newcomer: a demo customer and a setup link

mod configuration;
mod demo;
mod files;
pub mod mailbox;
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
use web::{limits::Limits, server};

pub use files::Files;
pub use ports::{Listeners, Urls};
pub use welcome::{DemoCustomer, Welcome};

/// What to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder of databases and secrets; created when missing.
    pub data: PathBuf,
    /// The first port: the customer realm's. The admin realm has the next one, the mailbox the one after
    /// that, the storefront the first plus 100, the console the first plus 101. With 0, each gets a free port.
    pub base_port: u16,
    /// A folder with `customer.toml` and `admin.toml`; `None` for the shipped ones.
    pub realms: Option<PathBuf>,
    /// Values to replace: the part (`customer`, `admin`, `shop-api` or `admin-api`), the key, the value.
    pub overrides: Vec<(String, String, String)>,
    /// The time.
    pub clock: SharedClock,
    /// The randomness.
    pub random: SharedRandom,
}

impl Options {
    /// Replaces the values of `overrides` in the configuration of a part.
    fn fit(&self, part: &str, document: &mut Document) {
        for (_, key, value) in self.overrides.iter().filter(|(of, ..)| of == part) {
            document.set(key, value);
        }
    }
}

/// The running system.
#[derive(Debug)]
pub struct Running {
    /// The public URLs.
    pub urls: Urls,
    /// The customer realm.
    pub customer: Arc<Realm>,
    /// The staff realm.
    pub admin: Arc<Realm>,
    /// The data folder.
    pub files: Files,
    shutdown: Shutdown,
    tasks: JoinSet<std::io::Result<()>>,
}

/// Starts everything. When it returns, every listener accepts connections. An error of type `settings::Mistakes` lists
/// all mistakes in the configuration.
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

    let mails = mailbox::router(&urls.mailbox, files.mails(), ambient.0, ambient.1);
    tasks.spawn(server::serve(listeners.mailbox, mails, Limits::default(), shutdown.clone()));

    // the public URLs, which the operator's environment may set, not the addresses of the listeners
    let urls = Urls {
        customer_issuer: customer.config.issuer.clone(),
        admin_issuer: admin.config.issuer.clone(),
        mailbox: urls.mailbox,
        storefront: shop.service.public_url.clone(),
        console: console.service.public_url.clone(),
    };
    let shop = shop_api::start(shop, options.clock.clone(), options.random.clone()).await?;
    let console = admin_api::start(console, options.clock.clone(), options.random.clone()).await?;
    tasks.spawn(shop.serve(listeners.shop, shutdown.clone()));
    tasks.spawn(console.serve(listeners.console, shutdown.clone()));
    Ok(Running { urls, customer, admin, files, shutdown, tasks })
}

/// The realms of a system that was started with these options and may be running, for commands on them.
pub fn realms_of(options: &Options) -> anyhow::Result<Vec<RealmConfig>> {
    let urls = Urls::of(options.base_port)?;
    let files = Files::of(&options.data, options.random.clone())?;
    let read = configuration::load(options, &urls, &files)?;
    Ok(vec![read.customer, read.admin])
}

impl Running {
    /// The setup link and the demo customer; creates what is missing.
    pub async fn welcome(&self) -> anyhow::Result<Welcome> {
        welcome::prepare(self).await
    }

    /// Waits until `signals` fires or a part fails, then lets running requests finish.
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
