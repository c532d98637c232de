//! What a sign-in costs: signatures, one password, and the token endpoint's grants in process on SQLite, with commits
//! that survive power loss.
//!
//! `cargo bench -p idp -- --warm-up-time 1 --measurement-time 2`

#![expect(clippy::expect_used, reason = "a benchmark stops at the first failure")]

use std::{cell::RefCell, hint::black_box, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use clock::{
    Clock, SharedClock, SystemClock,
    random::{OsRandom, SharedRandom},
};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use idp::{
    authn::{
        hasher::{Check, HashParams, Hasher},
        password,
    },
    http::routes,
    realm::{Realm, RealmConfig, config},
    store::{grants, users},
};
use protocol::{
    acr,
    authorize::RequestedClaims,
    grant::Grant,
    jose::{Algorithm, KeySet, SigningKey},
    pkce::Challenge,
    scope::Scope,
    secret,
};
use serde_json::{Map, Value, json};
use settings::Document;
use tempfile::TempDir;
use tokio::runtime::Runtime;

const CLIENT_SECRET: &str = "T6wq2ZcV9sLk8nHe5oO4cQ1yAqX9Yp0dJmZt2Vb7W";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const REDIRECT_URI: &str = "http://localhost:7101/callback";
const USER: &str = "0199a1b2-0000-7000-8000-000000000001";
/// Of the storefront and of the demo web app in the shipped customer realm.
const CLIENTS: [(&str, &str); 2] = [("storefront", "0"), ("demo-web", "2")];

fn claims() -> Map<String, Value> {
    let claims = json!({
        "iss": "http://localhost:7001", "sub": USER, "aud": "http://localhost:7101", "exp": 1_800_000_600,
        "iat": 1_800_000_000, "jti": "0199a1b2-0000-7000-8000-000000000002.k", "client_id": "storefront",
        "scope": "offline_access openid orders", "auth_time": 1_799_999_990, "acr": acr::MULTI,
        "amr": ["pwd", "otp", "mfa"], "sid": "0199a1b2-0000-7000-8000-000000000003", "roles": ["individual"],
    });
    claims.as_object().cloned().unwrap_or_default()
}

fn signatures(criterion: &mut Criterion) {
    let claims = claims();
    for algorithm in [Algorithm::ES256, Algorithm::RS256] {
        let (_, jwk) = SigningKey::generate(algorithm, 3072).expect("a key");
        let key = SigningKey::from_private_jwk(&jwk).expect("a key");
        let set = KeySet::from_keys(std::slice::from_ref(&key)).expect("a key set");
        let token = key.sign("at+jwt", &claims).expect("a signature");
        let name = algorithm.as_str();
        criterion.bench_function(&format!("sign {name}"), |bench| {
            bench.iter(|| key.sign("at+jwt", black_box(&claims)).expect("a signature"));
        });
        criterion.bench_function(&format!("verify {name}"), |bench| {
            bench.iter(|| set.verify(black_box(&token), &["at+jwt"]).expect("a valid token"));
        });
    }
}

fn password(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let pepper = b"a pepper of the benchmark".to_vec();
    let [shipped, _] = HashParams::LEAST;
    let hasher = Hasher::new(shipped, pepper.into(), 1, 0, Duration::ZERO).expect("a hasher");
    let typed = password::normalise("correct horse battery staple").expect("a password");
    let turn = runtime.block_on(hasher.queue.turn()).expect("a turn");
    let stored = runtime.block_on(hasher.hash(&turn, typed.clone(), [7; 16])).expect("a hash");
    criterion.bench_function("verify a password", |bench| {
        bench.iter(|| {
            let check = runtime.block_on(hasher.verify(&turn, typed.clone(), Some(stored.clone())));
            assert!(matches!(check, Ok(Check::Match { .. })));
        });
    });
}

/// The shipped customer realm with one account, on a database of its own.
struct Provider {
    runtime: Runtime,
    realm: Arc<Realm>,
    router: Router,
    _folder: TempDir,
}

impl Provider {
    fn start() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let parse = |name, text| Document::parse(name, text).expect("the shipped realm");
        let file = parse("customer.toml", config::CUSTOMER);
        let mut document = parse("default.toml", config::DEFAULTS).overlaid_by(file);
        document.set("issuer", "http://localhost:7001");
        document.set("database", format!("sqlite:{}", folder.path().join("customer.db").display()));
        document.set("secrets.key_encryption_key", "oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5Tq");
        document.set("secrets.pepper", "Zt2VbW7sLk8nHe5oO4cQ1yAqX9Yp0dJmRw");
        for (_, index) in CLIENTS {
            document.set(&format!("clients.{index}.secret"), CLIENT_SECRET);
        }
        let config = RealmConfig::read(&document).expect("the shipped realm");
        let (clock, random): (SharedClock, SharedRandom) = (Arc::new(SystemClock), Arc::new(OsRandom));
        let (realm, router) = runtime.block_on(async {
            let realm = Realm::open(config, clock.clone(), random.clone()).await.expect("a realm");
            idp::flow::signing_keys::maintain(&realm).await.expect("signing keys");
            make_account(&realm).await;
            let router = routes::router(&realm, clock, random);
            (realm, router)
        });
        Self { runtime, realm, router, _folder: folder }
    }

    /// A code for the storefront, as the end of a sign-in leaves it.
    fn code(&self) -> String {
        let code = self.realm.new_token();
        let now = SystemClock.now();
        let grant = Grant {
            id: self.realm.new_id(),
            client_id: "storefront".into(),
            user_id: USER.into(),
            sid: "a-session".into(),
            scope: Scope::parse("openid offline_access orders").expect("a scope"),
            redirect_uri: REDIRECT_URI.into(),
            nonce: Some("a-nonce".into()),
            code_challenge: Some(Challenge::stored(secret::hash(VERIFIER))),
            claims: RequestedClaims::default(),
            auth_time: now,
            acr: acr::SINGLE.into(),
            amr: [acr::PWD].into_iter().collect(),
            code_expires_at: now + 600,
            issued_at: now,
            generation: 0,
            generation_at: now,
            refresh_expires_at: now + 86400,
            refresh_absolute_at: now + 86400,
            revoked_at: None,
        };
        self.runtime.block_on(async {
            let mut tx = self.realm.store.facts.begin().await.expect("a transaction");
            grants::issue(&mut tx, &grant, &secret::hash(&code)).await.expect("a grant");
            tx.commit().await.expect("a commit");
        });
        code
    }

    /// `POST /token`, answered with tokens.
    fn exchange(&self, client: &str, form: String) -> Value {
        let credentials = BASE64_STANDARD.encode(format!("{client}:{CLIENT_SECRET}"));
        let request = Request::post("/token")
            .header(header::AUTHORIZATION, format!("Basic {credentials}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .expect("a request");
        self.runtime.block_on(async {
            let response = tower::ServiceExt::oneshot(self.router.clone(), request).await.expect("an answer");
            assert_eq!(response.status(), StatusCode::OK);
            let body = to_bytes(response.into_body(), 64 * 1024).await.expect("a body");
            serde_json::from_slice(&body).expect("JSON")
        })
    }

    fn redeem(&self, code: &str) -> Value {
        let form = format!(
            "grant_type=authorization_code&code={code}&redirect_uri={REDIRECT_URI}&code_verifier={VERIFIER}"
        );
        self.exchange("storefront", form)
    }
}

async fn make_account(realm: &Realm) {
    let user = users::NewUser {
        id: USER.into(),
        email: "ada@example.com".into(),
        name: "Ada".into(),
        claims: serde_json::Map::new(),
        usernames: Vec::new(),
        password_hash: None,
        role: "individual".into(),
        language: None,
    };
    let mut tx = realm.store.facts.begin().await.expect("a transaction");
    users::insert(&mut tx, &user, SystemClock.now()).await.expect("an account");
    tx.commit().await.expect("a commit");
}

fn token_endpoint(criterion: &mut Criterion) {
    let provider = Provider::start();
    criterion.bench_function("redeem a code", |bench| {
        let redeem = |code: String| provider.redeem(&code);
        bench.iter_batched(|| provider.code(), redeem, BatchSize::SmallInput);
    });
    let refresh_token =
        |tokens: &Value| tokens["refresh_token"].as_str().expect("a refresh token").to_owned();
    let current = RefCell::new(refresh_token(&provider.redeem(&provider.code())));
    criterion.bench_function("refresh", |bench| {
        bench.iter(|| {
            let form = format!("grant_type=refresh_token&refresh_token={}", current.borrow());
            let tokens = provider.exchange("storefront", form);
            current.replace(refresh_token(&tokens));
        });
    });
    criterion.bench_function("client credentials", |bench| {
        bench.iter(|| provider.exchange("demo-web", "grant_type=client_credentials&scope=orders".into()));
    });
}

criterion_group!(benches, signatures, password, token_endpoint);
criterion_main!(benches);
