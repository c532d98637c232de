//! The wrong-token table: each row changes one thing in a good access token and must be refused for that thing.

#![cfg(test)]

mod common;

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use common::{AUDIENCE, ISSUER, NOW, es256, forge, header, keys, rs256, token, with};
use josekit::jwk::{Jwk, KeyPair, alg::rsa::RsaKeyPair};
use openssl::{hash::MessageDigest, pkey::PKey, sign::Signer};
use protocol::{
    access_token::{self, AccessClaims, Expect},
    jose::{Algorithm, SigningKey, TokenError},
};
use serde_json::{Value, json};

const EXPECT: Expect<'static> =
    Expect { issuer: ISSUER, audience: Some(AUDIENCE), leeway: 60, max_lifetime: 600 };

fn verify(token: &str) -> Result<AccessClaims, TokenError> {
    access_token::verify(keys(), token, &EXPECT, NOW)
}

fn good() -> Value {
    json!({
        "iss": ISSUER, "sub": "u-1", "aud": AUDIENCE, "exp": NOW + 300, "iat": NOW - 10, "jti": "g-1.x",
        "client_id": "app", "scope": "openid orders", "auth_time": NOW - 60, "amr": ["otp", "pwd"],
        "acr": "urn:realmkeep:acr:multi-factor", "sid": "s-1", "team": "north",
        "roles": ["manager"], "permissions": ["content_moderation"]
    })
}

#[test]
fn rs1_a_good_token_is_accepted_and_says_what_was_signed() {
    let claims = verify(&token("at+jwt", &good())).unwrap();
    assert_eq!(serde_json::to_value(&claims).unwrap(), good());
    let signed = rs256().sign("at+jwt", &claims).unwrap();
    assert_eq!(verify(&signed), Ok(claims));
    assert!(verify(&token("at+jwt", &with(&good(), "aud", json!([AUDIENCE])))).is_ok());
    assert!(verify(&token("at+jwt", &with(&good(), "scope", json!("")))).is_ok());
}

#[test]
fn rs1_k5_k7_k8_each_wrong_claim_is_refused_by_name() {
    let rows = [
        ("iss", json!("https://other.example")),
        ("iss", json!("https://id.example/")),
        ("iss", json!([ISSUER])),
        ("aud", json!("https://admin.example")),
        ("aud", json!([AUDIENCE, "https://admin.example"])),
        ("aud", json!([])),
        ("aud", json!([AUDIENCE, AUDIENCE])),
        ("aud", json!({ "a": AUDIENCE })),
        ("sub", json!("")),
        ("sub", json!(7)),
        ("exp", json!((NOW + 300).to_string())),
        ("exp", json!(NOW + 591)),
        ("exp", json!(i64::MAX)),
        ("exp", json!(1e300)),
        ("exp", json!(NOW - 10)),
        ("iat", json!(NOW + 61)),
        ("iat", json!("now")),
        ("iat", json!(-1)),
        ("nbf", json!(NOW + 61)),
        ("nbf", json!("x")),
        ("jti", json!(1)),
        ("client_id", json!(["app"])),
        ("scope", json!(["orders"])),
        ("scope", json!("caf\u{e9}")),
        ("auth_time", json!("1")),
        ("acr", json!(1)),
        ("amr", json!("pwd")),
        ("amr", json!([1])),
        ("sid", json!("")),
        ("roles", json!("admin")),
        ("permissions", json!({ "all": true })),
        ("team", json!([])),
    ];
    for (name, value) in rows {
        let refused = verify(&token("at+jwt", &with(&good(), name, value.clone())));
        assert_eq!(refused, Err(TokenError::Claim(name)), "{name} = {value}");
    }
}

#[test]
fn m2_each_missing_required_claim_is_refused() {
    for name in ["iss", "sub", "aud", "exp", "iat", "jti", "client_id"] {
        let refused = verify(&token("at+jwt", &with(&good(), name, Value::Null)));
        assert_eq!(refused, Err(TokenError::Claim(name)), "{name}");
    }
}

#[test]
fn k7_the_clock_difference_is_bounded_on_both_sides() {
    let at = |now: i64, leeway: i64| {
        access_token::verify(keys(), &token("at+jwt", &good()), &Expect { leeway, ..EXPECT }, now).map(|_| ())
    };
    assert_eq!(at(NOW + 299, 0), Ok(()));
    assert_eq!(at(NOW + 300, 0), Err(TokenError::Expired));
    assert_eq!(at(NOW + 359, 3600), Ok(()));
    assert_eq!(at(NOW + 360, 3600), Err(TokenError::Expired), "leeway is never more than a minute");
    assert_eq!(at(NOW + 300, -50), Err(TokenError::Expired));
    assert_eq!(at(NOW - 70, 60), Ok(()));
    assert_eq!(at(NOW - 71, 60), Err(TokenError::Claim("iat")));
    assert!(at(i64::MAX, 60).is_err() && at(i64::MIN, 60).is_err());
}

#[test]
fn k7_no_token_lives_longer_than_a_day_whatever_the_receiver_accepts() {
    let lasting = |seconds: i64| {
        let claims = with(&with(&good(), "iat", json!(NOW)), "exp", json!(NOW + seconds));
        let expect = Expect { max_lifetime: i64::MAX, ..EXPECT };
        access_token::verify(keys(), &token("at+jwt", &claims), &expect, NOW).map(|_| ())
    };
    assert_eq!(lasting(86_400), Ok(()));
    assert_eq!(lasting(86_401), Err(TokenError::Claim("exp")));
}

#[test]
fn k1_k2_alg_none_and_key_confusion_are_refused() {
    let payload = URL_SAFE_NO_PAD.encode(good().to_string());
    for (kid, alg) in ["none", "None", "NONE", "nOnE"].iter().map(|alg| (es256().kid().to_owned(), alg)) {
        let header = json!({ "alg": alg, "typ": "at+jwt", "kid": kid }).to_string();
        let header = URL_SAFE_NO_PAD.encode(header);
        assert_eq!(verify(&format!("{header}.{payload}.")), Err(TokenError::Algorithm));
        assert_eq!(verify(&format!("{header}.{payload}.AAAA")), Err(TokenError::Algorithm));
        assert_eq!(verify(&format!("{header}.{payload}")), Err(TokenError::Malformed));
    }
    let rsa = RsaKeyPair::from_jwk(&Jwk::from_bytes(common::rs256_jwk()).unwrap()).unwrap();
    for public in
        [rsa.to_pem_public_key(), rsa.to_der_public_key(), rs256().public_jwk().to_string().into_bytes()]
    {
        let header = json!({ "alg": "HS256", "typ": "at+jwt", "kid": rs256().kid() }).to_string();
        let message = format!("{}.{payload}", URL_SAFE_NO_PAD.encode(header));
        let key = PKey::hmac(&public).unwrap();
        let mut signer = Signer::new(MessageDigest::sha256(), &key).unwrap();
        let mac = signer.sign_oneshot_to_vec(message.as_bytes()).unwrap();
        let forged = format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac));
        assert_eq!(verify(&forged), Err(TokenError::Algorithm));
    }
    for header in [
        json!({ "alg": "RS256", "typ": "at+jwt", "kid": es256().kid() }),
        json!({ "alg": "ES256", "typ": "at+jwt", "kid": rs256().kid() }),
    ] {
        assert!(verify(&forge(&header.to_string(), good().to_string().as_bytes())).is_err());
    }
}

#[test]
fn i4_a_foreign_key_is_refused_with_our_kid_and_with_its_own() {
    let (kid, private) = SigningKey::generate(Algorithm::ES256, 0).unwrap();
    let claims = good().as_object().cloned().unwrap();
    let foreign = SigningKey::from_private_jwk(&private).unwrap();
    assert_eq!(verify(&foreign.sign("at+jwt", &claims).unwrap()), Err(TokenError::UnknownKey(kid.clone())));
    let disguised = SigningKey::from_private_jwk(&private.replace(&kid, es256().kid())).unwrap();
    assert_eq!(verify(&disguised.sign("at+jwt", &claims).unwrap()), Err(TokenError::Signature));
}

#[test]
fn k3_k10_headers_that_ask_for_more_are_refused_or_ignored() {
    let payload = good().to_string();
    let kid = es256().kid().to_owned();
    let foreign = SigningKey::generate(Algorithm::ES256, 0).unwrap().1;
    let embedded = format!(
        r#"{{"alg":"ES256","typ":"at+jwt","kid":"{kid}","jwk":{foreign},"jku":"https://evil.example","x5u":"https://evil.example","x5c":["AA"]}}"#
    );
    assert!(
        verify(&forge(&embedded, payload.as_bytes())).is_ok(),
        "signed by our key: the rest is not looked at"
    );
    for (header, error) in [
        (
            format!(r#"{{"alg":"ES256","typ":"at+jwt","kid":"{kid}","crit":["b64"],"b64":true}}"#),
            TokenError::Malformed,
        ),
        (format!(r#"{{"alg":"ES256","typ":"at+jwt","kid":"{kid}","crit":"x"}}"#), TokenError::Malformed),
        (format!(r#"{{"alg":"ES256","typ":"at+jwt","kid":"{kid}","crit":[]}}"#), TokenError::Malformed),
        (format!(r#"{{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"{kid}"}}"#), TokenError::Malformed),
        (format!(r#"{{"alg":"ES256","kid":"{kid}"}}"#), TokenError::Type),
        (format!(r#"{{"alg":"ES256","typ":["at+jwt"],"kid":"{kid}"}}"#), TokenError::Type),
        (r#"{"alg":"ES256","typ":"at+jwt"}"#.to_owned(), TokenError::Malformed),
        (r#"{"alg":"ES256","typ":"at+jwt","kid":5}"#.to_owned(), TokenError::Malformed),
        (
            r#"{"alg":"ES256","typ":"at+jwt","kid":"' OR 1=1"}"#.to_owned(),
            TokenError::UnknownKey("' OR 1=1".into()),
        ),
        (format!(r#"{{"alg":5,"typ":"at+jwt","kid":"{kid}"}}"#), TokenError::Algorithm),
        (format!("\u{feff}{}", common::header("at+jwt")), TokenError::Malformed),
        ("[]".to_owned(), TokenError::Malformed),
    ] {
        assert_eq!(verify(&forge(&header, payload.as_bytes())), Err(error), "{header}");
    }
}

#[test]
fn k6_tokens_for_other_purposes_are_refused() {
    for typ in ["JWT", "logout+jwt", "at+jwt2", "", "jwt", "application/jwt"] {
        assert_eq!(verify(&token(typ, &good())), Err(TokenError::Type), "{typ}");
    }
}

#[test]
fn m12_k10_payloads_that_readers_read_differently_are_refused() {
    let text = good().to_string();
    let twice = text.replacen('{', r#"{"sub":"admin","#, 1);
    let nested = text.replacen('{', r#"{"x":{"a":1,"a":2},"#, 1);
    for payload in [
        twice.into_bytes(),
        nested.into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        format!("{text}x").into_bytes(),
        format!("{text}{text}").into_bytes(),
        format!("[{text}]").into_bytes(),
        text.replace("u-1", "u-\\ud800").into_bytes(),
        [text.as_bytes(), b"\xff"].concat(),
        Vec::new(),
    ] {
        let refused = verify(&forge(&header("at+jwt"), &payload));
        assert_eq!(refused, Err(TokenError::Malformed), "{}", String::from_utf8_lossy(&payload));
    }
}

#[test]
fn k10_size_and_shape_are_bounded() {
    let padded = |size: usize| token("at+jwt", &with(&good(), "x", json!("x".repeat(size))));
    assert!(verify(&padded(5000)).is_ok());
    assert_eq!(verify(&padded(7000)), Err(TokenError::TooLarge));
    let good = token("at+jwt", &good());
    let parts: Vec<&str> = good.split('.').collect();
    let general =
        json!({ "payload": parts[1], "signatures": [{ "protected": parts[0], "signature": parts[2] }] });
    let flat = json!({ "payload": parts[1], "protected": parts[0], "signature": parts[2] });
    for token in [
        general.to_string(),
        flat.to_string(),
        format!("{good}."),
        format!("{good}.{}", parts[2]),
        format!("{good}=="),
        format!(" {good}"),
        format!("{good}\n"),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{}..{}", parts[0], parts[2]),
        format!("{}.{}.{}", parts[1], parts[0], parts[2]),
        good[..good.len() - 1].to_owned(),
        String::new(),
    ] {
        assert!(verify(&token).is_err(), "{token}");
    }
}

#[test]
fn k11_degenerate_ecdsa_signatures_are_refused() {
    let good = token("at+jwt", &good());
    let (message, signature) = good.rsplit_once('.').unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let (r, s) = bytes.split_at(32);
    let zero = [0; 32];
    let ones = [0xff; 32];
    for forged in [
        [zero, zero].concat(),
        [r, &zero].concat(),
        [&zero, s].concat(),
        [r, &ones].concat(),
        [s, r].concat(),
        [&[0], bytes.as_slice()].concat(),
        bytes[..63].to_vec(),
        Vec::new(),
    ] {
        let token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(&forged));
        assert_eq!(verify(&token), Err(TokenError::Signature), "{forged:?}");
    }
}

#[test]
fn k6_the_issuer_takes_a_plain_token_of_the_resources_that_get_them_and_a_resource_never_does() {
    let plain = BTreeSet::from([AUDIENCE.to_owned()]);
    let own = |token: &str, plain: &BTreeSet<String>| {
        let expect = Expect { audience: None, ..EXPECT };
        access_token::verify_own(keys(), token, &expect, plain, NOW).map(|_| ())
    };
    let jwt = token("JWT", &good());
    assert_eq!(own(&jwt, &plain), Ok(()));
    assert_eq!(own(&token("at+jwt", &good()), &plain), Ok(()));
    assert_eq!(own(&jwt, &BTreeSet::new()), Err(TokenError::Type));
    assert_eq!(own(&jwt, &BTreeSet::from(["https://other.example".to_owned()])), Err(TokenError::Type));
    let both = with(&good(), "aud", json!([AUDIENCE, "https://other.example"]));
    assert_eq!(own(&token("JWT", &both), &plain), Err(TokenError::Type));
    assert_eq!(verify(&jwt), Err(TokenError::Type), "a resource of ours");
    for missing in ["client_id", "jti"] {
        let id_token = token("JWT", &with(&good(), missing, Value::Null));
        assert_eq!(own(&id_token, &plain), Err(TokenError::Claim(missing)), "an ID token");
    }
}
