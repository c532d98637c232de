//! An OpenID provider on a loopback socket, with a key of its own: just enough to sign in at, and to lie in any way.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::jose::{Algorithm, SigningKey};
use serde_json::{Map, Value, json};
use web::params::FormParams;

use crate::harness::NOW;

/// What it says at the moment.
#[derive(Default)]
struct Mood {
    nonce: String,
    /// Members of the ID token to replace; null removes.
    changes: Map<String, Value>,
    userinfo: Value,
    /// Members of the discovery document to replace.
    discovery: Map<String, Value>,
    redemptions: usize,
    /// Signs with a key that it does not publish.
    forges: bool,
    /// Does not sign.
    unsigned: bool,
    breaks: bool,
}

pub struct Provider {
    pub issuer: String,
    key: SigningKey,
    other: SigningKey,
    mood: Mutex<Mood>,
}

fn key() -> SigningKey {
    let (_, private) = SigningKey::generate(Algorithm::ES256, 2048).unwrap();
    SigningKey::from_private_jwk(&private).unwrap()
}

impl Provider {
    pub async fn start() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let provider = Arc::new(Self { issuer, key: key(), other: key(), mood: Mutex::default() });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(|State(p): State<Arc<Self>>| async move { Json(p.jwks()) }))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(Arc::clone(&provider));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        provider
    }

    fn jwks(&self) -> Value {
        json!({ "keys": [self.key.public_jwk()] })
    }

    pub fn expect(&self, nonce: &str) {
        nonce.clone_into(&mut self.mood.lock().unwrap().nonce);
    }

    /// What its ID tokens say from now on.
    pub fn says(&self, changes: &Value) {
        self.mood.lock().unwrap().changes = changes.as_object().unwrap().clone();
    }

    pub fn tells(&self, userinfo: Value) {
        self.mood.lock().unwrap().userinfo = userinfo;
    }

    pub fn publishes(&self, discovery: &Value) {
        self.mood.lock().unwrap().discovery = discovery.as_object().unwrap().clone();
    }

    pub fn forges(&self) {
        self.mood.lock().unwrap().forges = true;
    }

    pub fn leaves_unsigned(&self) {
        self.mood.lock().unwrap().unsigned = true;
    }

    pub fn breaks(&self, breaks: bool) {
        self.mood.lock().unwrap().breaks = breaks;
    }

    pub fn redemptions(&self) -> usize {
        self.mood.lock().unwrap().redemptions
    }

    fn id_token(&self, nonce: Option<&str>) -> String {
        let mood = self.mood.lock().unwrap();
        let nonce = nonce.unwrap_or(&mood.nonce);
        let claims = json!({
            "iss": self.issuer, "aud": "realmkeep", "sub": "subject-1", "iat": NOW, "exp": NOW + 300,
            "nonce": nonce, "auth_time": NOW, "name": "Ada Lovelace", "email": "ada@example.com",
            "email_verified": true,
        });
        let mut claims = claims.as_object().unwrap().clone();
        claims.extend(mood.changes.clone());
        claims.retain(|_, value| !value.is_null());
        if mood.unsigned {
            let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
            return format!("{}.{}.", part(&json!({ "alg": "none" })), part(&Value::Object(claims)));
        }
        let key = if mood.forges { &self.other } else { &self.key };
        key.sign("JWT", &claims).unwrap()
    }
}

async fn discovery(State(provider): State<Arc<Provider>>) -> Json<Value> {
    let issuer = &provider.issuer;
    let mut document = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
    });
    document.as_object_mut().unwrap().extend(provider.mood.lock().unwrap().discovery.clone());
    Json(document)
}

async fn userinfo(State(provider): State<Arc<Provider>>, headers: HeaderMap) -> (StatusCode, Json<Value>) {
    assert_eq!(headers["authorization"], "Bearer access");
    (StatusCode::OK, Json(provider.mood.lock().unwrap().userinfo.clone()))
}

async fn token(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    FormParams(form): FormParams,
) -> (StatusCode, Json<Value>) {
    {
        let mut mood = provider.mood.lock().unwrap();
        mood.redemptions += 1;
        if mood.breaks {
            return (StatusCode::INTERNAL_SERVER_ERROR, Json(Value::Null));
        }
    }
    assert!(headers["authorization"].to_str().unwrap().starts_with("Basic "));
    assert_eq!(form.first("code_verifier").map(str::len), Some(43));
    assert_eq!(form.first("redirect_uri"), Some("http://localhost:7001/upstream/up/callback"));
    // a code may carry the nonce that it belongs to
    let code = form.first("code").unwrap_or_default();
    let nonce = code.strip_prefix("for-");
    if code != "good" && nonce.is_none() {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" })));
    }
    let tokens =
        json!({ "access_token": "access", "token_type": "Bearer", "id_token": provider.id_token(nonce) });
    (StatusCode::OK, Json(tokens))
}
