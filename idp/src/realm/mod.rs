//! A realm: everything that one issuer owns.
//!
//! A handler holds an `Arc<Realm>`, taken from the listener that accepted the connection. It has no way to name another
//! realm's database, keys or cookies. There is no global state and no realm column.

mod clients;
pub mod config;
mod documents;
mod factors;
mod keys;
mod mail;
mod passkeys;
mod secrets;
mod sections;
pub mod set;
mod tables;
mod theme;
mod unsettled;
pub mod upstream;
mod upstreams;

use std::{collections::BTreeMap, sync::Arc};

use anyhow::Context as _;
use cache::{Cache, Limiter, Pace};
use clock::{
    SharedClock,
    random::{self, SharedRandom},
};
use database::Opening;
use language::Language;
use outbound::{Outbound, OutboundPolicy};
use protocol::{
    authorize::{FactorPolicy, Offer},
    client::Client,
    scope::Scope,
};
use web::cookie::{CookieSpec, SameSite};

pub use config::RealmConfig;
pub use documents::Documents;
pub use keys::{ALGORITHMS, FreshKey, KeyRing, Loaded};
pub use mail::MailConfig;
pub use secrets::{Secrets, SecretsInput};
pub use set::RealmFile;
pub use unsettled::Unsettled;
pub use upstreams::{EMAIL, UpstreamConfig};

use self::config::RequestConfig;
use crate::{
    authn::{
        hasher::{self, Hasher},
        passkey,
    },
    look::Look,
    mail::Mailer,
    realm::upstream::Upstream,
    store::{Store, issued::Issued},
};

/// The cookies of a realm.
#[derive(Debug, Clone)]
pub struct Cookies {
    /// The session at the provider.
    pub session: CookieSpec,
    /// Binds half-finished sign-ins to the browser that started them.
    pub browser: CookieSpec,
    /// The language that was chosen in this browser.
    pub language: CookieSpec,
}

impl Cookies {
    fn of(config: &RealmConfig) -> Self {
        let cookie = |what: &str| {
            let name = format!("rk_{}_{what}", config.session.prefix);
            CookieSpec::new(&name, &config.issuer, "/", SameSite::Lax)
        };
        Self { session: cookie("session"), browser: cookie("browser"), language: cookie("language") }
    }
}

/// How many requests are answered.
#[derive(Debug)]
pub struct Limits {
    /// People's pages.
    pub pages: Option<Limiter>,
    /// Clients' endpoints.
    pub endpoints: Option<Limiter>,
}

impl Limits {
    fn new(config: RequestConfig, cache: Option<&Cache>, store: &Store) -> Self {
        let limiter =
            |pace: Option<Pace>| pace.map(|pace| Limiter::new(pace, cache.cloned(), store.pending.clone()));
        Self { pages: limiter(config.pages), endpoints: limiter(config.endpoints) }
    }
}

/// One issuer with all it owns.
#[derive(Debug)]
pub struct Realm {
    /// Its configuration.
    pub config: RealmConfig,
    /// Its databases.
    pub store: Store,
    /// Short-lived copies that all replicas share, if there is a Redis server.
    pub cache: Option<Cache>,
    /// How many requests are answered.
    pub limits: Limits,
    /// Its signing keys.
    pub keys: KeyRing,
    /// Its symmetric keys, one per purpose.
    pub secrets: Arc<Secrets>,
    /// Its password threads.
    pub hasher: Hasher,
    /// What checks its passkeys; `None` when its host is an IP address, for which there are none.
    pub passkeys: Option<passkey::RelyingParty>,
    /// Other providers at which people may sign in.
    pub upstreams: Vec<Upstream>,
    /// Its cookies.
    pub cookies: Cookies,
    /// What it publishes about itself.
    pub documents: Documents,
    /// What its pages are drawn with.
    pub look: Look,
    /// Attempts that were nobody's failure and could not be taken back yet.
    pub unsettled: Unsettled,
    /// The HTTP client for logout notices.
    pub outbound: Outbound,
    /// Sends its mails; `None` when it sends none, and offers nothing that needs mail.
    pub mailer: Option<Mailer>,
    /// Wakes the outbox.
    pub outbox: tokio::sync::Notify,
    /// Audit events that wait to be written together.
    pub issued: Issued,
    clients: BTreeMap<String, Arc<Client>>,
    clock: SharedClock,
    random: SharedRandom,
}

impl Realm {
    /// The language of people who want none of the realm's other ones.
    pub fn language(&self) -> Language {
        self.config.languages.first().copied().unwrap_or(Language::English)
    }

    /// Opens the realm's databases, loads the keys that exist and renders its documents. Errors name the realm.
    pub async fn open(
        config: RealmConfig,
        clock: SharedClock,
        random: SharedRandom,
    ) -> anyhow::Result<Arc<Self>> {
        let name = config.name.clone();
        // boxed: callers would hold all of it on their stacks
        Box::pin(Self::open_named(config, clock, random)).await.with_context(|| format!("realm `{name}`"))
    }

    async fn open_named(
        config: RealmConfig,
        clock: SharedClock,
        random: SharedRandom,
    ) -> anyhow::Result<Arc<Self>> {
        let secrets = Arc::new(Secrets::derive(&config.secrets)?);
        let store = Store::open(&config.database).await;
        let store = store.map_err(|error| Opening::of(&config.database, &error))?;
        let cache = Cache::open_any(config.redis.as_ref(), &config.session.prefix).await?;
        let limits = Limits::new(config.requests, cache.as_ref(), &store);
        let keys = KeyRing::load(
            &store,
            &secrets,
            config.rotation(),
            config.keys.rsa_bits,
            (clock.clone(), random.clone()),
        )
        .await?;
        let hasher = Hasher::new(
            config.passwords.params,
            config.secrets.peppers(),
            hasher::threads(config.passwords.workers),
            config.passwords.queue,
            config.passwords.wait,
        )?;
        let outbound = Outbound::new(&OutboundPolicy {
            allowed_private_hosts: config.private_hosts.clone(),
            extra_ca: config.ca_file.clone(),
            ..OutboundPolicy::default()
        })?;
        let mailer = config.mail.as_ref().map(|mail| Mailer::new(mail.from.clone(), &mail.way_out));
        let upstreams =
            config.upstreams.iter().map(|of| Upstream::new(of, &config)).collect::<Result<_, _>>()?;
        let cookies = Cookies::of(&config);
        let documents = Documents::render(&config);
        let look = Look::of(&config.theme);
        let passkeys =
            passkey::RelyingParty::at(&config.issuer, &config.product, &config.passkeys.related_origins)
                .map(|party| party.trusting(config.factors.attested.clone()));
        let clients =
            config.clients.iter().map(|client| (client.id.clone(), Arc::new(client.clone()))).collect();
        Ok(Arc::new(Self {
            store,
            cache,
            limits,
            keys,
            secrets,
            hasher,
            passkeys,
            upstreams,
            cookies,
            documents,
            look,
            unsettled: Unsettled::default(),
            outbound,
            mailer: mailer.transpose()?,
            outbox: tokio::sync::Notify::new(),
            issued: Issued::default(),
            clients,
            clock,
            random,
            config,
        }))
    }

    /// The registered client of that id.
    pub fn client(&self, id: &str) -> Option<&Arc<Client>> {
        self.clients.get(id)
    }

    /// Whether a client's browser app may call from that origin.
    pub fn has_origin(&self, origin: &str) -> bool {
        self.clients.values().any(|client| client.allowed_origins.iter().any(|allowed| allowed == origin))
    }

    /// The first-party client that names its home page, if there is one.
    pub fn own_app(&self) -> Option<&Arc<Client>> {
        self.clients.values().find(|client| client.first_party && client.client_uri.is_some())
    }

    /// Where a person goes who came without a client: to the home page of the realm's own app.
    pub fn home_of_apps(&self) -> Option<&str> {
        self.own_app().and_then(|client| client.client_uri.as_deref())
    }

    /// The current time, Unix seconds.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Seconds that never go back, for ages in memory.
    pub fn elapsed(&self) -> i64 {
        self.clock.elapsed()
    }

    /// The upstream provider of that id.
    pub fn upstream(&self, id: &str) -> Option<&Upstream> {
        self.upstreams.iter().find(|upstream| upstream.config.id == id)
    }

    /// Whether the realm's clock is meant to show the real time.
    pub fn has_the_worlds_clock(&self) -> bool {
        self.clock.is_of_the_world()
    }

    /// A fresh id that sorts by time.
    pub fn new_id(&self) -> String {
        random::uuid_v7(self.now(), self.random.as_ref())
    }

    /// A fresh opaque value of 256 bits (AUTH-12).
    pub fn new_token(&self) -> String {
        random::token(self.random.as_ref())
    }

    /// Random bytes, for salts and nonces.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        random::bytes(self.random.as_ref())
    }

    /// The realm's source of randomness.
    pub fn random(&self) -> &dyn random::Random {
        self.random.as_ref()
    }

    /// Every scope a client can ask for here.
    pub fn scopes(&self) -> &Scope {
        &self.config.offered_scopes
    }

    /// What a client can ask for here.
    pub fn offer(&self) -> Offer<'_> {
        Offer { scopes: self.scopes(), resources: &self.config.resources }
    }

    /// For how many seconds a browser may be spared the second factor of an account of which that is demanded; `None`
    /// for whom it never is (I12).
    pub fn trusts_browsers_for(&self, policy: FactorPolicy) -> Option<i64> {
        let seconds = self.config.factors.trusts_browsers_for;
        (seconds > 0 && policy == FactorPolicy::Optional).then_some(seconds)
    }

    /// How often somebody without a passkey is offered one after a password, in seconds; `None` where nobody is.
    pub fn offers_passkeys_every(&self) -> Option<i64> {
        let every = self.config.passkeys.offer;
        (every > 0 && !self.config.staff && self.passkeys.is_some()).then_some(every)
    }

    /// Whether a first second factor is set up by an invitation only. Staff don't get one by a password alone (MF6).
    pub fn enrols_by_invitation(&self) -> bool {
        self.config.staff
    }

    /// Whether no code or token may exist without a second factor, whoever it is for.
    pub fn second_factor_required(&self) -> bool {
        self.config.factors.everybody != FactorPolicy::Optional
    }
}
