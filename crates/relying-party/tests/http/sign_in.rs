//! Signing in and out against a realm on a socket.

use std::sync::atomic::Ordering;

use database::{record, sql};
use language::Language;
use relying_party::paths;
use serde_json::{Map, Value, json};
use test_browser::Page;
use url::Url;

use crate::support::{NOW, SESSION, SHOP, Shop, browser::Browser, config, provider::Provider};

record! {
    #[derive(Debug)]
    #[allow(dead_code, reason = "read when a test fails")]
    struct Row { id_hash: String }
}

fn ended_as(answer: &Page, word: &str) -> bool {
    answer.status == 200
        && answer.set_cookie(SESSION).is_none()
        && answer.body.contains(&format!("url=/?signin={word}\""))
}

#[tokio::test]
async fn rp5_a_sign_in_asks_with_state_nonce_and_pkce() {
    let browser = Browser::at(|config| config.required_acr = Some("urn:two".to_owned())).await;
    let sent = browser.start("prompt=create&max_age=60").await;
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "storefront"),
        ("redirect_uri", "https://shop.example/callback"),
        ("scope", "openid profile orders"),
        ("code_challenge_method", "S256"),
        ("resource", SHOP),
        ("acr_values", "urn:two"),
        ("prompt", "create"),
        ("max_age", "60"),
    ] {
        assert_eq!(sent[name], value, "{name}");
    }
    for name in ["state", "nonce", "code_challenge"] {
        assert_eq!(sent[name].as_str().unwrap().len(), 43, "{name}");
    }
}

#[tokio::test]
async fn s29_the_realm_is_asked_for_pages_in_the_language_of_the_service() {
    assert!(!Browser::new().await.start("").await.contains_key("ui_locales"), "nobody knows it");
    let browser = Browser::new().await.reading(Language::Arabic);
    let sent = browser.start("ui_locales=fr").await;
    assert_eq!(sent["ui_locales"], "ar");
    let answer = browser.back(&browser.answer(&sent)).await;
    assert!(answer.body.contains("<html lang=\"ar\" dir=\"rtl\">") && answer.body.contains("متابعة"));
}

#[tokio::test]
async fn r7_the_callback_ends_in_a_hop_of_our_own_and_a_session() {
    let browser = Browser::new().await;
    let sent = browser.start("return_to=/cart%3Fa%3D1%26b%3D2").await;
    let answer = browser.back(&browser.answer(&sent)).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (200, ""));
    assert!(answer.body.contains("content=\"0;url=/cart?a=1&amp;b=2\""), "{}", answer.body);
    let line = answer.header("set-cookie");
    assert!(line.contains("HttpOnly") && line.contains("Secure") && line.contains("Path=/;"), "{line}");
    let session = answer.set_cookie(SESSION).unwrap();
    assert_eq!(browser.shop.get("/me", &[("cookie", &session)]).await.status, 200);
    assert!(!answer.body.contains("eyJ"), "p1 no token in the page");
    let page = browser.shop.get("/page", &[("cookie", &session)]).await.json();
    assert_eq!((&page["subject"], &page["name"]), (&json!("user-1"), &json!("Ada")));
}

#[tokio::test]
async fn l2_a_session_that_the_realm_ended_during_the_sign_in_is_not_opened() {
    let browser = Browser::new().await;
    let sent = browser.start("").await;
    // it still tells the name, and has revoked everything before the session is there to be ended
    browser.provider.vouches.store(1, Ordering::SeqCst);
    let answer = browser.back(&browser.answer(&sent)).await;
    assert!(ended_as(&answer, "failed"), "{}", answer.body);
    let rows: Vec<Row> = sql("SELECT id_hash FROM bff_sessions").all(&browser.shop.db).await.unwrap();
    assert!(rows.is_empty(), "none is left behind: {rows:?}");
}

#[tokio::test]
async fn rp9_a_sign_in_never_returns_elsewhere() {
    let browser = Browser::new().await;
    let sent = browser.start("return_to=//evil.example").await;
    let answer = browser.back(&browser.answer(&sent)).await;
    assert!(answer.body.contains("content=\"0;url=/\""));
}

#[tokio::test]
async fn rp5_an_answer_works_once_in_its_own_browser_and_in_time() {
    let browser = Browser::new().await;
    let sent = browser.start("").await;
    let stranger = browser.shop.visit().await.0;
    let path = browser.answer(&sent);
    assert!(ended_as(&browser.shop.get(&path, &[("cookie", &stranger)]).await, "expired"));
    assert!(ended_as(&browser.shop.get(&path, &[]).await, "no-cookies"));
    let looked = browser.look_at(&path).await;
    assert!(looked.status == 200 && looked.header("set-cookie").is_empty(), "HEAD has no effect");
    assert!(browser.back(&path).await.set_cookie(SESSION).is_some(), "not used up by strangers");
    assert!(ended_as(&browser.back(&path).await, "expired"));
    let sent = browser.start("").await;
    browser.shop.clock.set(NOW + 600);
    assert!(ended_as(&browser.back(&browser.answer(&sent)).await, "expired"));
    assert_eq!(browser.provider.redemptions.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn rp5_two_tabs_can_sign_in_side_by_side() {
    let browser = Browser::new().await;
    let first = browser.start("return_to=/a").await;
    let nonce = browser.provider.nonce.lock().unwrap().clone();
    let second = browser.start("return_to=/b").await;
    assert!(browser.back(&browser.answer(&second)).await.body.contains("url=/b\""));
    *browser.provider.nonce.lock().unwrap() = nonce;
    assert!(browser.back(&browser.answer(&first)).await.body.contains("url=/a\""));
}

#[tokio::test]
async fn rp6_a_wrong_answer_gives_no_session() {
    let browser = Browser::new().await;
    let issuer = browser.provider.realm.issuer.clone();
    let table = [
        ("code=good&iss=https://evil.example".to_owned(), "failed"),
        ("code=good".to_owned(), "failed"),
        (format!("code=bad&iss={issuer}"), "failed"),
        (format!("iss={issuer}"), "failed"),
        (format!("error=access_denied&iss={issuer}"), "cancelled"),
        (format!("error=temporarily_unavailable&iss={issuer}"), "unavailable"),
        (format!("error=access_denied&code=good&iss={issuer}"), "cancelled"),
        (format!("error=nonsense&iss={issuer}"), "failed"),
        (format!("code=good&code=good&iss={issuer}"), "failed"),
        (format!("code=good%00&iss={issuer}"), "failed"),
    ];
    for (query, word) in table {
        let state = browser.start("").await["state"].as_str().unwrap().to_owned();
        let answer = browser.back(&format!("/callback?state={state}&{query}")).await;
        assert!(ended_as(&answer, word), "{query}: {}", answer.body);
    }
    assert!(ended_as(&browser.back("/callback?code=good").await, "failed"));
}

#[tokio::test]
async fn rp7_a_wrong_id_token_gives_no_session() {
    let browser = Browser::at(|config| config.required_acr = Some(protocol::acr::MULTI.to_owned())).await;
    let table = [
        (json!({}), true),
        (json!({ "nonce": "other" }), false),
        (json!({ "nonce": null }), false),
        (json!({ "aud": "another" }), false),
        (json!({ "aud": ["storefront", "another"] }), false),
        (json!({ "iss": "https://evil.example" }), false),
        (json!({ "sub": "user-2" }), false),
        (json!({ "exp": NOW - 1 }), false),
        (json!({ "azp": "storefront" }), true),
        (json!({ "azp": "another" }), false),
        (json!({ "aud": ["storefront"], "azp": "another" }), false),
        (json!({ "aud": ["storefront", "another"], "azp": "storefront" }), false),
        (json!({ "iat": NOW + 10 }), true),
        (json!({ "iat": NOW + 11, "exp": NOW + 300 }), false),
        (json!({ "iat": NOW - 610 }), true),
        (json!({ "iat": NOW - 611 }), false),
        (json!({ "iat": 0 }), false),
        (json!({ "exp": NOW + 86_400 }), true),
        (json!({ "exp": NOW + 86_401 }), false),
        (json!({ "acr": protocol::acr::SINGLE }), false),
        (json!({ "acr": null }), false),
        (json!({ "auth_time": NOW - 71 }), false),
        (json!({ "auth_time": null }), false),
        (json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }), false),
    ];
    for (changes, accepted) in table {
        let sent = browser.start("max_age=60").await;
        *browser.provider.id_changes.lock().unwrap() = changes.as_object().unwrap().clone();
        let answer = browser.back(&browser.answer(&sent)).await;
        assert_eq!(answer.set_cookie(SESSION).is_some(), accepted, "{changes}");
        assert_eq!(ended_as(&answer, "failed"), !accepted, "{changes}");
    }
}

#[tokio::test]
async fn rp3_signing_in_again_ends_the_old_session_even_if_the_callback_lacks_its_cookie() {
    let browser = Browser::new().await;
    let sent = browser.start("").await;
    let old = browser.back(&browser.answer(&sent)).await.set_cookie(SESSION).unwrap();
    let both = format!("{}; {old}", browser.visitor);
    let csrf = browser.shop.csrf(&both).await;
    let answer = browser.shop.post_form(paths::LOGIN, &both, &format!("csrf={csrf}")).await;
    let url = Url::parse(answer.header("location")).unwrap();
    let sent: Map<String, Value> = url.query_pairs().map(|(n, v)| (n.into(), v.into())).collect();
    browser.provider.expect_nonce(&sent);
    let new = browser.back(&browser.answer(&sent)).await.set_cookie(SESSION).unwrap();
    assert_ne!(old, new);
    assert_eq!(browser.shop.get("/me", &[("cookie", &old)]).await.status, 401);
    assert_eq!(browser.shop.get("/me", &[("cookie", &new)]).await.status, 200);
}

#[tokio::test]
async fn rp8_metadata_of_another_issuer_is_not_used() {
    let provider = Provider::start().await;
    let issuer = format!("{}/", provider.realm.issuer);
    let shop = Shop::with(config(&issuer), provider.realm.clone(), None).await;
    let (visitor, csrf) = shop.visit().await;
    assert_eq!(shop.post_form(paths::LOGIN, &visitor, &format!("csrf={csrf}")).await.status, 503);
}

#[tokio::test]
async fn r7_a_landing_page_without_the_strict_cookie_leads_on_without_another_sign_in() {
    let browser = Browser::new().await;
    let sent = browser.start("").await;
    let session = browser.back(&browser.answer(&sent)).await.set_cookie(SESSION).unwrap();
    let both = format!("{}; {session}", browser.visitor);
    let post = async |fields: &str| {
        let body = format!("csrf={}&return_to=/orders/7&{fields}", browser.csrf);
        browser.shop.post_form(paths::LOGIN, &both, &body).await
    };
    let answer = post("").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/orders/7"));
    for wanted in ["max_age=60", "prompt=create"] {
        assert!(post(wanted).await.header("location").contains("/authorize?"), "{wanted}");
    }
    browser.shop.clock.set(NOW + 3600);
    assert!(post("").await.header("location").contains("/authorize?"), "that session is over");
}

#[tokio::test]
async fn rp4_the_landing_pages_token_is_good_in_its_own_browser_only() {
    let browser = Browser::new().await;
    let sent = browser.start("").await;
    let session = browser.back(&browser.answer(&sent)).await.set_cookie(SESSION).unwrap();
    let (stranger, theirs) = browser.shop.visit().await;
    let both = format!("{}; {session}", browser.visitor);
    for (cookie, csrf) in [(&both, &theirs), (&stranger, &browser.csrf), (&session, &browser.csrf)] {
        let answer = browser.shop.post_form(paths::LOGIN, cookie, &format!("csrf={csrf}")).await;
        assert_eq!(answer.status, 403, "{cookie}");
    }
    let body = format!("csrf={}&text=x", browser.csrf);
    assert_eq!(browser.shop.post_form("/form", &both, &body).await.status, 403, "for signing in only");
}

#[tokio::test]
async fn s36_a_browser_that_keeps_no_cookies_is_told_so() {
    let browser = Browser::new().await;
    for path in [paths::LOGIN, "/form"] {
        let answer = browser.shop.post_form(path, "", &format!("csrf={}", browser.csrf)).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.json()["code"]),
            (403, &json!("cookies_blocked")),
            "{path}"
        );
        assert_eq!(answer.json()["title"], "Cookies are blocked");
        let without_token = browser.shop.post_form(path, "", "text=x").await;
        assert_eq!(without_token.json()["code"], "csrf", "{path}");
    }
}

#[tokio::test]
async fn rp4_the_callback_tells_layers_around_it_who_signed_in_and_where() {
    use tower::ServiceExt;
    let browser = Browser::new().await;
    let sent = browser.start("").await;
    let path = browser.answer(&sent);
    let call = || crate::support::request("GET", &path, &[("cookie", &browser.visitor)], "");
    let reported = browser.shop.router.clone().oneshot(call()).await.unwrap();
    let reported = reported.extensions().get::<relying_party::SignedIn>().cloned().unwrap();
    let visitor = browser.visitor.split_once('=').unwrap().1;
    assert_eq!((reported.visitor.as_str(), reported.subject.as_str()), (visitor, "user-1"));
    assert_eq!(reported.issuer, browser.provider.realm.issuer);
    let again = browser.shop.router.clone().oneshot(call()).await.unwrap();
    assert_eq!(again.extensions().get::<relying_party::SignedIn>(), None);
}
