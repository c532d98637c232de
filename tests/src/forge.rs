//! Tokens that an attacker could make: with any header, claims and key.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use josekit::{jwk::KeyPair, jws::ES256};
use openssl::{
    bn::BigNum,
    ec::{EcGroup, EcKey},
    hash::MessageDigest,
    nid::Nid,
    pkey::PKey,
    sign::Signer,
};
use protocol::jose::Algorithm;
use serde_json::{Map, Value, json};

use crate::System;

/// Claims with one member replaced, or removed if `value` is null.
pub fn with(claims: &Value, name: &str, value: Value) -> Value {
    let mut map = claims.as_object().expect("claims").clone();
    if value.is_null() {
        map.remove(name);
    } else {
        map.insert(name.to_owned(), value);
    }
    Value::Object(map)
}

/// A token with the realm's own signature and wrong claims, as if the realm's code were broken.
pub async fn by_realm(system: &System, realm: &str, typ: &str, claims: &Value) -> String {
    let claims: &Map<String, Value> = claims.as_object().expect("claims");
    let keys = system.realm(realm).keys.ready().await.expect("signing keys");
    keys.sign(Algorithm::ES256, typ, claims).expect("a signature")
}

/// A token without a signature.
pub fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.", message(&with(header, "alg", json!("none")), claims))
}

/// A token signed with the attacker's own key.
pub fn by_stranger(header: &Value, claims: &Value) -> String {
    let pair = ES256.generate_key_pair().expect("a key pair");
    let signer = ES256.signer_from_jwk(&pair.to_jwk_private_key()).expect("a signer");
    let message = message(header, claims);
    let signature = josekit::jws::JwsSigner::sign(&signer, message.as_bytes()).expect("a signature");
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// A token with an HMAC whose key is the realm's public key, in PEM.
pub fn by_public_key(jwk: &Value, header: &Value, claims: &Value) -> String {
    let pem = pem_of(jwk);
    let key = PKey::hmac(&pem).expect("a key");
    let message = message(&with(header, "alg", json!("HS256")), claims);
    let mut signer = Signer::new(MessageDigest::sha256(), &key).expect("a signer");
    let signature = signer.sign_oneshot_to_vec(message.as_bytes()).expect("a MAC");
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn message(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

fn pem_of(jwk: &Value) -> Vec<u8> {
    let number = |name: &str| {
        let bytes = jwk.get(name).and_then(Value::as_str).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        BigNum::from_slice(&bytes.expect("a coordinate")).expect("a number")
    };
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).expect("P-256");
    let key = EcKey::from_public_key_affine_coordinates(&group, &number("x"), &number("y")).expect("a point");
    key.public_key_to_pem().expect("PEM")
}
