//! Signing out by the client's wish and by the person's, and telling the other clients (OUT-1 to OUT-3, L1 to L4).

use std::sync::{Arc, Mutex};

use axum::{Router, extract::State, http::StatusCode, routing::post};
use end_to_end::{
    Browser, Page, RelyingParty, System,
    people::{enter_shop, go_to_sign_in, register},
    relying_party::{claims, header},
};
use idp::store::outbox::{self, Delivery};
use serde_json::{Value, json};

use crate::support::{FULL, customer, customer_of, eventually};

const BACK: &str = "http://localhost:8080/signed-out";

async fn end_session(browser: &Browser, client: &RelyingParty, params: &[(&str, &str)]) -> Page {
    let mut url = client.endpoint("end_session");
    url.query_pairs_mut().extend_pairs(params);
    browser.visit(url).await
}

async fn signed_in(browser: &Browser, client: &RelyingParty) -> bool {
    let page = browser.visit(client.authorize(&[("prompt", "none")]).url.as_str()).await;
    page.callback_param("error").as_deref() != Some("login_required")
}

#[tokio::test]
async fn out1_l1_a_hint_and_a_registered_uri_sign_out_at_once_and_lead_back_with_the_state() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let state = "a b&c=d%20\"é";
    let params = [("id_token_hint", tokens.id_token()), ("post_logout_redirect_uri", BACK), ("state", state)];
    let page = end_session(&browser, &client, &params).await;
    assert!(page.left_to.as_ref().unwrap().as_str().starts_with(BACK));
    assert_eq!(page.callback(), [("state".to_owned(), state.to_owned())]);
    assert!(!signed_in(&browser, &client).await);
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    assert_eq!(client.userinfo(tokens.access_token()).await.status, 401, "T14, L2");
}

#[tokio::test]
async fn out2_l1_without_proof_a_person_is_asked_and_nothing_ends_before_they_answer() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let hint = ("id_token_hint", tokens.id_token());
    let unsigned = end_to_end::forge::unsigned(&header(tokens.id_token()), &claims(tokens.id_token()));
    let forged = end_to_end::forge::by_stranger(&header(tokens.id_token()), &claims(tokens.id_token()));
    let with_query = format!("{BACK}?a=1");
    let table: [&[(&str, &str)]; 8] = [
        &[],
        &[("post_logout_redirect_uri", BACK)],
        &[("client_id", "demo-web"), ("post_logout_redirect_uri", BACK)],
        &[hint, ("post_logout_redirect_uri", "http://evil.example/")],
        &[hint, ("post_logout_redirect_uri", &with_query)],
        &[hint, ("client_id", "storefront"), ("post_logout_redirect_uri", BACK)],
        &[("id_token_hint", &unsigned), ("post_logout_redirect_uri", BACK)],
        &[("id_token_hint", &forged), ("post_logout_redirect_uri", BACK)],
    ];
    for params in table {
        let page = end_session(&browser, &client, params).await;
        assert!(page.left_to.is_none() && page.has("logout-confirm"), "{params:?}: {}", page.summary());
        assert!(signed_in(&browser, &client).await, "{params:?}");
    }
    let page = end_session(&browser, &client, &[]).await;
    let page = browser.submit(&page.form("logout-confirm")).await;
    assert_eq!(page.status, 200);
    assert!(!signed_in(&browser, &client).await);
    assert!(browser.cookie(&system.urls.customer_issuer, "rk_customer_session").is_none());
}

#[tokio::test]
async fn out2_a_hint_without_a_redirect_uri_signs_out_and_says_so() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let page = end_session(&browser, &client, &[("id_token_hint", tokens.id_token())]).await;
    assert!(page.left_to.is_none() && !page.has("logout-confirm"), "{}", page.summary());
    assert!(!signed_in(&browser, &client).await);
}

#[tokio::test]
async fn rp4_the_confirmation_cannot_be_forged() {
    let (system, browser, client) = customer().await;
    let page = end_session(&browser, &client, &[]).await;
    let form = page.form("logout-confirm");
    let without = browser.send(&form.clone().without("csrf")).await;
    let foreign = browser.post_from("http://evil.example", &form.action, &form.fields).await;
    assert_eq!((without.status.as_u16(), foreign.status.as_u16()), (403, 403));
    assert!(signed_in(&browser, &client).await);
    assert!(browser.cookie(&system.urls.customer_issuer, "rk_customer_session").is_some());
}

#[tokio::test]
async fn out3_l2_signing_out_at_the_realm_ends_the_session_at_the_shop() {
    let system = System::start().await;
    let browser = system.browser();
    enter_shop(&system, &browser).await;
    let shop_cookie = browser.cookie(&system.urls.storefront, "rk_shop_session").unwrap();
    let page = browser.visit(format!("{}/account", system.urls.customer_issuer)).await;
    browser.submit(&page.form_to("/sign-out")).await;
    let bystander = system.browser();
    bystander.set_cookie(&system.urls.storefront, "rk_shop_session", &shop_cookie);
    eventually(async || !bystander.visit(&system.urls.storefront).await.has("signed-in-as")).await;
}

#[tokio::test]
async fn signing_out_at_the_shop_signs_out_at_the_realm_too() {
    let system = System::start().await;
    let browser = system.browser();
    let page = enter_shop(&system, &browser).await;
    let page = browser.submit(&page.form("sign-out")).await;
    assert!(page.url.as_str().starts_with(&system.urls.storefront), "{}", page.url);
    let page = go_to_sign_in(&browser, &system.urls.storefront).await;
    assert!(page.has("login-submit"), "{}", page.summary());
}

#[tokio::test]
async fn l4_a_relying_party_that_is_down_does_not_hold_up_the_sign_out() {
    let dead = [("customer", "clients.2.backchannel_logout_uri", "http://localhost:9/logout")];
    let (_system, browser, client) = customer_of(System::start_with(&dead).await).await;
    let tokens = client.tokens(&browser, FULL).await;
    let params = [("id_token_hint", tokens.id_token()), ("post_logout_redirect_uri", BACK)];
    let page = end_session(&browser, &client, &params).await;
    assert!(page.left_to.is_some(), "{}", page.summary());
    assert!(!signed_in(&browser, &client).await);
}

/// What a relying party received, and what it answers.
type Inbox = Arc<Mutex<Vec<String>>>;

async fn receive(State(inbox): State<Inbox>, body: String) -> StatusCode {
    let mut inbox = inbox.lock().unwrap();
    let pairs = url::form_urlencoded::parse(body.as_bytes());
    let tokens = pairs.filter(|(name, _)| name == "logout_token").map(|(_, token)| token.into_owned());
    inbox.extend(tokens);
    if inbox.len() == 1 { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK }
}

#[tokio::test]
async fn out3_l3_l4_a_notice_is_sent_again_even_after_a_restart_and_says_what_it_has_to() {
    let inbox = Inbox::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://localhost:{}/logout", listener.local_addr().unwrap().port());
    let router = Router::new().route("/logout", post(receive)).with_state(inbox.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let settings = [("customer", "clients.2.backchannel_logout_uri", uri.as_str())];
    let (mut system, browser, client) = customer_of(System::start_with(&settings).await).await;
    let tokens = client.tokens(&browser, FULL).await;
    end_session(&browser, &client, &[("id_token_hint", tokens.id_token())]).await;
    let received = || inbox.lock().unwrap().len();
    eventually(async || browser.get(&system.urls.customer_issuer).await.status == 200 && received() == 1)
        .await;
    system.restart().await;
    eventually(async || {
        system.clock.advance(30);
        system.realm("customer").outbox.notify_one();
        browser.get(&system.urls.customer_issuer).await.status == 200 && received() >= 2
    })
    .await;
    let sent = inbox.lock().unwrap().last().unwrap().clone();
    assert_logout_token(&sent, &claims(tokens.id_token()));
}

#[tokio::test]
async fn l2_l4_a_relying_party_that_hangs_holds_up_nobody_elses_notice() {
    let hanging = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://localhost:{}/logout", hanging.local_addr().unwrap().port());
    let settings = [("customer", "clients.2.backchannel_logout_uri", uri.as_str())];
    let system = System::start_with(&settings).await;
    let realm = system.realm("customer");
    let browser = system.browser();
    enter_shop(&system, &browser).await;
    for n in 0..150 {
        let (id, client) = (format!("notice-{n}"), "demo-web".to_owned());
        let notice = Delivery::logout(id, client, "somebody", &format!("sid-{n}"), realm.now());
        let mut tx = realm.store.facts.begin().await.unwrap();
        outbox::enqueue(&mut tx, &notice, realm.now() - 60).await.unwrap();
        tx.commit().await.unwrap();
    }
    realm.outbox.notify_one();
    let (held, _) = hanging.accept().await.unwrap();
    let page = browser.visit(format!("{}/account", system.urls.customer_issuer)).await;
    browser.submit(&page.form_to("/sign-out")).await;
    eventually(async || !browser.visit(&system.urls.storefront).await.has("signed-in-as")).await;
    drop(held);
}

fn assert_logout_token(sent: &str, id: &Value) {
    assert_eq!(header(sent)["typ"], "logout+jwt");
    let said = claims(sent);
    assert_eq!((&said["iss"], &said["sub"], &said["sid"]), (&id["iss"], &id["sub"], &id["sid"]));
    assert_eq!(said["aud"], "demo-web");
    assert_eq!(said["events"], json!({ "http://schemas.openid.net/event/backchannel-logout": {} }));
    assert!(said.get("nonce").is_none() && said["jti"].is_string());
    let life = said["exp"].as_i64().unwrap() - said["iat"].as_i64().unwrap();
    assert!((1..=120).contains(&life), "L3: {life}");
}

#[tokio::test]
async fn t14_signing_out_after_the_session_idled_out_still_ends_what_was_granted_in_it() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let spare = client.tokens(&browser, FULL).await;
    system.clock.advance(13 * 3600);
    assert!(!signed_in(&browser, &client).await, "idle for longer than twelve hours");
    let params = [("id_token_hint", tokens.id_token()), ("post_logout_redirect_uri", BACK)];
    let page = end_session(&browser, &client, &params).await;
    assert!(page.left_to.is_some(), "{}", page.summary());
    for tokens in [tokens, spare] {
        client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
    }
}

#[tokio::test]
async fn l1_no_site_ends_what_was_granted_in_a_session_that_idled_out() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let other = system.browser();
    let page = other.visit(client.authorize(&[]).url.as_str()).await;
    let page = register(&other, &page, "grace@example.org", "Grace").await;
    let page = system.mailbox().confirm(&other, &page).await;
    other.submit(&page.form("consent-allow").press("consent-allow")).await;
    let foreign = client.tokens(&other, "openid").await;
    system.clock.advance(13 * 3600);
    let uri = ("post_logout_redirect_uri", BACK);
    let hint = ("id_token_hint", foreign.id_token());
    let table: [&[(&str, &str)]; 3] = [&[], &[hint], &[hint, uri]];
    for params in table {
        let page = end_session(&browser, &client, params).await;
        assert!(page.left_to.is_none() && page.has("logout-confirm"), "{params:?}: {}", page.summary());
    }
    let next = client.refresh(tokens.refresh_token()).await.ok();
    let page = end_session(&browser, &client, &[]).await;
    browser.submit(&page.form("logout-confirm")).await;
    client.refresh(next.refresh_token()).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn sso4_signing_in_again_ends_the_session_that_idled_out() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    system.clock.advance(13 * 3600);
    let page = browser.visit(client.authorize(&[]).url.as_str()).await;
    end_to_end::people::sign_in_demo(&system, &browser, &page).await;
    client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn l3_a_ca_file_without_certificates_stops_the_realm_before_notices_get_lost() {
    let system = System::start().await;
    let open = async |ca_file: &std::path::Path| {
        let mut config = system.realm("customer").config.clone();
        config.ca_file = Some(ca_file.to_owned());
        let random = Arc::new(clock::random::OsRandom);
        idp::realm::Realm::open(config, system.clock.clone(), random).await.map(|_| ())
    };
    let empty = system.data().join("ca.pem");
    std::fs::write(&empty, "").unwrap();
    let error = open(&empty).await.unwrap_err();
    assert!(format!("{error:#}").contains("holds no certificate"), "{error:#}");
}
