//! The whole system in the test's process.

use std::{path::Path, sync::Arc};

use clock::{Clock, ManualClock, SharedClock, SystemClock};
use database::testing::TestDatabases;
use idp::realm::{
    Realm,
    config::{ADMIN, CUSTOMER},
};
use stack::{DemoCustomer, Options, Running, Urls};
use tempfile::TempDir;

use crate::{
    Browser,
    begun::Begun,
    databases::databases,
    http_client,
    mailbox::Mailbox,
    start::{all_overrides, options, start_somewhere},
};

/// Both realms and both services, running with their own folder.
#[derive(Debug)]
pub struct System {
    /// The public URLs.
    pub urls: Urls,
    /// The system's clock: starts at the real time and stands still.
    pub clock: Arc<ManualClock>,
    /// The demo customer.
    pub demo: DemoCustomer,
    /// The setup link for the first staff account.
    pub setup_link: String,
    running: Option<Running>,
    folder: TempDir,
    /// Realm files that differ from the shipped ones.
    files: Option<TempDir>,
    base_port: u16,
    overrides: Vec<(String, String, String)>,
    _place: TestDatabases,
}

impl System {
    /// Starts a new system.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Starts a new system with other values in its realm files: realm, key, value.
    pub async fn start_with(overrides: &[(&str, &str, &str)]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let clock = Arc::new(ManualClock::new(SystemClock.now()));
        let begun = if overrides.iter().all(is_for_later) { Some(Begun::once().await) } else { None };
        let place = match begun {
            Some(begun) => {
                begun.put_into(folder.path()).expect("a copy of a data folder");
                begun.place.copy().await
            }
            None => TestDatabases::new(),
        };
        let overrides: Vec<_> = databases(&place).await.into_iter().chain(all_overrides(overrides)).collect();
        let (base_port, running) = start_somewhere(folder.path(), &clock, &overrides).await;
        let welcome = running.welcome().await.expect("the first start makes accounts");
        let demo = welcome.demo_customer.or_else(|| Some(begun?.demo.clone()));
        Self {
            urls: running.urls.clone(),
            clock,
            demo: demo.expect("a demo customer on the first start"),
            setup_link: welcome.setup_link.expect("a setup link on the first start"),
            running: Some(running),
            folder,
            files: None,
            base_port,
            overrides,
            _place: place,
        }
    }

    /// A browser that knows this system's four origins.
    pub fn browser(&self) -> Browser {
        Browser::new(http_client::client(), &self.origins())
    }

    /// The origins of the four listeners.
    pub fn origins(&self) -> [String; 4] {
        let urls = self.urls.clone();
        [urls.customer_issuer, urls.admin_issuer, urls.storefront, urls.console]
    }

    /// The issuer of `customer` or `admin`.
    pub fn issuer(&self, realm: &str) -> &str {
        if realm == "admin" { &self.urls.admin_issuer } else { &self.urls.customer_issuer }
    }

    /// The realm `customer` or `admin`, for actions of operators.
    pub fn realm(&self, realm: &str) -> &Arc<Realm> {
        let running = self.running.as_ref().expect("a system at work");
        if realm == "admin" { &running.admin } else { &running.customer }
    }

    /// The realm as another program on the same database opens it.
    pub async fn replica(&self, realm: &str) -> Arc<Realm> {
        self.replica_at(realm, self.clock.clone()).await
    }

    /// As [`System::replica`], with another clock.
    pub async fn replica_at(&self, realm: &str, clock: SharedClock) -> Arc<Realm> {
        let config = self.realm(realm).config.clone();
        Realm::open(config, clock, Arc::new(clock::random::OsRandom)).await.expect("a replica opens")
    }

    /// The secret of a confidential client.
    pub fn client_secret(&self, realm: &str, client: &str) -> String {
        client_secret(self.data(), realm, client)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// What its realms write to people.
    pub fn mailbox(&self) -> Mailbox {
        Mailbox::of(self.data())
    }

    /// [`System::restart`] with further values in its realm files, as after an operator's change.
    pub async fn restart_with(&mut self, overrides: &[(&str, &str, &str)]) {
        self.set(overrides);
        self.restart().await;
    }

    /// Puts further values into its realm files: realm, key, value. They count from the next start.
    pub fn set(&mut self, overrides: &[(&str, &str, &str)]) {
        self.overrides.extend(all_overrides(overrides));
    }

    /// Adds text to the shipped realm files of `customer` and `admin`. It counts from the next start.
    pub fn add_to_files(&mut self, customer: &str, admin: &str) {
        let folder = TempDir::new().expect("a temporary folder");
        for (name, shipped, more) in [("customer", CUSTOMER, customer), ("admin", ADMIN, admin)] {
            let file = folder.path().join(format!("{name}.toml"));
            std::fs::write(file, format!("{shipped}\n{more}")).expect("a realm file");
        }
        self.files = Some(folder);
    }

    /// [`System::restart`] without these values of [`System::restart_with`]: realm, key.
    pub async fn restart_without(&mut self, keys: &[(&str, &str)]) {
        self.overrides.retain(|(realm, key, _)| !keys.contains(&(realm.as_str(), key.as_str())));
        self.restart().await;
    }

    /// The URL of a part's database, if it is on a server.
    pub fn database_of(&self, part: &str) -> Option<String> {
        let found = self.overrides.iter().find(|(of, key, _)| of == part && key == "database");
        found.map(|(_, _, address)| address.clone())
    }

    /// Stops everything and starts it again on the same folder and ports.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.start_again().await;
    }

    /// Stops everything.
    pub async fn stop(&mut self) {
        let running = self.running.take().expect("a system at work");
        running.stop().await.expect("a system stops");
    }

    /// Starts everything again after a [`System::stop`].
    pub async fn start_again(&mut self) {
        let options = Options {
            realms: self.files.as_ref().map(|files| files.path().to_owned()),
            ..options(self.folder.path(), self.base_port, &self.clock, &self.overrides)
        };
        let running = Box::pin(stack::start(options)).await.expect("a system starts again on its folder");
        let welcome = running.welcome().await.expect("the second start looks for accounts");
        assert!(welcome.demo_customer.is_none(), "the demo customer is made on the first start only");
        self.running = Some(running);
    }
}

/// The secret of a confidential client of the system with this data folder.
pub fn client_secret(data: &Path, realm: &str, client: &str) -> String {
    let path = data.join("secrets").join(format!("{realm}.{client}.secret"));
    std::fs::read_to_string(path).expect("the secret of a client").trim().to_owned()
}

/// Whether a value may just as well come with the second start, as after an operator's change: whatever has no part in
/// how databases, keys and first accounts are made.
fn is_for_later((_, key, _): &(&str, &str, &str)) -> bool {
    !["database", "secrets.", "keys.", "session.prefix"].iter().any(|first| key.starts_with(first))
}
