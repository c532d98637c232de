//! Back-channel logout.

use protocol::logout::{LogoutSubject, logout_token_claims};
use relying_party::{paths, testing::TestRealm};
use serde_json::{Map, Value, json};

use crate::support::{FORM, ISSUER, NOW, Shop, request};

fn claims(sid: Option<&str>) -> Map<String, Value> {
    logout_token_claims(ISSUER, "storefront", LogoutSubject { sub: "user-1", sid }, "jti-1", NOW)
}

async fn deliver(shop: &Shop, token: &str) -> u16 {
    let body = format!("logout_token={token}");
    let answer = shop.send(request("POST", paths::BACKCHANNEL_LOGOUT, &[FORM], &body)).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.status.as_u16()
}

async fn is_signed_in(shop: &Shop, cookie: &str) -> bool {
    shop.get("/me", &[("cookie", cookie)]).await.status == 200
}

#[tokio::test]
async fn l2_a_logout_token_ends_the_sessions_it_names() {
    for sid in [Some("sid-1"), None] {
        let shop = Shop::new().await;
        let (cookie, _) = shop.signed_in().await;
        assert_eq!(deliver(&shop, &shop.realm.sign("logout+jwt", &claims(sid))).await, 200);
        assert!(!is_signed_in(&shop, &cookie).await, "{sid:?}");
    }
}

#[tokio::test]
async fn l2_another_session_of_the_same_person_stays() {
    let shop = Shop::new().await;
    let (cookie, _) = shop.signed_in().await;
    assert_eq!(deliver(&shop, &shop.realm.sign("logout+jwt", &claims(Some("sid-2")))).await, 200);
    assert!(is_signed_in(&shop, &cookie).await);
}

#[tokio::test]
async fn l3_a_logout_token_counts_once() {
    let shop = Shop::new().await;
    let token = shop.realm.sign("logout+jwt", &claims(None));
    assert_eq!(deliver(&shop, &token).await, 200);
    let (cookie, _) = shop.signed_in().await;
    assert_eq!(deliver(&shop, &token).await, 400);
    assert!(is_signed_in(&shop, &cookie).await);
    shop.clock.set(NOW + 179);
    assert_eq!(shop.relying_party.reap().await.unwrap(), 0, "remembered while it could be believed");
}

#[tokio::test]
async fn l3_every_wrong_logout_token_is_refused_and_ends_nothing() {
    let shop = Shop::new().await;
    let (cookie, _) = shop.signed_in().await;
    let changes = [
        json!({ "iss": "https://staff-id.example" }),
        json!({ "aud": "another" }),
        json!({ "iat": null }),
        json!({ "exp": null }),
        json!({ "exp": NOW + 121 }),
        json!({ "iat": NOW - 300, "exp": NOW - 200 }),
        json!({ "events": null }),
        json!({ "events": {} }),
        json!({ "events": { "http://schemas.openid.net/event/other": {} } }),
        json!({ "sub": null, "sid": null }),
        json!({ "nonce": "n" }),
        json!({ "jti": null }),
    ];
    let mut tokens: Vec<(String, String)> = changes
        .iter()
        .map(|change| {
            let mut claims = claims(Some("sid-1"));
            claims.extend(change.as_object().unwrap().clone());
            claims.retain(|_, value| !value.is_null());
            (change.to_string(), shop.realm.sign("logout+jwt", &claims))
        })
        .collect();
    tokens.push(("typ".to_owned(), shop.realm.sign("JWT", &claims(None))));
    tokens.push(("access token".to_owned(), shop.realm.sign("at+jwt", &claims(None))));
    tokens.push(("foreign key".to_owned(), TestRealm::new(ISSUER).sign("logout+jwt", &claims(None))));
    tokens.push(("garbage".to_owned(), "garbage".to_owned()));
    tokens.push(("empty".to_owned(), String::new()));
    for (what, token) in tokens {
        assert_eq!(deliver(&shop, &token).await, 400, "{what}");
    }
    assert!(is_signed_in(&shop, &cookie).await);
}

#[tokio::test]
async fn l3_a_request_that_is_no_single_form_token_is_refused() {
    let shop = Shop::new().await;
    let token = shop.realm.sign("logout+jwt", &claims(None));
    let twice = format!("logout_token={token}&logout_token={token}");
    for (headers, body) in [(vec![FORM], twice), (vec![("content-type", "application/json")], token)] {
        assert_eq!(shop.send(request("POST", paths::BACKCHANNEL_LOGOUT, &headers, &body)).await.status, 400);
    }
}
