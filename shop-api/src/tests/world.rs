//! A shop with a realm, a clock and browsers.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use clock::ManualClock;
use clock::random::OsRandom;
use commerce::{catalogue, demo};
use database::Db;
use database::testing::scratch;
use outbound::{Outbound, OutboundPolicy};
use protocol::scope::Scope;
use relying_party::{Dependencies, RelyingParty, testing};
use serde_json::Value;
use service::{Ambient, Databases, Resources};
use settings::Document;
use tower::ServiceExt;

use crate::realm::Customer;
use crate::{App, Config, app};

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
    _folders: [database::testing::Place; 2],
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The value of a hidden field.
    pub fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.text.split_once(&start).unwrap_or_else(|| panic!("no {name}: {}", self.text)).1;
        rest.split_once('"').unwrap().0.to_owned()
    }
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

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.app.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        Answer { status, headers, text: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// A request of a program: method, path, token, further headers, body.
    pub async fn call(
        &self,
        (method, path): (Method, &str),
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
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

    pub async fn get(&self, path: &str, token: Option<&str>) -> Answer {
        self.call((Method::GET, path), token, &[], None).await
    }

    pub async fn product(&self, slug: &str) -> catalogue::Product {
        catalogue::by_slug(&self.db, slug).await.unwrap().unwrap()
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser { world: self, cookies: BTreeMap::new() }
    }
}

/// A browser: it keeps cookies and sends what browsers send.
pub struct Browser<'w> {
    world: &'w World,
    pub cookies: BTreeMap<String, String>,
}

impl Browser<'_> {
    /// Signs in as `sub` with all scopes of the storefront.
    pub async fn sign_in(&mut self, sub: &str) {
        let token = self.world.token(sub, "openid profile email checkout orders");
        let cookie = testing::sign_in(&self.world.app.state().relying_party, &token, None).await;
        let (name, value) = cookie.split_once('=').unwrap();
        self.cookies.insert(name.into(), value.into());
        if let Some(visitor) = self.cookies.get("rk_shop_visitor") {
            let (visitor, issuer, subject) = (visitor.clone(), CUSTOMERS.into(), sub.into());
            let signed_in = relying_party::SignedIn {
                visitor,
                issuer,
                subject,
                profile: relying_party::Profile::default(),
            };
            crate::pages::cart::bring_along(self.world.app.state(), &signed_in).await;
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: protocol::params::Params = fields.iter().copied().collect();
        let request = self
            .request(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(pairs.encode())).unwrap()).await
    }

    /// Puts a product into the cart, as a person does.
    pub async fn add(&mut self, slug: &str, quantity: &str) -> Answer {
        let page = self.get(&format!("/products/{slug}")).await;
        let (csrf, id) = (page.field("csrf"), page.field("product_id"));
        let fields = [("csrf", &*csrf), ("product_id", &*id), ("action", "add"), ("quantity", quantity)];
        self.post("/cart", &fields).await
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder().method(method).uri(path);
        if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies.join("; ")) }
    }

    async fn send(&mut self, request: Request<Body>) -> Answer {
        let answer = self.world.send(request).await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let (pair, rest) = line.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
        answer
    }
}
