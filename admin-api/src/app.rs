//! From configuration to a running application.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::FromRef;
use cache::Cache;
use clock::SharedClock;
use clock::random::{SharedRandom, uuid_v7};
use clock::when::Zone;
use database::{Db, Opening};
use outbound::{Outbound, OutboundPolicy};
use protocol::acr;
use relying_party::config::{GuardConfig, OtherSide, SessionPolicy};
use relying_party::{Deps, RealmGuard};
use runtime::shutdown::Shutdown;
use web::cookie::{CookieSpec, SameSite};
use web::limits::Limits;
use web::security_headers::PagePolicy;

use crate::access::{Admin, Area};
use crate::config::Config;
use crate::routes;

/// What this service keeps in Redis lies below this: its realm's prefix, and its own name.
const CACHE_PREFIX: &str = "admin:admin-api";
/// Time between two rounds of deleting expired sessions.
const REAP_EVERY: Duration = Duration::from_mins(5);

/// What handlers share; cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    guard: Arc<RealmGuard<Admin>>,
    db: Db,
    sessions: Db,
    clock: SharedClock,
    random: SharedRandom,
    settings: Settings,
}

/// What pages need to know of the configuration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Path in front of the console; empty for none.
    pub base: String,
    /// The product's name.
    pub product: String,
    /// In which times are shown.
    pub zone: Zone,
    /// The storefront, for links.
    pub shop_url: Option<String>,
    /// The staff realm's account pages.
    pub account_url: String,
    /// The content security policy of pages: forms lead to us, and from there to the realm (S6).
    pub policy: PagePolicy,
}

impl AppState {
    /// The guard of this side.
    pub fn guard(&self) -> &Arc<RealmGuard<Admin>> {
        &self.0.guard
    }

    /// Catalogue, orders, content.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Browser sessions.
    pub fn sessions(&self) -> &Db {
        &self.0.sessions
    }

    /// What pages need to know.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Unix seconds.
    pub fn now(&self) -> i64 {
        self.0.clock.now()
    }

    /// An identifier for something new.
    pub fn new_id(&self) -> String {
        uuid_v7(self.now(), &*self.0.random)
    }
}

impl FromRef<AppState> for Arc<RealmGuard<Admin>> {
    fn from_ref(app: &AppState) -> Self {
        Arc::clone(app.guard())
    }
}

/// The application, ready to be served.
#[derive(Debug)]
pub struct App {
    /// Every route, with limits and security headers.
    pub router: Router,
    /// What its listener asks of those who connect.
    pub limits: Limits,
    state: AppState,
}

impl App {
    /// What handlers share.
    #[cfg(test)]
    pub(crate) fn state(&self) -> &AppState {
        &self.state
    }

    /// Work that goes on beside requests; ends when `shutdown` fires.
    pub async fn run_background(&self, shutdown: Shutdown) {
        let reap = async {
            loop {
                if let Err(error) = self.state.guard().reap().await {
                    tracing::warn!(%error, "expired sessions were not deleted; the next round will");
                }
                tokio::time::sleep(REAP_EVERY).await;
            }
        };
        tokio::select! { () = reap => {}, () = shutdown.fired() => {} }
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
    let deps = Deps {
        db: sessions.clone(),
        clock: Arc::clone(&clock),
        random: Arc::clone(&random),
        outbound: Arc::new(outbound),
        cache: Cache::open_any(config.redis.as_ref(), CACHE_PREFIX).await?,
    };
    let guard = RealmGuard::new(guard_config(&config), deps)?;
    Ok(assemble(&config, guard, (db, sessions), (clock, random)))
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
    config: &Config,
    guard: RealmGuard<Admin>,
    (db, sessions): (Db, Db),
    (clock, random): (SharedClock, SharedRandom),
) -> App {
    let settings = Settings {
        base: base(config).to_owned(),
        product: config.product.clone(),
        zone: config.time_zone.clone(),
        shop_url: Some(config.storefront.url.clone()),
        account_url: guard.config().account_url(),
        policy: PagePolicy::with_form_action([guard.issuer_origin()]),
    };
    let (edge_clock, edge_random) = (Arc::clone(&clock), Arc::clone(&random));
    let shared = Shared { guard: Arc::new(guard), db, sessions, clock, random, settings };
    let state = AppState(Arc::new(shared));
    let router = routes::edge(routes::router(&state, config), config, edge_clock, edge_random);
    App { router, limits: config.listener.clone(), state }
}

/// The guard's orders. The second factor is not a matter of configuration (RS4).
pub(crate) fn guard_config(config: &Config) -> GuardConfig {
    let base = base(config);
    let cookie = |name, same_site| CookieSpec::new(name, &config.public_url, &config.cookie_path, same_site);
    let scopes =
        ["openid", "profile", "email", "offline_access"].into_iter().chain(Area::ALL.map(Area::scope));
    GuardConfig {
        issuer: config.realm.issuer.clone(),
        audience: config.public_url.clone(),
        client_id: config.realm.client_id.clone(),
        client_secret: config.realm.client_secret.clone(),
        public_url: config.public_url.clone(),
        redirect_path: format!("{base}/callback"),
        after_sign_out_path: format!("{base}/signed-out"),
        scopes: scopes.map(str::to_owned).collect(),
        required_acr: Some(acr::MULTI.to_owned()),
        leeway: config.leeway,
        max_token_lifetime: config.max_token_lifetime,
        jwks_cooldown: config.jwks_cooldown,
        requests: config.requests,
        proxies: config.listener.proxies.clone(),
        session: SessionPolicy {
            idle: config.session_idle,
            absolute: config.session_absolute,
            cookie: cookie("rk_console_session", SameSite::Strict),
            visitor_cookie: cookie("rk_console_visitor", SameSite::Lax),
        },
        other_side: OtherSide {
            cookie_names: vec!["rk_shop_session".to_owned()],
            name: "customer".to_owned(),
            url: config.storefront.url.clone(),
            issuer: config.storefront.issuer.clone(),
        },
        sealing_key: config.sealing_key.clone(),
        previous_sealing_key: config.previous_sealing_key.clone(),
    }
}

fn base(config: &Config) -> &str {
    if config.cookie_path == "/" { "" } else { &config.cookie_path }
}
