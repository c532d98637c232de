//! A realm, and browsers that come to it.

use std::sync::Arc;

use database::testing::Place;
use http::HeaderMap;
use idp::{
    flow::{accounts, register, signing_keys},
    realm::{Realm, RealmConfig, config::DEFAULTS},
    session::{
        Visit,
        interaction::{Interaction, Purpose},
    },
    store::sessions::Origin,
};
use service::{clock::ManualClock, config::Document, random::OsRandom};

/// When the tests happen, Unix seconds.
pub const NOW: i64 = 1_800_000_000;
/// A password that every policy accepts.
pub const PASSWORD: &str = "velvet tundra 94 marimba";

const FILE: &str = r#"name = "test"
issuer = "http://localhost:7001"
[session]
prefix = "test"
idle = "1h"
[keys]
rsa_bits = 2048
[passwords]
memory_kib = 19456
iterations = 2
[roles.member]
permissions = []
"#;

/// A realm, gone with its test.
pub struct Scratch {
    pub realm: Arc<Realm>,
    pub clock: Arc<ManualClock>,
    file: Document,
    _place: Place,
}

impl Scratch {
    /// A realm where a second factor is `optional` or `required`.
    pub async fn with_factor(second: &str) -> Self {
        Self::with("", &[("factors.second", second)]).await
    }

    /// A realm with more in its file, and other values: key, value.
    pub async fn with(more: &str, changes: &[(&str, &str)]) -> Self {
        let place = Place::new();
        let file = Document::parse("test.toml", &format!("{FILE}{more}")).unwrap();
        let mut file = Document::parse("default.toml", DEFAULTS).unwrap().overlaid_by(file);
        file.set("secrets.key_encryption_key", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq");
        file.set("secrets.pepper", "Zt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJmRw");
        file.set("database", place.address().await);
        for (key, value) in changes {
            file.set(key, *value);
        }
        let clock = Arc::new(ManualClock::new(NOW));
        Self { realm: open(&file, &clock).await, clock, file, _place: place }
    }

    /// The realm as a restart with other values in its file has it: key, value.
    pub async fn changed(&self, changes: &[(&str, &str)]) -> Arc<Realm> {
        let mut file = self.file.clone();
        for (key, value) in changes {
            file.set(key, *value);
        }
        open(&file, &self.clock).await
    }

    /// Makes an account; the answer is its id.
    pub async fn account(&self, email: &str) -> String {
        let form = register::Form { email, name: "Ada", password: PASSWORD };
        accounts::add(&self.realm, form, "member").await.unwrap().unwrap()
    }

    /// A browser, with the session cookie it was given, if any.
    pub async fn visit(&self, session: Option<&str>) -> Visit {
        let mut headers = HeaderMap::new();
        if let Some(value) = session {
            let cookie = self.realm.cookies.session.set(value, None);
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            headers.insert(http::header::COOKIE, pair.parse().unwrap());
        }
        let origin = Origin { address: [192, 0, 2, 1].into(), user_agent: "test".to_owned() };
        Visit::recognise(&self.realm, &headers, origin, "r1".to_owned()).await.unwrap()
    }

    /// A request that waits for its person.
    pub async fn interaction(&self, visit: &Visit) -> Interaction {
        let purpose = Purpose::Account { path: "/account".to_owned(), max_age: None };
        let id = Interaction::begin(&self.realm, visit, &purpose).await.unwrap();
        Interaction::load(&self.realm, visit, &id).await.unwrap().unwrap()
    }
}

async fn open(file: &Document, clock: &Arc<ManualClock>) -> Arc<Realm> {
    let config = RealmConfig::read(file).unwrap();
    let realm = Realm::open(config, clock.clone(), Arc::new(OsRandom)).await.unwrap();
    signing_keys::tend(&realm).await.unwrap();
    realm
}
