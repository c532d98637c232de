//! The table of wrong tokens, over HTTP (RS1, K1 to K10, I4, I6, I7).

use clock::Clock;
use end_to_end::{
    System, forge,
    relying_party::{JsonAnswer, bearer, header},
};
use serde_json::{Value, json};

use super::signed_in::{SignedIn, both};

/// 401 as RFC 6750 says, with nothing of the token in it.
fn assert_refused(what: &str, token: &str, answer: &JsonAnswer) {
    assert_eq!(answer.status, 401, "{what}: {}", answer.body);
    let challenge = answer.header("www-authenticate").unwrap_or_default();
    assert!(
        challenge.starts_with("Bearer ") && challenge.contains(r#"error="invalid_token""#),
        "{what}: {challenge}"
    );
    assert!(challenge.contains("resource_metadata="), "{what}: {challenge}");
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{what}");
    assert_eq!(answer.text("code"), "invalid_token", "{what}");
    let echoed = token.len() > 10 && (answer.body.contains(token) || challenge.contains(token));
    assert!(!echoed, "{what}: RS6");
}

async fn assert_all_refused(side: &SignedIn, tokens: Vec<(String, String)>) {
    for (what, token) in tokens {
        let answer = bearer(&side.at("/api/me"), &token).await;
        assert_refused(&format!("{} at {}", what, side.realm), &token, &answer);
    }
    assert_eq!(bearer(&side.at("/api/me"), &side.token).await.status, 200, "the good one still works");
}

/// Each row changes one claim of a good token; the realm's own key signs it.
fn wrong_claims(system: &System, side: &SignedIn, other: &SignedIn) -> Vec<(&'static str, Value)> {
    let now = system.clock.now();
    vec![
        ("iss", Value::Null),
        ("iss", json!(other.client.issuer())),
        ("iss", json!(format!("{}/", side.client.issuer()))),
        ("iss", json!([side.client.issuer()])),
        ("aud", Value::Null),
        ("aud", json!(other.url)),
        ("aud", json!([side.url, other.url])),
        ("aud", json!(side.client.issuer())),
        ("aud", json!("demo-web")),
        ("exp", Value::Null),
        ("exp", json!(now - 61)),
        ("exp", json!((now + 60).to_string())),
        ("exp", json!(now + 100_000)),
        ("nbf", json!(now + 120)),
        ("iat", Value::Null),
        ("iat", json!(now + 120)),
        ("sub", Value::Null),
        ("sub", json!(7)),
        ("jti", Value::Null),
        ("client_id", Value::Null),
        ("roles", json!("super_admin")),
    ]
}

#[tokio::test]
async fn rs1_k5_k7_k8_a_token_with_one_wrong_claim_is_refused() {
    let (system, [customer, staff]) = both().await;
    for (side, other) in [(&customer, &staff), (&staff, &customer)] {
        let mut tokens = Vec::new();
        for (name, value) in wrong_claims(&system, side, other) {
            let claims = forge::with(&side.claims(), name, value.clone());
            let token = forge::by_realm(&system, side.realm, "at+jwt", &claims).await;
            tokens.push((format!("{name}={value}"), token));
        }
        assert_all_refused(side, tokens).await;
    }
}

#[tokio::test]
async fn rs1_k6_a_token_of_another_type_is_refused() {
    let (system, [customer, staff]) = both().await;
    for side in [&customer, &staff] {
        let mut tokens = vec![("ID token".to_owned(), side.id_token.clone())];
        for typ in ["JWT", "logout+jwt", "dpop+jwt", ""] {
            let token = forge::by_realm(&system, side.realm, typ, &side.claims()).await;
            tokens.push((format!("typ={typ}"), token));
        }
        assert_all_refused(side, tokens).await;
    }
}

#[tokio::test]
async fn rs1_k1_k3_a_token_with_a_forged_signature_is_refused() {
    let (_system, [customer, staff]) = both().await;
    for side in [&customer, &staff] {
        let (head, claims) = (header(&side.token), side.claims());
        let jwks = side.client.jwks().await;
        let jwk =
            jwks["keys"].as_array().unwrap().iter().find(|jwk| jwk["kid"] == head["kid"]).unwrap().clone();
        let forged = |header: Value| forge::by_stranger(&header, &claims);
        let tokens = [
            ("alg none", forge::unsigned(&head, &claims)),
            ("HS256 with the public key", forge::by_public_key(&jwk, &head, &claims)),
            ("foreign key with our kid", forged(head.clone())),
            ("foreign key with its own kid", forged(forge::with(&head, "kid", json!("mine")))),
            ("no kid", forged(forge::with(&head, "kid", Value::Null))),
            ("key in the header", forged(forge::with(&head, "jwk", jwk.clone()))),
            ("key by URL", forged(forge::with(&head, "jku", json!("https://evil.example/jwks")))),
            ("critical extension", forged(forge::with(&head, "crit", json!(["exp"])))),
        ];
        assert_all_refused(side, tokens.map(|(what, token)| (what.to_owned(), token)).to_vec()).await;
    }
}

#[tokio::test]
async fn rs1_k10_what_is_hardly_a_token_is_refused() {
    let (_system, [customer, staff]) = both().await;
    for side in [&customer, &staff] {
        let good = &side.token;
        let (unsigned, signature) = good.rsplit_once('.').unwrap();
        let flipped: String = signature.chars().rev().collect();
        let tokens = [
            ("opaque", "aGVsbG8".to_owned()),
            ("dots", "..".to_owned()),
            ("five parts", format!("{good}.a.b")),
            ("no signature", format!("{unsigned}.")),
            ("another signature", format!("{unsigned}.{flipped}")),
            ("padding", format!("{good}=")),
            ("cut", good[..good.len() - 2].to_owned()),
            ("too long", format!("{good}{}", "A".repeat(9000))),
            ("JSON serialisation", r#"{"payload":"","signatures":[]}"#.to_owned()),
        ];
        assert_all_refused(side, tokens.map(|(what, token)| (what.to_owned(), token)).to_vec()).await;
    }
}

#[tokio::test]
async fn i6_h8_the_other_sides_token_is_refused_and_the_answer_names_the_right_side() {
    let (_system, [customer, staff]) = both().await;
    for (side, other) in [(&customer, &staff), (&staff, &customer)] {
        let answer = bearer(&side.at("/api/me"), &other.token).await;
        assert_refused("the other side's token", &other.token, &answer);
        assert!(answer.text("detail").contains(&other.url), "{}", answer.body);
        assert_eq!(bearer(&other.at("/api/me"), &other.token).await.status, 200);
    }
}

#[tokio::test]
async fn i4_one_realms_key_does_not_sign_for_the_other() {
    let (system, [customer, staff]) = both().await;
    for (side, other) in [(&customer, &staff), (&staff, &customer)] {
        let token = forge::by_realm(&system, other.realm, "at+jwt", &side.claims()).await;
        assert_all_refused(side, vec![("signed by the other realm".to_owned(), token)]).await;
        let kids = |jwks: Value| -> Vec<String> {
            jwks["keys"].as_array().unwrap().iter().map(|jwk| jwk["kid"].to_string()).collect()
        };
        let (ours, theirs) = (kids(side.client.jwks().await), kids(other.client.jwks().await));
        assert!(ours.iter().all(|kid| !theirs.contains(kid)), "{ours:?} {theirs:?}");
    }
}

#[tokio::test]
async fn i7_a_customers_token_that_speaks_of_admin_rights_opens_nothing() {
    let (system, [customer, staff]) = both().await;
    let mut claims = customer.claims();
    for (name, value) in [
        ("aud", json!(staff.url)),
        ("roles", json!(["super_admin"])),
        ("permissions", json!(["sales_management", "content_moderation"])),
        ("scope", json!("openid orders content admin")),
        ("acr", json!("urn:realmkeep:acr:multi-factor")),
        ("amr", json!(["pwd", "otp", "mfa"])),
    ] {
        claims = forge::with(&claims, name, value);
    }
    let token = forge::by_realm(&system, "customer", "at+jwt", &claims).await;
    for path in ["/api/me", "/api/orders", "/api/content"] {
        assert_refused(path, &token, &bearer(&staff.at(path), &token).await);
    }
}

#[tokio::test]
async fn t17_rs7_an_expired_token_is_refused_by_the_api() {
    let (system, [customer, staff]) = both().await;
    system.clock.advance(600 + 61);
    for side in [&customer, &staff] {
        assert_refused("expired", &side.token, &bearer(&side.at("/api/me"), &side.token).await);
    }
}
