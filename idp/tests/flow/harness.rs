//! A realm, and browsers that come to it.

use std::sync::Arc;

use clock::{Clock, ManualClock, random::OsRandom};
use database::{Db, record, sql, testing::TestDatabases};
use http::HeaderMap;
use idp::{
    flow::{
        Error, accounts,
        new_account::{Filled, Form},
        sign_in::{self, Credentials, Outcome},
        signing_keys,
    },
    mail::Mail,
    realm::{Realm, RealmConfig, config::DEFAULTS},
    session::{
        Visit,
        interaction::{Interaction, Purpose, Wanted},
    },
    store::{
        keys::{self, StoredKey},
        sessions::Origin,
    },
};
use settings::Document;
use tokio::sync::OnceCell;

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
    _place: TestDatabases,
}

impl Scratch {
    /// A realm where a second factor is `optional` or `required`.
    pub async fn with_factor(second: &str) -> Self {
        Self::with("", &[("factors.second", second)]).await
    }

    /// A realm with more in its file, and other values: key, value.
    pub async fn with(more: &str, changes: &[(&str, &str)]) -> Self {
        let place = TestDatabases::new();
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
        let form = Form { email, claims: &[Filled::name("Ada")], password: PASSWORD, language: None };
        accounts::add(&self.realm, form, "member").await.unwrap().unwrap()
    }

    /// A browser, with the session cookie it was given, if any.
    pub async fn visit(&self, session: Option<&str>) -> Visit {
        self.visit_of(None, session).await
    }

    /// The same browser again, if it is named, with the session cookie it was given, if any.
    pub async fn visit_of(&self, browser: Option<&str>, session: Option<&str>) -> Visit {
        let cookies = &self.realm.cookies;
        let mut headers = HeaderMap::new();
        for (spec, value) in [(&cookies.browser, browser), (&cookies.session, session)] {
            if let Some(value) = value {
                let cookie = spec.set(value, None);
                let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
                headers.append(http::header::COOKIE, pair.parse().unwrap());
            }
        }
        let origin = Origin { address: [192, 0, 2, 1].into(), user_agent: "test".to_owned() };
        Visit::recognise(&self.realm, &headers, origin, "r1".to_owned()).await.unwrap()
    }

    /// Signs the browser in with the right password; the answer is the session's cookie.
    pub async fn signed_in(&self, visit: &Visit, email: &str) -> String {
        match self.try_password(visit, (email, PASSWORD)).await.unwrap() {
            Outcome::SignedIn(cookie) => cookie,
            Outcome::Wrong => panic!("the right password"),
        }
    }

    /// Tries a password.
    pub async fn try_password(&self, visit: &Visit, typed: (&str, &str)) -> Result<Outcome, Error> {
        let interaction = self.interaction(visit).await;
        let turn = self.realm.hasher.queue.turn().await?;
        sign_in::with_password(
            &self.realm,
            visit,
            &interaction,
            Credentials { email: typed.0, password: typed.1 },
            turn,
        )
        .await
    }

    /// The code of an authenticator app with that seed.
    pub fn code(&self, seed: &str) -> String {
        let seed: String = seed.split_whitespace().collect();
        let secret = totp_rs::Secret::try_from_base32(&seed).unwrap();
        let app = totp_rs::Builder::new().with_secret(secret).with_account_name("app").build().unwrap();
        app.generate(self.clock.now().cast_unsigned()).to_string()
    }

    /// What waits in the outbox to be mailed, the oldest first.
    pub async fn mails(&self) -> Vec<Mail> {
        record! { struct Row { message: String } }
        let rows = sql("SELECT message FROM outbox WHERE kind = 'mail' ORDER BY id");
        let rows: Vec<Row> = rows.all(&self.realm.store.facts).await.unwrap();
        let sealing = &self.realm.secrets.sealing;
        rows.iter()
            .map(|row| serde_json::from_slice(&sealing.open(&row.message, "mail").unwrap()).unwrap())
            .collect()
    }

    /// The kinds of all audit events so far.
    pub async fn kinds_of_events(&self) -> Vec<String> {
        record! { struct Row { kind: String } }
        let rows: Vec<Row> = sql("SELECT kind FROM audit_events").all(&self.realm.store.facts).await.unwrap();
        rows.into_iter().map(|row| row.kind).collect()
    }

    /// A request that waits for its person.
    pub async fn interaction(&self, visit: &Visit) -> Interaction {
        let purpose =
            Purpose::Account { path: "/account".to_owned(), max_age: None, wanted: Wanted::default() };
        let id = Interaction::begin(&self.realm, visit, &purpose).await.unwrap();
        Interaction::load(&self.realm, visit, &id).await.unwrap().unwrap()
    }
}

/// A browser in which the account of [`factors`](crate::factors) was just signed in to with the password; a new one unless
/// it is named.
pub async fn in_session(scratch: &Scratch, browser: Option<&str>) -> Visit {
    let visit = scratch.visit_of(browser, None).await;
    let cookie = scratch.signed_in(&visit, crate::factors::ADA).await;
    scratch.visit_of(Some(&visit.browser), Some(&cookie)).await
}

async fn open(file: &Document, clock: &Arc<ManualClock>) -> Arc<Realm> {
    let config = RealmConfig::read(file).unwrap();
    let realm = Realm::open(config, clock.clone(), Arc::new(OsRandom)).await.unwrap();
    let facts = &realm.store.facts;
    let is_new = keys::published(facts).await.unwrap().is_empty();
    if is_new {
        put_keys(facts, KEYS.get().map(Vec::as_slice).unwrap_or_default()).await;
    }
    signing_keys::maintain(&realm).await.unwrap();
    if is_new && !KEYS.initialized() {
        // of several tests that come here at once, any may win
        let _ = KEYS.set(keys::published(facts).await.unwrap());
    }
    realm
}

/// The signing keys of the first realm. All others get them too: to make new ones takes longer than most tests.
static KEYS: OnceCell<Vec<StoredKey>> = OnceCell::const_new();

async fn put_keys(facts: &Db, keys: &[StoredKey]) {
    for key in keys {
        sql("INSERT INTO signing_keys (kid, algorithm, state, private_key, created_at, since) \
             VALUES ($1, $2, $3, $4, $5, $5)")
        .bind(&*key.kid)
        .bind(&*key.algorithm)
        .bind(&*key.state)
        .bind(&*key.private_key)
        .bind(key.since)
        .run(facts)
        .await
        .unwrap();
    }
}
