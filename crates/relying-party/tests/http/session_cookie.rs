//! Session cookies, forged requests, and cookies of the other side.

use std::sync::Arc;

use serde_json::{Value, json};
use test_browser::send;

use crate::support::{FORM, ISSUER, NOW, SESSION, SHOP, Shop, VISITOR, config, request};

const METHODS: [&str; 4] = ["POST", "PUT", "PATCH", "DELETE"];

#[tokio::test]
async fn p1_rp1_a_signed_in_browser_stays_signed_in_and_sees_no_token() {
    let shop = Shop::new().await;
    let (cookie, _) = shop.signed_in().await;
    for _ in 0..2 {
        let answer = shop.get("/me", &[("cookie", &cookie)]).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, "https://id.example|user-1"));
    }
    let value = cookie.split_once('=').unwrap().1;
    assert_eq!((cookie.starts_with(SESSION), value.len()), (true, 43));
}

#[tokio::test]
async fn p2_the_other_sides_session_is_forbidden_and_told_where_it_belongs() {
    let shop = Shop::new().await;
    for cookie in ["rk_console_session=abc", "__Host-rk_console_session=abc"] {
        let answer = shop.get("/me", &[("cookie", cookie)]).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (403, &json!("wrong_side")));
        assert!(answer.json()["detail"].as_str().unwrap().contains("https://console.example"));
        assert_eq!(shop.get("/page", &[("cookie", cookie)]).await.json()["foreign"], true);
    }
    let (own, _) = shop.signed_in().await;
    assert_eq!(shop.get("/me", &[("cookie", &format!("{own}; rk_console_session=abc"))]).await.status, 200);
}

#[tokio::test]
async fn i1_a_renamed_cookie_is_not_a_session() {
    let shop = Shop::new().await;
    let (own, _) = shop.signed_in().await;
    let id = own.split_once('=').unwrap().1;
    for cookie in [
        format!("rk_shop_session={id}"),
        format!("{VISITOR}={id}"),
        format!("{SESSION}=abc"),
        format!("{own}; {own}"),
        format!("{SESSION}={id}x"),
    ] {
        assert_eq!(shop.get("/me", &[("cookie", &cookie)]).await.status, 401, "{cookie}");
    }
}

#[tokio::test]
async fn p6_a_session_ends_by_silence_and_by_age() {
    let shop = Shop::new().await;
    let (cookie, _) = shop.signed_in().await;
    shop.clock.advance(3600);
    assert_eq!(shop.get("/me", &[("cookie", &cookie)]).await.status, 401);
    assert_eq!(shop.relying_party.reap().await.unwrap(), 1);
}

#[tokio::test]
async fn q4_a_session_of_a_clock_ahead_ends_by_silence_like_any_other() {
    let shop = Shop::new().await;
    shop.clock.set(NOW + 7200);
    let access = shop.realm.access_token(&shop.realm.claims(SHOP, NOW + 7200));
    let cookie = relying_party::testing::sign_in(&shop.relying_party, &access, None).await;
    shop.clock.set(NOW);
    let status = async || shop.get("/me", &[("cookie", &cookie)]).await.status.as_u16();
    // its access token is of a time to come, too: what counts here is that the use is noted
    status().await;
    shop.clock.advance(3600);
    assert_eq!(status().await, 401);
    assert_eq!(shop.relying_party.reap().await.unwrap(), 1);
}

#[tokio::test]
async fn p6_activity_keeps_a_session_until_its_absolute_end() {
    let realm = relying_party::testing::TestRealm::new(ISSUER);
    let mut config = config(ISSUER);
    (config.session.idle, config.session.absolute) = (100, 250);
    let shop = Shop::with(config, realm.clone(), Some(Arc::new(realm))).await;
    let (cookie, _) = shop.signed_in().await;
    for (at, status) in [(90, 200), (180, 200), (249, 200), (250, 401)] {
        shop.clock.set(NOW + at);
        assert_eq!(shop.get("/me", &[("cookie", &cookie)]).await.status, status, "at {at}");
    }
}

#[tokio::test]
async fn p10_a_rotated_sealing_key_keeps_sessions_and_forms_and_an_unknown_one_ends_nothing() {
    let shop = Shop::new().await;
    let (cookie, csrf) = shop.signed_in().await;
    let headers =
        [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("x-csrf-token", csrf.as_str())];
    let mut rotated = config(ISSUER);
    rotated.previous_sealing_key = Some(rotated.sealing_key.clone());
    rotated.sealing_key = "another key of thirty-two bytes.".into();
    let mut lost = rotated.clone();
    lost.previous_sealing_key = None;
    for (config, status) in [(rotated, 200), (lost, 401), (config(ISSUER), 200)] {
        let answer = send(&shop.restarted(config), request("POST", "/me", &headers, "")).await;
        assert_eq!(answer.status, status);
    }
}

database::record! { struct Stored { id_hash: String, sealed: String } }

#[tokio::test]
async fn rp1_neither_the_session_id_nor_a_token_is_readable_in_the_database() {
    let shop = Shop::new().await;
    let (cookie, _) = shop.signed_in().await;
    let row: Stored = database::sql("SELECT id_hash, sealed FROM bff_sessions").one(&shop.db).await.unwrap();
    let id = cookie.split_once('=').unwrap().1;
    assert!(!row.id_hash.contains(id) && !row.sealed.contains(id));
    let sealed =
        base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, &row.sealed).unwrap();
    assert!(!sealed.windows(3).any(|bytes| bytes == b"eyJ"));
}

#[tokio::test]
async fn e4_nothing_secret_shows_in_debug_output() {
    let shop = Shop::new().await;
    let shown = format!("{:?}", shop.relying_party);
    assert!(shown.contains(ISSUER));
    for secret in ["0123456789abcdef", "storefront-secret", "csrf_keys"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn without_a_refresh_token_a_session_lasts_as_long_as_its_access_token() {
    let shop = Shop::new().await;
    let (cookie, _) = shop.signed_in().await;
    shop.clock.set(NOW + 299);
    assert_eq!(shop.get("/me", &[("cookie", &cookie)]).await.status, 200);
    shop.clock.set(NOW + 300);
    assert_eq!(shop.get("/me", &[("cookie", &cookie)]).await.status, 401);
}

/// Whether a request gets through, for each place a token can be in.
async fn matrix(shop: &Shop, cookie: &str, csrf: &str) {
    let same = ("sec-fetch-site", "same-origin");
    let field = format!("csrf={csrf}&text=x");
    for method in METHODS {
        let send = async |path: &str, headers: &[(&str, &str)], body: &str| {
            shop.send(request(method, path, headers, body)).await.status.as_u16()
        };
        for path in ["/me", "/form"] {
            let with = |more: &[(&'static str, &str)]| {
                let mut all =
                    vec![("cookie".to_owned(), cookie.to_owned()), (FORM.0.to_owned(), FORM.1.to_owned())];
                all.extend(more.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
                all
            };
            let table = [
                (with(&[same, ("x-csrf-token", csrf)]), 200),
                (with(&[("origin", SHOP), ("x-csrf-token", csrf)]), 200),
                (with(&[same]), 403),
                (with(&[("x-csrf-token", csrf)]), 403),
                (with(&[("sec-fetch-site", "cross-site"), ("x-csrf-token", csrf)]), 403),
                (with(&[("sec-fetch-site", "same-site"), ("x-csrf-token", csrf)]), 403),
                (with(&[("sec-fetch-site", "none"), ("x-csrf-token", csrf)]), 403),
                (with(&[("origin", "https://evil.example"), ("x-csrf-token", csrf)]), 403),
                (with(&[("origin", "null"), ("x-csrf-token", csrf)]), 403),
                (with(&[same, ("x-csrf-token", "wrong")]), 403),
                (with(&[same, ("x-csrf-token", csrf), ("x-csrf-token", csrf)]), 403),
            ];
            for (headers, status) in table {
                let headers: Vec<(&str, &str)> =
                    headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                assert_eq!(send(path, &headers, "").await, status, "{method} {path} {headers:?}");
            }
        }
        let form = [("cookie", cookie), same, FORM];
        assert_eq!(send("/form", &form, &field).await, 200, "{method} field");
        assert_eq!(send("/form", &form, &format!("{field}&csrf={csrf}")).await, 403, "{method} field twice");
        assert_eq!(send("/me", &form, &field).await, 403, "{method} a field is no header");
        let plain = [("cookie", cookie), same, ("content-type", "text/plain")];
        assert_eq!(send("/form", &plain, &field).await, 415, "{method} text/plain");
    }
}

#[tokio::test]
async fn rp4_an_unsafe_request_needs_origin_and_token_of_its_session() {
    let shop = Shop::new().await;
    let (cookie, csrf) = shop.signed_in().await;
    matrix(&shop, &cookie, &csrf).await;
}

#[tokio::test]
async fn rp4_so_does_a_visitors_form() {
    let shop = Shop::new().await;
    let (cookie, csrf) = shop.visit().await;
    let body = format!("csrf={csrf}&text=hello");
    assert_eq!(shop.post_form("/form", &cookie, &body).await.body, "hello");
    for (cookie, body) in
        [(cookie.as_str(), "text=hello"), ("", body.as_str()), (&format!("{VISITOR}=other"), &body)]
    {
        assert_eq!(shop.post_form("/form", cookie, body).await.status, 403, "{cookie}");
    }
}

#[tokio::test]
async fn p4_rp4_a_token_is_good_for_its_own_session_only() {
    let shop = Shop::new().await;
    let (one, csrf_of_one) = shop.signed_in().await;
    let (two, csrf_of_two) = shop.signed_in().await;
    let (_, visitors) = shop.visit().await;
    assert_ne!(csrf_of_one, csrf_of_two);
    for (cookie, csrf) in [(&one, &csrf_of_two), (&two, &csrf_of_one), (&one, &visitors)] {
        assert_eq!(shop.post_form("/form", cookie, &format!("csrf={csrf}")).await.status, 403);
    }
}

#[tokio::test]
async fn a_bearer_caller_cannot_be_forged_and_needs_no_token() {
    let shop = Shop::new().await;
    let token = format!("Bearer {}", shop.realm.access_token(&shop.realm.claims(SHOP, NOW)));
    for method in METHODS {
        let headers = [("authorization", token.as_str()), FORM];
        assert_eq!(shop.send(request(method, "/form", &headers, "text=x")).await.status, 200);
        assert_eq!(shop.send(request(method, "/me", &headers, "")).await.status, 200);
    }
}

#[tokio::test]
async fn a_visitor_keeps_its_id_and_a_safe_request_needs_no_token() {
    let shop = Shop::new().await;
    let (cookie, csrf) = shop.visit().await;
    let again = shop.get("/page", &[("cookie", &cookie)]).await;
    assert_eq!((again.set_cookie(VISITOR), &again.json()["csrf"]), (None, &Value::from(csrf)));
}

#[tokio::test]
async fn c3_a_form_that_was_opened_in_a_session_that_ended_since_is_still_this_browsers_own() {
    let shop = Shop::new().await;
    let (cookie, csrf) = shop.signed_in().await;
    let (_, other) = shop.signed_in().await;
    shop.clock.advance(3600);
    assert_eq!(shop.post_form("/form", &cookie, &format!("csrf={csrf}&text=mine")).await.body, "mine");
    assert_eq!(shop.post_form("/form", &cookie, &format!("csrf={other}&text=x")).await.status, 403);
    let headers =
        [("cookie", cookie.as_str()), ("sec-fetch-site", "same-origin"), ("x-csrf-token", csrf.as_str())];
    assert_eq!(shop.send(request("POST", "/me", &headers, "")).await.status, 401, "nobody is signed in");
}
