//! A realm on a loopback socket: just enough of a provider to sign in at and to renew tokens.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use clock::ManualClock;
use protocol::acr;
use relying_party::testing::TestRealm;
use serde_json::{Map, Value, json};
use web::params::FormParams;

use super::{NOW, SHOP};

/// What the token endpoint does with a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Renews,
    Refuses,
    Breaks,
}

#[derive(Debug)]
pub struct Provider {
    pub realm: TestRealm,
    pub refreshes: AtomicUsize,
    pub redemptions: AtomicUsize,
    pub mood: Mutex<Mood>,
    pub now: AtomicI64,
    /// Whether its answers have `expires_in`.
    pub tells_lifetime: AtomicBool,
    /// Members of the ID token to replace; null removes.
    pub id_changes: Mutex<Map<String, Value>>,
    pub nonce: Mutex<String>,
    /// How often userinfo answers before the realm ends the session.
    pub vouches: AtomicUsize,
    /// With a clock, each refresh takes five seconds of it.
    pub slow: Mutex<Option<Arc<ManualClock>>>,
}

impl Provider {
    pub async fn start() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Arc::new(Self {
            realm: TestRealm::new(&format!("http://{}", listener.local_addr().unwrap())),
            refreshes: AtomicUsize::new(0),
            redemptions: AtomicUsize::new(0),
            mood: Mutex::new(Mood::Renews),
            now: AtomicI64::new(NOW),
            tells_lifetime: AtomicBool::new(true),
            id_changes: Mutex::new(Map::new()),
            nonce: Mutex::new(String::new()),
            vouches: AtomicUsize::new(usize::MAX),
            slow: Mutex::new(None),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(|State(p): State<Arc<Provider>>| async move { Json(p.realm.jwks()) }))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(Arc::clone(&provider));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        provider
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// Signs the nonce of this authorization request from now on.
    pub fn expect_nonce(&self, request: &Map<String, Value>) {
        request["nonce"].as_str().unwrap().clone_into(&mut self.nonce.lock().unwrap());
    }

    pub fn access_token(&self) -> String {
        let now = self.now.load(Ordering::SeqCst);
        self.realm.access_token(&self.realm.claims(SHOP, now))
    }

    fn id_token(&self) -> String {
        let now = self.now.load(Ordering::SeqCst);
        let claims = json!({
            "iss": self.realm.issuer, "aud": "storefront", "sub": "user-1", "iat": now, "exp": now + 300,
            "nonce": *self.nonce.lock().unwrap(), "auth_time": now, "acr": acr::MULTI,
        });
        let mut claims = claims.as_object().unwrap().clone();
        for (name, value) in self.id_changes.lock().unwrap().iter() {
            claims.insert(name.clone(), value.clone());
        }
        claims.retain(|_, value| !value.is_null());
        self.realm.sign("JWT", &claims)
    }

    fn tokens(&self) -> Value {
        let mut tokens = json!({
            "access_token": self.access_token(), "token_type": "Bearer",
            "refresh_token": "refresh-2", "id_token": self.id_token(),
        });
        if self.tells_lifetime.load(Ordering::SeqCst) {
            tokens["expires_in"] = json!(300);
        }
        tokens
    }
}

async fn discovery(State(provider): State<Arc<Provider>>) -> Json<Value> {
    let issuer = &provider.realm.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "end_session_endpoint": format!("{issuer}/end_session"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
    }))
}

async fn userinfo(State(provider): State<Arc<Provider>>) -> (StatusCode, Json<Value>) {
    let left = provider.vouches.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
    match left {
        Ok(_) => (StatusCode::OK, Json(json!({ "sub": "user-1", "name": "Ada" }))),
        Err(_) => (StatusCode::UNAUTHORIZED, Json(json!({ "error": "invalid_token" }))),
    }
}

async fn token(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    FormParams(form): FormParams,
) -> (StatusCode, Json<Value>) {
    let authorization = headers.get("authorization").and_then(|value| value.to_str().ok());
    if !authorization.is_some_and(|value| value.starts_with("Basic ")) {
        return (StatusCode::UNAUTHORIZED, Json(json!({ "error": "invalid_client" })));
    }
    if form.first("grant_type") == Some("authorization_code") {
        provider.redemptions.fetch_add(1, Ordering::SeqCst);
        assert_eq!(form.first("code_verifier").map(str::len), Some(43));
        return match form.first("code") {
            Some("good") => (StatusCode::OK, Json(provider.tokens())),
            _ => (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))),
        };
    }
    provider.refreshes.fetch_add(1, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(50)).await;
    if let Some(clock) = &*provider.slow.lock().unwrap() {
        clock.advance(5);
    }
    let mood = *provider.mood.lock().unwrap();
    match mood {
        Mood::Renews => (StatusCode::OK, Json(provider.tokens())),
        Mood::Refuses => (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))),
        Mood::Breaks => (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({}))),
    }
}
