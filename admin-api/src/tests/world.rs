//! A running service with its realm, and requests to it, for tests.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use clock::{ManualClock, random::OsRandom};
use database::testing::TestDatabases;
use outbound::{Outbound, OutboundPolicy};
use protocol::{access_token::AccessClaims, scope::Scope};
use relying_party::{
    Dependencies, RelyingParty,
    testing::{TestRealm, sign_in},
};
use service::{Ambient, Databases, Resources};
use settings::{Document, Mistakes};
use test_browser::{Page, send};

use crate::{
    app::{App, assemble, relying_party_config},
    config::Config,
    realm::Admin,
};

pub const HERE: &str = "http://localhost:7102";
pub const NOW: i64 = 1_763_713_906;
const EXAMPLE: &str = include_str!("../../admin-api.example.toml");

/// A running service; its databases are deleted with it.
pub struct World {
    pub app: App,
    pub realm: TestRealm,
    pub clock: Arc<ManualClock>,
    _place: TestDatabases,
}

/// The example configuration, with secrets from the environment and a test's own values.
pub fn config(environment: &[(&str, &str)]) -> Result<Config, Mistakes> {
    let secrets = [
        ("ADMIN_API__REALM__CLIENT_SECRET", "Zk3vQw8sXr2mTb7yLn5pHd9c"),
        ("ADMIN_API__SECRETS__SEALING_KEY", "u8Jx2Vq5Wn7Rt4Ym9Kd3Gp6Bz1Hs0Lf8Qc2Xa5Ev"),
    ];
    let all = secrets.iter().chain(environment).map(|(name, value)| ((*name).into(), (*value).into()));
    Config::read(Document::parse("admin-api.example.toml", EXAMPLE)?, all.collect::<Vec<_>>())
}

impl World {
    pub async fn new() -> World {
        World::with(&[]).await
    }

    pub async fn with(environment: &[(&str, &str)]) -> World {
        let place = TestDatabases::new();
        let (shop, sessions) = (place.address().await, place.address().await);
        let databases =
            [("ADMIN_API__DATABASE", shop.as_str()), ("ADMIN_API__SESSIONS_DATABASE", sessions.as_str())];
        let config = config(&[&databases, environment].concat()).unwrap();
        let clock = Arc::new(ManualClock::new(NOW));
        let realm = TestRealm::new(&config.service.realm.issuer);
        let databases = Databases::open(&config.service).await.unwrap();
        let dependencies = Dependencies {
            db: databases.sessions.clone(),
            clock: clock.clone(),
            random: Arc::new(OsRandom),
            outbound: Arc::new(Outbound::new(&OutboundPolicy::default()).unwrap()),
            cache: None,
        };
        let keys = Arc::new(realm.clone());
        let resources = Resources::<Admin> {
            relying_party: RelyingParty::with_keys(relying_party_config(&config), dependencies, keys)
                .unwrap(),
            databases,
            ambient: Ambient { clock: clock.clone(), random: Arc::new(OsRandom) },
        };
        let app = assemble(config, resources);
        World { app, realm, clock, _place: place }
    }

    /// Claims with both scopes and these permissions.
    pub fn claims(&self, permissions: &[&str]) -> AccessClaims {
        AccessClaims {
            scope: Scope::parse("openid content orders").unwrap(),
            permissions: permissions.iter().map(|name| (*name).to_owned()).collect(),
            ..self.realm.claims(HERE, NOW)
        }
    }

    /// The `Authorization` header of a person with all rights.
    pub fn bearer(&self) -> String {
        self.bearer_of(&self.claims(&["content_moderation", "sales_management"]))
    }

    pub fn bearer_of(&self, claims: &AccessClaims) -> String {
        format!("Bearer {}", self.realm.access_token(claims))
    }

    /// The `Cookie` header of a signed-in browser.
    pub async fn browser(&self, claims: &AccessClaims) -> String {
        sign_in(&self.app.state().relying_party, &self.realm.access_token(claims), None).await
    }

    /// Stores the name of a person of a realm, as an earlier sign-in would.
    pub async fn knows(&self, issuer: &str, sub: &str, name: &str) {
        let person = commerce::people::Person {
            name: Some(name.to_owned()),
            email: Some(format!("{sub}@example.org")),
        };
        commerce::people::remember(&self.app.state().db, issuer, sub, &person, NOW).await.unwrap();
    }

    pub async fn send(&self, request: Request<Body>) -> Page {
        send(&self.app.router, request).await
    }

    /// Sends a JSON request with headers; an empty `body` sends none.
    pub async fn call(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub async fn get(&self, path: &str, credential: (&str, &str)) -> Page {
        self.call(Method::GET, path, &[credential], "").await
    }

    /// Sends a form of one of this service's own pages from this browser.
    pub async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Page {
        let pairs: protocol::params::Params = fields.iter().copied().collect();
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(pairs.encode()))
            .unwrap();
        self.send(request).await
    }
}
