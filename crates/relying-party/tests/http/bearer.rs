//! Bearer tokens at a resource server.

use std::sync::Arc;

use protocol::{access_token::AccessClaims, acr};
use relying_party::testing::TestRealm;
use serde_json::{Value, json};

use crate::support::{ISSUER, NOW, SHOP, STAFF_ISSUER, Shop, config, request};

const METADATA: &str = "https://shop.example/.well-known/oauth-protected-resource";

async fn me(shop: &Shop, token: &str) -> test_browser::Page {
    shop.get("/me", &[("authorization", &format!("Bearer {token}"))]).await
}

#[tokio::test]
async fn rs3_a_good_token_names_issuer_and_subject() {
    let shop = Shop::new().await;
    let answer = me(&shop, &shop.realm.access_token(&shop.realm.claims(SHOP, NOW))).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, "https://id.example|user-1"));
}

#[tokio::test]
async fn r1_rs6_without_a_credential_the_challenge_has_no_error() {
    let shop = Shop::new().await;
    for path in ["/me", "/me?access_token=anything"] {
        let answer = shop.get(path, &[]).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.header("www-authenticate"), format!("Bearer resource_metadata=\"{METADATA}\""));
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.json()["code"], "sign_in_required");
    }
}

/// A token whose claims were changed; null removes a member.
fn changed(shop: &Shop, changes: &Value) -> String {
    let mut claims = serde_json::to_value(shop.realm.claims(SHOP, NOW)).unwrap();
    let members = claims.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    shop.realm.sign("at+jwt", &claims)
}

fn wrong_tokens(shop: &Shop) -> Vec<(&'static str, String)> {
    let good = shop.realm.claims(SHOP, NOW);
    let signed = shop.realm.access_token(&good);
    let (head, signature) = signed.rsplit_once('.').unwrap();
    let flipped = if signature.starts_with('A') { 'B' } else { 'A' };
    let other_key = TestRealm::new(ISSUER);
    vec![
        ("no iss", changed(shop, &json!({ "iss": null }))),
        ("foreign iss", changed(shop, &json!({ "iss": "https://id.example/" }))),
        ("no aud", changed(shop, &json!({ "aud": null }))),
        ("foreign aud", changed(shop, &json!({ "aud": "https://console.example" }))),
        ("aud of both", changed(shop, &json!({ "aud": [SHOP, "https://console.example"] }))),
        ("no exp", changed(shop, &json!({ "exp": null }))),
        ("expired", changed(shop, &json!({ "iat": NOW - 400, "exp": NOW - 100 }))),
        ("from the future", changed(shop, &json!({ "iat": NOW + 100, "exp": NOW + 200 }))),
        ("living too long", changed(shop, &json!({ "exp": NOW + 901 }))),
        ("no sub", changed(shop, &json!({ "sub": null }))),
        ("no client_id", changed(shop, &json!({ "client_id": null }))),
        ("an ID token", shop.realm.sign("JWT", &good)),
        ("a logout token", shop.realm.sign("logout+jwt", &good)),
        ("foreign key", other_key.access_token(&good)),
        ("changed signature", format!("{head}.{flipped}{}", &signature[1..])),
        ("no signature", format!("{head}.")),
        ("alg none", format!("{}.{}.", base64(br#"{"alg":"none","typ":"at+jwt"}"#), payload(&good))),
        ("opaque", "c2VjcmV0".to_owned()),
        ("too large", "a".repeat(9000)),
    ]
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

fn payload(claims: &AccessClaims) -> String {
    base64(&serde_json::to_vec(claims).unwrap())
}

#[tokio::test]
async fn rs1_every_wrong_token_is_refused_with_the_same_words() {
    let shop = Shop::new().await;
    let challenge = format!("Bearer resource_metadata=\"{METADATA}\", error=\"invalid_token\"");
    for (what, token) in wrong_tokens(&shop) {
        let answer = me(&shop, &token).await;
        assert_eq!(answer.status, 401, "{what}");
        assert_eq!(answer.header("www-authenticate"), challenge, "{what}");
        assert_eq!(answer.json()["code"], "invalid_token", "{what}");
        assert!(!answer.body.contains(&token), "rs6 {what}");
    }
}

#[tokio::test]
async fn h8_a_token_of_the_other_side_is_told_where_it_is_accepted() {
    let shop = Shop::new().await;
    let staff = TestRealm::new(STAFF_ISSUER);
    let answer = me(&shop, &staff.access_token(&staff.claims(SHOP, NOW))).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (401, &json!("invalid_token")));
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("staff") && detail.contains("https://console.example"), "{detail}");
}

#[tokio::test]
async fn i4_a_token_in_the_other_realms_name_signed_by_our_realm_is_refused() {
    let shop = Shop::new().await;
    assert_eq!(me(&shop, &changed(&shop, &json!({ "iss": STAFF_ISSUER }))).await.status, 401);
}

#[tokio::test]
async fn rp11_a_bad_bearer_token_does_not_fall_back_to_the_session() {
    let shop = Shop::new().await;
    let (cookie, _) = shop.signed_in().await;
    let answer = shop.get("/me", &[("authorization", "Bearer nonsense"), ("cookie", &cookie)]).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (401, &json!("invalid_token")));
    let answer = shop.get("/page", &[("authorization", "Bearer nonsense"), ("cookie", &cookie)]).await;
    assert_eq!(answer.status, 401, "a page doesn't take it for signed out either");
}

#[tokio::test]
async fn rs5_two_tokens_are_a_bad_request() {
    let shop = Shop::new().await;
    let token = format!("Bearer {}", shop.realm.access_token(&shop.realm.claims(SHOP, NOW)));
    let twice = request("GET", "/me", &[("authorization", &token), ("authorization", &token)], "");
    assert_eq!(shop.send(twice).await.status, 400);
    let answer = shop.get("/me?access_token=x", &[("authorization", &token)]).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (400, &json!("invalid_request")));
}

#[tokio::test]
async fn rs2_a_missing_scope_or_permission_is_forbidden() {
    let shop = Shop::new().await;
    let token = format!("Bearer {}", shop.realm.access_token(&shop.realm.claims(SHOP, NOW)));
    let answer = shop.get("/scoped", &[("authorization", &token)]).await;
    assert_eq!(answer.status, 403);
    assert!(answer.header("www-authenticate").ends_with("error=\"insufficient_scope\", scope=\"checkout\""));
    assert_eq!(shop.get("/permitted", &[("authorization", &token)]).await.status, 403);
}

#[tokio::test]
async fn rs4_an_old_sign_in_is_asked_for_a_new_one() {
    let shop = Shop::new().await;
    let mut claims = shop.realm.claims(SHOP, NOW);
    for (auth_time, status) in [(Some(NOW - 70), 200), (Some(NOW - 71), 401), (None, 401)] {
        claims.auth_time = auth_time;
        let token = format!("Bearer {}", shop.realm.access_token(&claims));
        let answer = shop.get("/fresh", &[("authorization", &token)]).await;
        assert_eq!(answer.status, status);
        let wanted = "error=\"insufficient_user_authentication\", max_age=\"60\"";
        assert_eq!(answer.header("www-authenticate").ends_with(wanted), status == 401);
    }
}

#[tokio::test]
async fn rs4_a_side_that_demands_a_second_factor_refuses_one_factor() {
    let realm = TestRealm::new(ISSUER);
    let mut config = config(ISSUER);
    config.required_acr = Some(acr::MULTI.to_owned());
    let shop = Shop::with(config, realm.clone(), Some(Arc::new(realm))).await;
    let mut claims = shop.realm.claims(SHOP, NOW);
    assert_eq!(me(&shop, &shop.realm.access_token(&claims)).await.status, 200);
    for acr in [Some(acr::SINGLE.to_owned()), None] {
        claims.acr = acr;
        let answer = me(&shop, &shop.realm.access_token(&claims)).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["code"]),
            (401, &json!("insufficient_user_authentication"))
        );
        assert!(answer.header("www-authenticate").contains(&format!("acr_values=\"{}\"", acr::MULTI)));
    }
}

#[tokio::test]
async fn the_resource_metadata_names_the_realm() {
    let shop = Shop::new().await;
    let answer = shop.get("/.well-known/oauth-protected-resource", &[]).await.json();
    assert_eq!(answer["resource"], SHOP);
    assert_eq!(answer["authorization_servers"], json!([ISSUER]));
}
