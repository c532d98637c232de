//! Which resource a token is for (TOK-9, RFC 8707).

use end_to_end::{
    Browser, RelyingParty, System,
    relying_party::{JsonAnswer, bearer, claims, header},
};
use serde_json::json;

use crate::support::customer_of;

const NEWS: &str = "https://news.example.com";

/// The shipped realm with a second resource, whose one scope the example client with a secret may have.
async fn with_news() -> (System, Browser, RelyingParty) {
    let system = System::start_with(&[
        ("customer", "scopes.news.resource", NEWS),
        ("customer", "scopes.news.description", "Read your news"),
        ("customer", "clients.2.scopes", "openid,offline_access,orders,news"),
    ])
    .await;
    customer_of(system).await
}

/// Refreshed tokens for one resource.
async fn narrowed(client: &RelyingParty, refresh_token: &str, resource: &str) -> JsonAnswer {
    let params = [("grant_type", "refresh_token"), ("refresh_token", refresh_token), ("resource", resource)];
    client.token(&params).await.ok()
}

fn shop(system: &System) -> String {
    system.urls.storefront.clone()
}

#[tokio::test]
async fn tok9_a_named_resource_is_the_audience_and_an_unknown_one_is_refused_everywhere() {
    let (system, browser, client) = with_news().await;
    let shop = shop(&system);
    let named = [("scope", "openid orders offline_access"), ("resource", shop.as_str())];
    let (attempt, code) = client.code(&browser, &named).await;
    let tokens = client.redeem(&attempt, &code).await.ok();
    assert_eq!(claims(tokens.access_token())["aud"], json!(shop));
    let unknown = ("resource", "https://unknown.example.com");
    let page = browser.visit(client.authorize(&[("scope", "openid"), unknown]).url.as_str()).await;
    assert_eq!(page.callback_param("error").as_deref(), Some("invalid_target"));
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh_token()), unknown];
    client.token(&refresh).await.refused(400, "invalid_target");
    client.token(&[("grant_type", "client_credentials"), unknown]).await.refused(400, "invalid_target");
    // a name that means nothing costs no code
    let (attempt, code) = client.code(&browser, &named).await;
    let redeem = |resource| {
        [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", client.redirect_uri.as_str()),
            ("code_verifier", attempt.verifier.as_str()),
            resource,
        ]
    };
    client.token(&redeem(unknown)).await.refused(400, "invalid_target");
    client.token(&redeem(("resource", shop.as_str()))).await.ok();
}

#[tokio::test]
async fn tok9_scopes_of_two_resources_need_both_names() {
    let (_system, browser, client) = with_news().await;
    let page = browser.visit(client.authorize(&[("scope", "openid orders news")]).url.as_str()).await;
    assert_eq!(
        page.callback_param("error").as_deref(),
        Some("invalid_target"),
        "told before anybody signs in"
    );
    let one = [("scope", "openid orders news"), ("resource", NEWS)];
    let page = browser.visit(client.authorize(&one).url.as_str()).await;
    assert_eq!(page.callback_param("error").as_deref(), Some("invalid_target"));
    client.token(&[("grant_type", "client_credentials")]).await.refused(400, "invalid_target");
}

#[tokio::test]
async fn tok9_i6_a_token_for_two_resources_is_narrowed_to_one_before_our_services_take_it() {
    let (system, browser, client) = with_news().await;
    let shop = shop(&system);
    let mut url = client.authorize(&[("scope", "openid offline_access"), ("resource", &shop)]);
    url.url.query_pairs_mut().append_pair("resource", NEWS);
    let page = browser.visit(url.url.as_str()).await;
    assert!(
        page.body.contains("Read your news") && page.body.contains("See your orders"),
        "{}",
        page.summary()
    );
    let page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
    let both = client.redeem(&url, &page.code()).await.ok();
    assert_eq!(claims(both.access_token())["aud"], json!([shop, NEWS]));
    assert_eq!(both.text("scope"), "news offline_access openid orders");
    let orders = format!("{shop}/api/orders");
    assert_eq!(bearer(&orders, both.access_token()).await.status, 401, "I6");
    let for_shop = narrowed(&client, both.refresh_token(), &shop).await;
    assert_eq!(claims(for_shop.access_token())["aud"], json!(shop));
    assert_eq!(for_shop.text("scope"), "offline_access openid orders", "only that resource's scopes");
    bearer(&orders, for_shop.access_token()).await.ok();
    let for_news = narrowed(&client, both.refresh_token(), NEWS).await;
    assert_eq!(claims(for_news.access_token())["aud"], json!(NEWS));
    assert_eq!(for_news.text("scope"), "news offline_access openid");
    assert_eq!(bearer(&orders, for_news.access_token()).await.status, 401);
}

#[tokio::test]
async fn k6_only_a_resource_that_asks_for_it_gets_tokens_of_the_plain_type() {
    let system = System::start_with(&[
        ("customer", "scopes.news.resource", NEWS),
        ("customer", "scopes.news.description", "Read your news"),
        ("customer", "scopes.news.token_type", "JWT"),
        ("customer", "clients.2.scopes", "openid,email,offline_access,orders,news"),
    ])
    .await;
    let (system, browser, client) = customer_of(system).await;
    let of_shop = client.tokens(&browser, "openid orders").await;
    assert_eq!(header(of_shop.access_token())["typ"], "at+jwt");
    let of_news = client.tokens(&browser, "openid email news").await;
    assert_eq!(header(of_news.access_token())["typ"], "JWT");
    // the issuer knows its own tokens, and no ID token passes for one
    assert_eq!(client.userinfo(of_news.access_token()).await.ok().text("email"), "demo@example.com");
    assert_eq!(client.introspect(of_news.access_token()).await.ok().json["active"], true);
    assert_eq!(client.userinfo(of_news.id_token()).await.status, 401);
    assert_eq!(client.introspect(of_news.id_token()).await.ok().json["active"], false);
    // and it passes for no ID token
    let hint = client.authorize(&[("id_token_hint", of_news.access_token()), ("prompt", "none")]);
    let page = browser.visit(hint.url.as_str()).await;
    assert_eq!(page.callback_param("error").as_deref(), Some("invalid_request"));
    let orders = format!("{}/api/orders", shop(&system));
    assert_eq!(bearer(&orders, of_news.access_token()).await.status, 401);
    client.revoke(of_news.access_token()).await.ok();
    assert_eq!(client.userinfo(of_news.access_token()).await.status, 401);
}
