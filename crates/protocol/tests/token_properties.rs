//! Properties of token verification: only the unmutated token passes (Z5), and what passes has every required claim in
//! type and range (Z6).

#![cfg(test)]

mod common;

use common::{AUDIENCE, ISSUER, NOW, es256, keys, rs256, token, with};
use proptest::prelude::*;
use protocol::{
    access_token::{self, Expect},
    jose::TokenError,
};
use serde_json::{Value, json};

const EXPECT: Expect<'static> =
    Expect { issuer: ISSUER, audience: Some(AUDIENCE), leeway: 60, max_lifetime: 600 };

fn accepted(token: &str, now: i64) -> bool {
    access_token::verify(keys(), token, &EXPECT, now).is_ok()
}

fn good() -> Value {
    json!({
        "iss": ISSUER, "sub": "u-1", "aud": AUDIENCE, "exp": NOW + 300, "iat": NOW, "jti": "g-1.x",
        "client_id": "app", "scope": "orders", "amr": ["pwd"]
    })
}

#[test]
fn z5_every_one_bit_change_of_a_token_is_refused() {
    let claims = good().as_object().cloned().unwrap();
    for key in [es256(), rs256()] {
        let token = key.sign("at+jwt", &claims).unwrap();
        assert!(accepted(&token, NOW));
        for bit in 0..token.len() * 8 {
            let mut bytes = token.clone().into_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            // what is no UTF-8 is no header value and never gets here
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert!(!accepted(&changed, NOW), "bit {bit} of {token}");
        }
    }
}

#[test]
fn z5_parts_of_two_good_tokens_do_not_mix() {
    let one = token("at+jwt", &good());
    let two = token("at+jwt", &with(&good(), "sub", json!("u-2")));
    let (one, two): (Vec<&str>, Vec<&str>) = (one.split('.').collect(), two.split('.').collect());
    for (payload, signature) in [(one[1], two[2]), (two[1], one[2])] {
        let mixed = format!("{}.{payload}.{signature}", one[0]);
        assert_eq!(access_token::verify(keys(), &mixed, &EXPECT, NOW), Err(TokenError::Signature));
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (NOW - 1000..NOW + 1000).prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "[a-z:/.]{0,12}".prop_map(Value::from),
        Just(json!(ISSUER)),
        Just(json!(AUDIENCE)),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,3}", inner, 0..3).prop_map(|map| json!(map)),
        ]
    })
}

/// The judgement written down a second time, as plainly as possible.
fn should_pass(claims: &Value, now: i64) -> bool {
    let text = |name: &str| claims[name].as_str().is_some_and(|text| !text.is_empty());
    let strings = |name: &str| {
        claims
            .get(name)
            .is_none_or(|list| list.as_array().is_some_and(|list| list.iter().all(Value::is_string)))
    };
    let (Some(iat), Some(exp)) = (claims["iat"].as_i64(), claims["exp"].as_i64()) else { return false };
    claims["iss"] == ISSUER
        && (claims["aud"] == AUDIENCE || claims["aud"] == json!([AUDIENCE]))
        && text("sub")
        && text("jti")
        && text("client_id")
        && claims.get("scope").is_none_or(Value::is_string)
        && strings("amr")
        && iat >= 0
        && iat <= now + 60
        && exp > iat
        && exp - iat <= 600
        && exp > now - 60
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn z6_the_validator_accepts_exactly_what_the_rules_say(
        name in prop::sample::select(vec!["iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope", "amr"]),
        value in any_json(), shift in -700i64..700
    ) {
        let claims = with(&good(), name, value);
        let token = token("at+jwt", &claims);
        prop_assert_eq!(accepted(&token, NOW + shift), should_pass(&claims, NOW + shift), "{}", claims);
    }

    #[test]
    fn z6_the_times_of_acceptance_are_one_interval(a in -1000i64..1000, b in -1000i64..1000, c in -1000i64..1000) {
        let mut times = [a, b, c];
        times.sort_unstable();
        let token = token("at+jwt", &good());
        let [before, between, after] = times.map(|shift| accepted(&token, NOW + shift));
        prop_assert!(!(before && after) || between);
    }

    #[test]
    fn z5_verification_is_total(token in ".{0,80}", a in "[A-Za-z0-9_-]{0,40}", b in "[A-Za-z0-9_-]{0,40}") {
        let shaped = [a.as_str(), &b, &a].join(".");
        let signed = common::forge(&common::header("at+jwt"), token.as_bytes());
        for token in [&token, &shaped, &signed] {
            prop_assert!(!accepted(token, NOW));
        }
    }
}
