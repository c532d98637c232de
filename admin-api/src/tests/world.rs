//! A running side with its realm, and requests to it.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use clock::ManualClock;
use clock::random::OsRandom;
use database::testing::Place;
use http_body_util::BodyExt as _;
use outbound::{Outbound, OutboundPolicy};
use protocol::access_token::AccessClaims;
use protocol::scope::Scope;
use relying_party::testing::{TestRealm, sign_in};
use relying_party::{Dependencies, RelyingParty};
use serde_json::Value;
use service::{Ambient, Databases, Resources};
use settings::{Document, Mistakes};
use tower::ServiceExt as _;

use crate::app::{App, assemble, relying_party_config};
use crate::config::Config;
use crate::realm::Admin;

pub const HERE: &str = "http://localhost:7102";
pub const NOW: i64 = 1_763_713_906;
const EXAMPLE: &str = include_str!("../../admin-api.example.toml");

/// Everything a test needs; the databases go with it.
pub struct World {
    pub app: App,
    pub realm: TestRealm,
    pub clock: Arc<ManualClock>,
    _place: Place,
}

/// The answer to a request, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

/// The example file with secrets from the environment, and what a test adds.
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
        let place = Place::new();
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

    /// Claims of somebody with both scopes and these permissions.
    pub fn claims(&self, permissions: &[&str]) -> AccessClaims {
        AccessClaims {
            scope: Scope::parse("openid content orders").unwrap(),
            permissions: permissions.iter().map(|name| (*name).to_owned()).collect(),
            ..self.realm.claims(HERE, NOW)
        }
    }

    /// The `Authorization` of somebody who may do everything here.
    pub fn bearer(&self) -> String {
        self.bearer_of(&self.claims(&["content_moderation", "sales_management"]))
    }

    pub fn bearer_of(&self, claims: &AccessClaims) -> String {
        format!("Bearer {}", self.realm.access_token(claims))
    }

    /// The `Cookie` of a signed-in browser.
    pub async fn browser(&self, claims: &AccessClaims) -> String {
        sign_in(&self.app.state().relying_party, &self.realm.access_token(claims), None).await
    }

    /// Somebody of a realm has signed in on their side before.
    pub async fn knows(&self, issuer: &str, sub: &str, name: &str) {
        let person = commerce::people::Person {
            name: Some(name.to_owned()),
            email: Some(format!("{sub}@example.org")),
        };
        commerce::people::remember(&self.app.state().db, issuer, sub, &person, NOW).await.unwrap();
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response: Response = self.app.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// A JSON request with headers; an empty body is none.
    pub async fn call(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub async fn get(&self, path: &str, credential: (&str, &str)) -> Answer {
        self.call(Method::GET, path, &[credential], "").await
    }

    /// A form posted by one of our own pages in this browser.
    pub async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
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

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The value of a hidden field.
    pub fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.text.split(&start).nth(1).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// The text of the element with this id.
    pub fn element(&self, id: &str) -> Option<&str> {
        let rest = self.text.split(&format!("id=\"{id}\"")).nth(1)?;
        rest.split_once('>')?.1.split('<').next()
    }
}
