//! From configuration to a running application.

use std::{ops::Deref, sync::Arc, time::Duration};

use axum::{Router, extract::FromRef};
use cache::Cache;
use clock::SharedClock;
use clock::random::SharedRandom;
use commerce::{cart, demo, idempotency};
use database::{Db, Opening, Sweep};
use outbound::{Outbound, OutboundPolicy};
use relying_party::{Deps, GuardConfig, OtherSide, RealmGuard, SessionPolicy};
use runtime::shutdown::Shutdown;
use web::cookie::{CookieSpec, SameSite};
use web::limits::Limits;
use web::security_headers::PagePolicy;

use crate::{CHECKOUT, Config, Customer, ORDERS, routes};

/// What this service keeps in Redis lies below this: its realm's prefix, and its own name.
const CACHE_PREFIX: &str = "customer:shop-api";
/// Time between two rounds of deleting what has expired.
const REAP_EVERY: Duration = Duration::from_mins(5);
/// Seconds after which a guest's cart is forgotten. The cookie that leads to it ends with the browser.
const GUEST_CART: i64 = 7 * 24 * 60 * 60;

/// What handlers share; cheap to clone.
#[derive(Debug, Clone)]
pub struct Shop(Arc<Shared>);

/// The parts of the shop.
#[derive(Debug)]
pub struct Shared {
    /// The guard of this side.
    pub guard: Arc<RealmGuard<Customer>>,
    /// Catalogue, carts, orders, content.
    pub db: Db,
    /// Browser sessions.
    pub sessions: Db,
    /// The time.
    pub clock: SharedClock,
    /// Randomness.
    pub random: SharedRandom,
    /// What the operator said.
    pub config: Config,
    /// The content security policy of pages: forms lead to us, and from there to the realm (S6).
    pub policy: PagePolicy,
}

impl Deref for Shop {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl FromRef<Shop> for Arc<RealmGuard<Customer>> {
    fn from_ref(shop: &Shop) -> Self {
        Arc::clone(&shop.guard)
    }
}

/// The application, ready to be served.
#[derive(Debug)]
pub struct App {
    /// Every route, with limits and security headers.
    pub router: Router,
    /// What its listener asks of those who connect.
    pub limits: Limits,
    shop: Shop,
}

impl App {
    /// The guard of this side.
    pub fn guard(&self) -> Arc<RealmGuard<Customer>> {
        Arc::clone(&self.shop.guard)
    }

    /// What handlers share.
    #[cfg(test)]
    pub(crate) fn shop(&self) -> &Shop {
        &self.shop
    }

    /// Work that goes on beside requests; ends when `shutdown` fires.
    pub async fn run_background(&self, shutdown: Shutdown) {
        let reap = async {
            loop {
                if let Err(error) = self.reap().await {
                    tracing::warn!(%error, "what has expired was not deleted; the next round will");
                }
                tokio::time::sleep(REAP_EVERY).await;
            }
        };
        tokio::select! { () = reap => {}, () = shutdown.fired() => {} }
    }

    /// Deletes what has expired: sessions, idempotency keys, carts of guests. Idempotent on any replica.
    pub async fn reap(&self) -> database::Result<()> {
        let now = self.shop.clock.now();
        let sessions = self.shop.guard.reap().await;
        let mut sweep = Sweep::default();
        sweep.remove(&self.shop.db, idempotency::expired(now)).await;
        sweep.remove(&self.shop.db, cart::abandoned(now - GUEST_CART)).await;
        sessions.and(sweep.end()).map(drop)
    }
}

/// Opens the databases, brings their schemas up and builds the router. Talks to nobody over the network.
///
/// # Errors
/// A database that can't be opened or has a newer schema; a configuration the guard refuses.
pub async fn start(config: Config, clock: SharedClock, random: SharedRandom) -> anyhow::Result<App> {
    let outbound = Outbound::new(&OutboundPolicy {
        allowed_private_hosts: config.private_hosts.clone(),
        extra_ca: config.ca_file.clone(),
        ..OutboundPolicy::default()
    })?;
    let (db, sessions) = open(&config).await?;
    if config.demo {
        demo::seed(&db, &*random, clock.now()).await?;
    }
    let deps = Deps {
        db: sessions.clone(),
        clock: Arc::clone(&clock),
        random: Arc::clone(&random),
        outbound: Arc::new(outbound),
        cache: Cache::open_any(config.redis.as_ref(), CACHE_PREFIX).await?,
    };
    let guard = RealmGuard::new(guard_config(&config), deps)?;
    Ok(assemble(config, guard, (db, sessions), (clock, random)))
}

/// Opens both databases with their schemas in place.
pub(crate) async fn open(config: &Config) -> anyhow::Result<(Db, Db)> {
    database::check_not_lost(&config.database, &config.sessions_database)?;
    let opened = commerce::open(&config.database).await;
    let db = opened.map_err(|error| Opening::of(&config.database, &error))?;
    let opened = relying_party::open_sessions(&config.sessions_database).await;
    let sessions = opened.map_err(|error| Opening::of(&config.sessions_database, &error))?;
    Ok((db, sessions))
}

/// Puts the parts together.
pub(crate) fn assemble(
    config: Config,
    guard: RealmGuard<Customer>,
    (db, sessions): (Db, Db),
    (clock, random): (SharedClock, SharedRandom),
) -> App {
    let policy = PagePolicy {
        report_only: config.csp_report_only,
        ..PagePolicy::with_form_action([guard.issuer_origin()])
    };
    let guard = Arc::new(guard);
    let shop = Shop(Arc::new(Shared { guard, db, sessions, clock, random, config, policy }));
    App { router: routes::router(&shop), limits: shop.config.listener.clone(), shop }
}

/// The guard's orders.
pub(crate) fn guard_config(config: &Config) -> GuardConfig {
    let cookie = |name| CookieSpec::new(name, &config.public_url, "/", SameSite::Lax);
    let scopes = ["openid", "profile", "email", "offline_access", CHECKOUT, ORDERS];
    GuardConfig {
        issuer: config.realm.issuer.clone(),
        audience: config.public_url.clone(),
        client_id: config.realm.client_id.clone(),
        client_secret: config.realm.client_secret.clone(),
        public_url: config.public_url.clone(),
        redirect_path: "/callback".to_owned(),
        after_sign_out_path: "/signed-out".to_owned(),
        scopes: scopes.map(str::to_owned).to_vec(),
        required_acr: None,
        leeway: config.leeway,
        max_token_lifetime: config.max_token_lifetime,
        jwks_cooldown: config.jwks_cooldown,
        requests: config.requests,
        proxies: config.listener.proxies.clone(),
        session: SessionPolicy {
            idle: config.session_idle,
            absolute: config.session_absolute,
            cookie: cookie("rk_shop_session"),
            visitor_cookie: cookie("rk_shop_visitor"),
        },
        other_side: OtherSide {
            cookie_names: vec!["rk_console_session".to_owned()],
            name: "staff".to_owned(),
            url: config.staff.url.clone(),
            issuer: config.staff.issuer.clone(),
        },
        sealing_key: config.sealing_key.clone(),
        previous_sealing_key: config.previous_sealing_key.clone(),
    }
}
