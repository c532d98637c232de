//! Revocation and introspection (U3, U4).

use end_to_end::{
    RelyingParty, http_client,
    relying_party::{ClientAuth, read},
};
use serde_json::json;

use crate::support::{FULL, customer, staff};

#[tokio::test]
async fn u3_a_revoked_token_is_gone_with_everything_of_its_grant() {
    let (system, browser, client) = customer().await;
    let (_, staff_browser, staff_client) = staff(&system).await;
    for (browser, client) in [(&browser, &client), (&staff_browser, &staff_client)] {
        for refresh in [true, false] {
            let tokens = client.tokens(browser, FULL).await;
            let shown = if refresh { tokens.refresh_token() } else { tokens.access_token() };
            client.revoke(shown).await.ok();
            assert_eq!(client.userinfo(tokens.access_token()).await.status, 401);
            client.refresh(tokens.refresh_token()).await.refused(400, "invalid_grant");
            assert_eq!(client.introspect(tokens.access_token()).await.ok().json, json!({ "active": false }));
            client.revoke(shown).await.ok();
        }
    }
}

#[tokio::test]
async fn u3_another_clients_token_and_garbage_are_200_without_effect() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let app = RelyingParty::of(&system, "customer", "demo-app").await;
    for shown in [tokens.refresh_token(), tokens.access_token(), tokens.id_token(), "x", "a.b.c"] {
        app.revoke(shown).await.ok();
    }
    client.userinfo(tokens.access_token()).await.ok();
    client.refresh(tokens.refresh_token()).await.ok();
}

#[tokio::test]
async fn u3_revoking_needs_the_clients_own_authentication_and_a_token() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let wrong = RelyingParty { secret: "wrong".to_owned(), ..client.clone() };
    wrong.revoke(tokens.refresh_token()).await.refused(401, "invalid_client");
    client.call("revocation", &[]).await.refused(400, "invalid_request");
    client.refresh(tokens.refresh_token()).await.ok();
}

#[tokio::test]
async fn u3_a_clients_own_service_token_can_be_revoked() {
    let (_system, _, client) = customer().await;
    let service = client.client_credentials("orders").await.ok();
    assert_eq!(client.introspect(service.access_token()).await.ok().json["active"], true);
    client.revoke(service.access_token()).await.ok();
    assert_eq!(client.introspect(service.access_token()).await.ok().json["active"], false);
}

#[tokio::test]
async fn u3_without_its_database_the_realm_says_503_and_not_that_the_token_is_gone() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let service = client.client_credentials("orders").await.ok();
    system.realm("customer").store.facts.close().await;
    for shown in [tokens.refresh_token(), tokens.access_token(), service.access_token()] {
        let answer = client.revoke(shown).await;
        answer.refused(503, "temporarily_unavailable");
        assert!(answer.header("retry-after").is_some());
    }
}

#[tokio::test]
async fn u4_introspection_tells_a_clients_own_tokens_and_nothing_of_others() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let reported = client.introspect(tokens.access_token()).await.ok();
    assert_eq!((reported.json["active"].clone(), reported.text("client_id")), (json!(true), "demo-web"));
    assert_eq!(reported.text("iss"), system.urls.customer_issuer);
    assert_eq!(client.introspect(tokens.refresh_token()).await.ok().json["active"], true);
    let storefront = RelyingParty::of(&system, "customer", "storefront").await;
    assert_eq!(storefront.introspect(tokens.refresh_token()).await.ok().json, json!({ "active": false }));
    for garbage in ["x", "a.b.c", tokens.id_token()] {
        assert_eq!(client.introspect(garbage).await.ok().json, json!({ "active": false }));
    }
}

#[tokio::test]
async fn u4_only_clients_that_authenticate_may_ask() {
    let (system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let app = RelyingParty::of(&system, "customer", "demo-app").await;
    app.introspect(tokens.access_token()).await.refused(401, "invalid_client");
    let bare = RelyingParty { method: ClientAuth::Public, ..client.clone() };
    bare.introspect(tokens.access_token()).await.refused(401, "invalid_client");
    let nobody = http_client::client().post(client.endpoint("introspection"));
    let answer = read(nobody.form(&[("token", tokens.access_token())])).await;
    assert_eq!(answer.status.as_u16() / 100, 4);
    assert!(answer.json.get("active").is_none(), "{}", answer.body);
    let bearer =
        http_client::client().post(client.endpoint("introspection")).bearer_auth(tokens.access_token());
    let answer = read(bearer.form(&[("token", tokens.access_token())])).await;
    assert!(answer.json.get("active").is_none(), "{}", answer.body);
}
