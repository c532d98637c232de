//! ID tokens, hints and logout tokens.

#![cfg(test)]

mod common;

use common::{ISSUER, NOW, es256, forge, keys, rs256, token, with};
use protocol::{
    acr::{Amr, PWD, SINGLE},
    id_token::{self, Hint, IdTokenInput, MAX_AGE, Received, at_hash, fits_sign_in, verify_hint},
    jose::{Algorithm, ID_TOKEN, LOGOUT_TOKEN, TokenError},
    logout::{BACKCHANNEL_EVENT, LogoutSubject, logout_token_claims, verify_logout_token},
};
use serde_json::{Map, Value, json};

fn id_token_claims(nonce: Option<&str>, user_claims: &Map<String, Value>) -> Map<String, Value> {
    id_token::claims(&IdTokenInput {
        issuer: ISSUER,
        subject: "u-1",
        client_id: "app",
        issued_at: NOW,
        expires_at: NOW + 300,
        auth_time: NOW - 60,
        nonce,
        acr: SINGLE,
        amr: &Amr::from_iter([PWD]),
        sid: Some("s-1"),
        at_hash: None,
        user_claims,
    })
}

#[test]
fn id1_id2_an_id_token_says_what_it_must_and_no_more() {
    let claims = id_token_claims(Some("n-1"), &Map::new());
    assert_eq!(
        Value::Object(claims),
        json!({ "iss": ISSUER, "sub": "u-1", "aud": "app", "exp": NOW + 300, "iat": NOW, "auth_time": NOW - 60,
            "acr": SINGLE, "amr": ["pwd"], "nonce": "n-1", "sid": "s-1" })
    );
    assert!(!id_token_claims(None, &Map::new()).contains_key("nonce"));
}

#[test]
fn a_claim_about_the_user_replaces_none_of_the_protocol() {
    let evil = json!({ "sub": "admin", "aud": "other", "email": "ada@example.org" });
    let claims = id_token_claims(None, evil.as_object().unwrap());
    assert_eq!(
        (&claims["sub"], &claims["aud"], &claims["email"]),
        (&json!("u-1"), &json!("app"), &json!("ada@example.org"))
    );
}

#[test]
fn k9_at_hash_is_the_left_half_of_the_digest() {
    // OpenID Connect Core, appendix A.3
    let access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    assert_eq!(at_hash(Algorithm::RS256, access_token), "77QmUPtjPfzWtF2AnpK9RQ");
    assert_ne!(at_hash(Algorithm::ES256, "another"), "77QmUPtjPfzWtF2AnpK9RQ");
}

#[test]
fn a13_a_hint_may_be_expired_but_must_be_an_id_token_of_this_issuer() {
    let claims = id_token_claims(None, &Map::new());
    let hint = Hint { sub: "u-1".into(), sid: Some("s-1".into()), aud: vec!["app".into()], issued_at: NOW };
    for key in [es256(), rs256()] {
        assert_eq!(verify_hint(keys(), &key.sign(ID_TOKEN, &claims).unwrap(), ISSUER), Ok(hint.clone()));
    }
    let good = Value::Object(claims);
    let of =
        |typ: &str, name: &str, value| verify_hint(keys(), &token(typ, &with(&good, name, value)), ISSUER);
    assert_eq!(of("at+jwt", "x", json!(1)), Err(TokenError::Type));
    assert_eq!(of("logout+jwt", "x", json!(1)), Err(TokenError::Type));
    assert_eq!(of("JWT", "iss", json!("https://other.example")), Err(TokenError::Claim("iss")));
    assert_eq!(of("JWT", "sub", Value::Null), Err(TokenError::Claim("sub")));
    assert_eq!(of("JWT", "aud", Value::Null), Err(TokenError::Claim("aud")));
    assert_eq!(of("JWT", "client_id", json!("app")), Err(TokenError::Claim("client_id")), "an access token");
    assert_eq!(of("JWT", "iat", Value::Null), Err(TokenError::Claim("iat")));
    assert!(
        verify_hint(keys(), &forge(r#"{"alg":"none","typ":"JWT"}"#, good.to_string().as_bytes()), ISSUER)
            .is_err()
    );
}

#[test]
fn rp7_an_id_token_of_others_of_another_time_or_without_end_answers_no_sign_in() {
    let good = Received { azp: None, iat: NOW, exp: NOW + 300 };
    let judge = |received| fits_sign_in(&received, "app", NOW, 30);
    assert_eq!(judge(good), Ok(()));
    assert_eq!(judge(Received { azp: Some("app"), ..good }), Ok(()));
    for azp in ["", "other", "App", "app "] {
        assert_eq!(judge(Received { azp: Some(azp), ..good }), Err(TokenError::Claim("azp")), "{azp}");
    }
    assert_eq!(judge(Received { iat: NOW + 30, ..good }), Ok(()));
    assert_eq!(judge(Received { iat: NOW - MAX_AGE - 30, ..good }), Ok(()));
    for iat in [NOW + 31, NOW - MAX_AGE - 31, 0, i64::MIN] {
        let exp = iat.saturating_add(700);
        let refused = judge(Received { iat, exp, azp: None });
        assert!(matches!(refused, Err(TokenError::Claim("iat") | TokenError::Expired)), "{iat}: {refused:?}");
    }
    assert_eq!(judge(Received { exp: NOW + 86_400, ..good }), Ok(()));
    for exp in [NOW + 86_401, NOW, NOW - 1, i64::MAX, i64::MIN] {
        assert_eq!(judge(Received { exp, ..good }), Err(TokenError::Claim("exp")), "{exp}");
    }
    assert_eq!(judge(Received { iat: NOW - 330, exp: NOW - 30, azp: None }), Err(TokenError::Expired));
}

fn logout_claims() -> Value {
    let subject = LogoutSubject { sub: "u-1", sid: Some("s-1") };
    Value::Object(logout_token_claims(ISSUER, "app", subject, "j-1", NOW))
}

#[test]
fn out3_a_logout_token_says_exactly_what_the_specification_lists() {
    assert_eq!(
        logout_claims(),
        json!({ "iss": ISSUER, "aud": "app", "iat": NOW, "exp": NOW + 120, "jti": "j-1", "sub": "u-1", "sid": "s-1",
            "events": { BACKCHANNEL_EVENT: {} } })
    );
    let all = logout_token_claims(ISSUER, "app", LogoutSubject { sub: "u-1", sid: None }, "j", NOW);
    assert!(!all.contains_key("sid"));
}

fn receive(typ: &str, claims: &Value, now: i64) -> Result<(), TokenError> {
    verify_logout_token(keys(), &token(typ, claims), ISSUER, "app", now).map(|_| ())
}

#[test]
fn l3_a_good_logout_token_is_accepted_with_a_subject_or_a_session() {
    let good = logout_claims();
    let read = verify_logout_token(keys(), &token(LOGOUT_TOKEN, &good), ISSUER, "app", NOW).unwrap();
    assert_eq!(
        (read.sub.as_deref(), read.sid.as_deref(), read.jti.as_str()),
        (Some("u-1"), Some("s-1"), "j-1")
    );
    assert_eq!(read.exp, NOW + 180, "the jti is remembered for as long as the token is accepted");
    assert_eq!(receive(LOGOUT_TOKEN, &with(&good, "sub", Value::Null), NOW), Ok(()));
    assert_eq!(receive(LOGOUT_TOKEN, &with(&good, "sid", Value::Null), NOW + 179), Ok(()));
}

#[test]
fn l3_every_wrong_logout_token_is_refused() {
    let good = logout_claims();
    assert_eq!(receive("JWT", &good, NOW), Err(TokenError::Type));
    assert_eq!(receive("at+jwt", &good, NOW), Err(TokenError::Type));
    assert_eq!(receive(LOGOUT_TOKEN, &good, NOW + 180), Err(TokenError::Expired));
    assert_eq!(receive(LOGOUT_TOKEN, &good, NOW - 61), Err(TokenError::Claim("iat")));
    for (name, value) in [
        ("iss", json!("https://other.example")),
        ("aud", json!("other")),
        ("aud", json!(["app", "other"])),
        ("iat", Value::Null),
        ("exp", Value::Null),
        ("exp", json!(NOW + 121)),
        ("jti", Value::Null),
        ("jti", json!("")),
        ("events", Value::Null),
        ("events", json!({})),
        ("events", json!([BACKCHANNEL_EVENT])),
        ("events", json!({ BACKCHANNEL_EVENT: true })),
        ("nonce", json!("n")),
        ("nonce", json!(1)),
        ("sub", json!(7)),
        ("sid", json!("")),
    ] {
        let refused = receive(LOGOUT_TOKEN, &with(&good, name, value.clone()), NOW);
        assert_eq!(refused, Err(TokenError::Claim(name)), "{name} = {value}");
    }
    let nobody = with(&with(&good, "sub", Value::Null), "sid", Value::Null);
    assert_eq!(receive(LOGOUT_TOKEN, &nobody, NOW), Err(TokenError::Claim("sub")));
}
