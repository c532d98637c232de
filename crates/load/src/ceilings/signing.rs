//! How many tokens the machine can sign.

use std::{thread::available_parallelism, time::Duration};

use protocol::jose::{ACCESS_TOKEN, Algorithm, SigningKey};
use serde_json::{Map, Value, json};

use super::on_threads;

/// Tokens per second on all cores, each as large as an access token of a person. None when a key can't be made.
pub fn rate(algorithm: Algorithm, rsa_bits: u32, duration: Duration) -> Option<f64> {
    let (_, private) = SigningKey::generate(algorithm, rsa_bits).ok()?;
    let key = SigningKey::from_private_jwk(&private).ok()?;
    let claims = claims();
    let cores = available_parallelism().map_or(1, usize::from);
    on_threads(cores, duration, || {
        let (key, claims) = (key.clone(), claims.clone());
        move || key.sign(ACCESS_TOKEN, &claims).is_ok()
    })
}

fn claims() -> Map<String, Value> {
    let claims = json!({
        "iss": "http://localhost:7001", "aud": "http://localhost:7001", "sub": "0193c0de-0000-7000-8000-000000000000",
        "client_id": "demo-web", "scope": "openid profile email offline_access", "iat": 1, "exp": 601, "auth_time": 1,
        "acr": "urn:example:password", "amr": ["pwd"], "sid": "0193c0de-0000-7000-8000-000000000001",
        "jti": "0193c0de-0000-7000-8000-000000000002.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    });
    claims.as_object().cloned().unwrap_or_default()
}
