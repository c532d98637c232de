//! A shop with a realm, a clock and browsers, for tests.

use std::{ops::Deref, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{Method, Request, header},
};
use clock::{ManualClock, random::OsRandom};
use commerce::{catalogue, demo};
use database::{Db, testing::scratch};
use outbound::{Outbound, OutboundPolicy};
use protocol::scope::Scope;
use relying_party::{Dependencies, RelyingParty, testing};
use serde_json::Value;
use service::{Ambient, Databases, Resources};
use settings::Document;
use test_browser::{Page, send};

use crate::{App, Config, app, realm::Customer};

pub const NOW: i64 = 1_800_000_000;
pub const SHOP: &str = "http://localhost:7101";
pub const CUSTOMERS: &str = "http://localhost:7001";
pub const STAFF: &str = "http://localhost:7002";

pub struct World {
    pub app: App,
    pub db: Db,
    pub sessions: Db,
    pub realm: testing::TestRealm,
    pub clock: Arc<ManualClock>,
    _folders: [database::testing::TestDatabases; 2],
}

/// The configuration of the example file, with secrets from the environment.
pub fn config() -> Config {
    let file = Document::parse("example.toml", include_str!("../../shop-api.example.toml")).unwrap();
    Config::read(file, secrets()).unwrap()
}

pub fn secrets() -> Vec<(std::ffi::OsString, std::ffi::OsString)> {
    let secret = |name: &str, value: &str| (name.into(), value.into());
    vec![
        secret("SHOP_API__REALM__CLIENT_SECRET", "Wf3kq0Zp8s1TnYb7Rx5mVd2L"),
        secret("SHOP_API__SECRETS__SEALING_KEY", "hG8vQ2mZr5Tn1Ys7Kd4Lp9Wc3Xb6Jf0Ae"),
    ]
}

pub async fn world() -> World {
    world_with(config()).await
}

pub async fn world_with(config: Config) -> World {
    let (one, db) = scratch(commerce::MIGRATION_SET, commerce::MIGRATIONS).await;
    let (two, sessions) = scratch(relying_party::MIGRATION_SET, relying_party::MIGRATIONS).await;
    demo::seed(&db, &OsRandom, NOW).await.unwrap();
    let clock = Arc::new(ManualClock::new(NOW));
    let realm = testing::TestRealm::new(CUSTOMERS);
    let dependencies = Dependencies {
        db: sessions.clone(),
        clock: clock.clone(),
        random: Arc::new(OsRandom),
        outbound: Arc::new(Outbound::new(&OutboundPolicy::default()).unwrap()),
        cache: None,
    };
    let keys = Arc::new(realm.clone());
    let resources = Resources::<Customer> {
        relying_party: RelyingParty::with_keys(app::relying_party_config(&config), dependencies, keys)
            .unwrap(),
        databases: Databases { commerce: db.clone(), sessions: sessions.clone() },
        ambient: Ambient { clock: clock.clone(), random: Arc::new(OsRandom) },
    };
    let app = app::assemble(config, resources);
    World { app, db, sessions, realm, clock, _folders: [one, two] }
}

impl World {
    /// A token of `sub` with these scopes.
    pub fn token(&self, sub: &str, scope: &str) -> String {
        let mut claims = self.realm.claims(SHOP, NOW);
        claims.sub = sub.to_owned();
        claims.scope = Scope::parse(scope).unwrap();
        self.realm.access_token(&claims)
    }

    pub async fn send(&self, request: Request<Body>) -> Page {
        send(&self.app.router, request).await
    }

    /// Sends a request of a program: method, path, token, further headers, body.
    pub async fn call(
        &self,
        (method, path): (Method, &str),
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(json) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(json.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).unwrap()).await
    }

    pub async fn get(&self, path: &str, token: Option<&str>) -> Page {
        self.call((Method::GET, path), token, &[], None).await
    }

    pub async fn product(&self, slug: &str) -> catalogue::Product {
        catalogue::by_slug(&self.db, slug).await.unwrap().unwrap()
    }

    pub fn browser(&self) -> Browser<'_> {
        self.browser_of(test_browser::Browser::new(self.app.router.clone(), &[SHOP]))
    }

    pub fn browser_of(&self, web: test_browser::Browser<Router>) -> Browser<'_> {
        Browser { world: self, web }
    }
}

/// A browser that doesn't follow redirects.
#[derive(Clone)]
pub struct Browser<'w> {
    world: &'w World,
    web: test_browser::Browser<Router>,
}

impl Deref for Browser<'_> {
    type Target = test_browser::Browser<Router>;

    fn deref(&self) -> &Self::Target {
        &self.web
    }
}

impl Browser<'_> {
    /// Signs in as `sub` with all scopes of the storefront.
    pub async fn sign_in(&self, sub: &str) {
        let token = self.world.token(sub, "openid profile email checkout orders");
        let cookie = testing::sign_in(&self.world.app.state().relying_party, &token, None).await;
        let (name, value) = cookie.split_once('=').unwrap();
        self.set_cookie("/", name, value);
        if let Some(visitor) = self.cookie("/", "rk_shop_visitor") {
            let (issuer, subject) = (CUSTOMERS.into(), sub.into());
            let signed_in = relying_party::SignedIn {
                visitor,
                issuer,
                subject,
                profile: relying_party::Profile::default(),
            };
            crate::pages::cart::bring_along(self.world.app.state(), &signed_in).await;
        }
    }

    /// Adds a product to the cart through the product's page.
    pub async fn add(&self, slug: &str, quantity: &str) -> Page {
        let page = self.get(&format!("/products/{slug}")).await;
        let (csrf, id) = (page.field("csrf"), page.field("product_id"));
        let fields = [("csrf", &*csrf), ("product_id", &*id), ("action", "add"), ("quantity", quantity)];
        self.post("/cart", &fields).await
    }
}
