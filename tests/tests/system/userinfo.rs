//! The userinfo endpoint (UI-1, UI-2, U1, U2).

use end_to_end::{
    RelyingParty, System, http_client,
    relying_party::{JsonAnswer, claims, read},
};
use serde_json::Value;

use crate::support::{FULL, customer, customer_of, staff};

async fn post(url: &str, header: Option<&str>, form: &[(&str, &str)]) -> JsonAnswer {
    let mut request = http_client::client().post(url);
    if let Some(token) = header {
        request = request.bearer_auth(token);
    }
    read(if form.is_empty() { request } else { request.form(form) }).await
}

#[tokio::test]
async fn ui1_get_post_and_form_give_the_same_answer_with_the_id_tokens_sub() {
    let (system, browser, client) = customer().await;
    let (_, staff_browser, staff_client) = staff(&system).await;
    for (browser, client) in [(&browser, &client), (&staff_browser, &staff_client)] {
        let tokens = client.tokens(browser, FULL).await;
        let url = client.endpoint("userinfo");
        let by_get = client.userinfo(tokens.access_token()).await.ok();
        let by_header = post(url.as_str(), Some(tokens.access_token()), &[]).await.ok();
        let by_form = post(url.as_str(), None, &[("access_token", tokens.access_token())]).await.ok();
        assert_eq!(by_get.json, by_header.json);
        assert_eq!(by_get.json, by_form.json);
        assert_eq!(by_get.json["sub"], claims(tokens.id_token())["sub"]);
        assert_eq!(by_get.header("content-type"), Some("application/json"));
        assert_eq!(by_get.header("cache-control"), Some("no-store"), "WEB-5");
    }
}

#[tokio::test]
async fn ui2_u2_the_scopes_decide_which_claims_there_are_and_none_is_empty() {
    let (_system, browser, client) = customer().await;
    for (scope, expected) in [("openid", &["sub"][..]), ("openid email", &["email", "email_verified", "sub"])]
    {
        let tokens = client.tokens(&browser, scope).await;
        let user = client.userinfo(tokens.access_token()).await.ok();
        let names: Vec<&String> = user.json.as_object().unwrap().keys().collect();
        assert_eq!(names, expected, "{scope}");
    }
    let tokens = client.tokens(&browser, "openid profile email address phone").await;
    let user = client.userinfo(tokens.access_token()).await.ok();
    assert_eq!(user.text("name"), "Demo Customer");
    let empty =
        user.json.as_object().unwrap().values().any(|value| value.is_null() || value == &Value::from(""));
    assert!(!empty, "{}", user.body);
}

#[tokio::test]
async fn ui2_disc3_somebody_who_has_every_claim_is_told_every_claim_that_discovery_promises() {
    let (_system, browser, client) = customer().await;
    let scopes = "openid profile email address phone groups roles";
    let tokens = client.tokens(&browser, scopes).await;
    let user = client.userinfo(tokens.access_token()).await.ok();
    for claim in client.metadata["claims_supported"].as_array().unwrap() {
        let claim = claim.as_str().unwrap();
        let of_the_token = ["iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "sid"];
        // customers are in no team
        let reported = user.json.get(claim).is_some();
        assert_eq!(reported, !of_the_token.contains(&claim) && claim != "team", "{claim}: {}", user.body);
    }
    assert_eq!(user.json["email_verified"], true);
    assert_eq!(user.json["preferred_username"], "demo");
    assert_eq!(user.json["address"]["country"], "UK");
    assert!(user.json["updated_at"].is_i64());
}

#[tokio::test]
async fn disc3_a_realm_promises_only_what_its_accounts_can_have() {
    let lean = System::start_with(&[
        ("customer", "claims.offered", "name,preferred_username"),
        ("customer", "clients.1.scopes", "openid,profile,email"),
        ("customer", "clients.2.scopes", "openid,profile,email,offline_access,orders"),
    ])
    .await;
    let (_system, browser, client) = customer_of(lean).await;
    let said = |name: &str, value: &str| {
        client.metadata[name].as_array().unwrap().iter().any(|found| found == value)
    };
    for (name, value, promised) in [
        ("scopes_supported", "profile", true),
        ("scopes_supported", "email", true),
        ("scopes_supported", "phone", false),
        ("scopes_supported", "address", false),
        ("claims_supported", "name", true),
        ("claims_supported", "updated_at", true),
        ("claims_supported", "birthdate", false),
        ("claims_supported", "phone_number", false),
    ] {
        assert_eq!(said(name, value), promised, "{name}: {value}");
    }
    let tokens = client.tokens(&browser, "openid profile phone").await;
    let user = client.userinfo(tokens.access_token()).await.ok();
    let mut names: Vec<&String> = user.json.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["name", "preferred_username", "sub", "updated_at"], "{}", user.body);
}

/// The claims of an ID token that say something about the person beyond the sign-in.
fn reported(id_token: &str) -> Vec<String> {
    let protocol = [
        "iss",
        "sub",
        "aud",
        "exp",
        "iat",
        "auth_time",
        "nonce",
        "acr",
        "amr",
        "azp",
        "at_hash",
        "sid",
        "jti",
    ];
    let claims = claims(id_token);
    let names = claims.as_object().unwrap().keys();
    names.filter(|name| !protocol.contains(&name.as_str())).cloned().collect()
}

#[tokio::test]
async fn id2_id3_the_id_token_has_the_claims_of_the_granted_scopes_at_refresh_too() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, "openid").await;
    assert_eq!(reported(tokens.id_token()), Vec::<String>::new(), "ID-2");
    let tokens = client.tokens(&browser, "openid email offline_access").await;
    assert_eq!(reported(tokens.id_token()), ["email", "email_verified"]);
    let fresh = client.refresh(tokens.refresh_token()).await.ok();
    assert_eq!(reported(fresh.id_token()), ["email", "email_verified"]);
    let narrow = client.refresh_for(fresh.refresh_token(), "openid offline_access").await.ok();
    assert_eq!(reported(narrow.id_token()), Vec::<String>::new());
    let tokens = client.tokens(&browser, "openid profile email").await;
    let user = client.userinfo(tokens.access_token()).await.ok();
    for name in reported(tokens.id_token()) {
        assert_eq!(claims(tokens.id_token())[&name], user.json[&name], "{name}");
    }
}

#[tokio::test]
async fn id3_a_client_that_is_registered_for_minimal_id_tokens_reads_the_claims_at_userinfo() {
    let minimal = System::start_with(&[("customer", "clients.2.id_token_claims", "minimal")]).await;
    let (_system, browser, client) = customer_of(minimal).await;
    let tokens = client.tokens(&browser, "openid profile email").await;
    assert_eq!(reported(tokens.id_token()), Vec::<String>::new());
    assert_eq!(client.userinfo(tokens.access_token()).await.ok().text("email"), "demo@example.com");
}

#[tokio::test]
async fn id3_roles_are_told_with_their_scopes_to_clients_that_are_registered_for_them() {
    let (system, browser, client) = customer().await;
    for (scope, names) in [("openid groups", &["groups"][..]), ("openid roles", &["roles"])] {
        let tokens = client.tokens(&browser, scope).await;
        assert_eq!(reported(tokens.id_token()), names);
        let user = client.userinfo(tokens.access_token()).await.ok();
        let roles = &user.json[names[0]];
        assert_eq!(roles, &serde_json::json!(["individual"]), "{}", user.body);
        assert_eq!(claims(tokens.id_token())[names[0]], *roles);
        assert!(
            claims(tokens.access_token()).get("roles").is_none(),
            "roles are for resources and these scopes"
        );
    }
    let app = RelyingParty::of(&system, "customer", "demo-app").await;
    let page = browser.visit(app.authorize(&[("scope", "openid roles")]).url.as_str()).await;
    assert_eq!(page.callback_param("error").as_deref(), Some("invalid_scope"));
}

#[tokio::test]
async fn u1_what_is_no_access_token_with_openid_gets_no_claims() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    for wrong in [tokens.id_token(), tokens.refresh_token(), "x", "a.b.c"] {
        let answer = client.userinfo(wrong).await;
        assert_eq!(answer.status, 401);
        assert!(answer.header("www-authenticate").unwrap().contains(r#"error="invalid_token""#));
        assert!(!answer.body.contains(wrong) || wrong == "x", "RS6");
    }
    let service = client.client_credentials("orders").await.ok();
    assert_eq!(client.userinfo(service.access_token()).await.status, 401, "no person stands behind it");
    let plain = client.tokens(&browser, "orders").await;
    let answer = client.userinfo(plain.access_token()).await;
    answer.refused(403, "insufficient_scope");
    let bare = read(http_client::client().get(client.endpoint("userinfo"))).await;
    assert_eq!((bare.status.as_u16(), bare.header("www-authenticate")), (401, Some("Bearer")));
}

#[tokio::test]
async fn u1_rs5_a_token_in_the_query_or_in_two_places_is_refused() {
    let (_system, browser, client) = customer().await;
    let tokens = client.tokens(&browser, FULL).await;
    let token = tokens.access_token();
    let url = format!("{}?access_token={token}", client.endpoint("userinfo"));
    assert_eq!(read(http_client::client().get(&url)).await.status, 401);
    let twice = post(client.endpoint("userinfo").as_str(), Some(token), &[("access_token", token)]).await;
    twice.refused(400, "invalid_request");
    let repeated = [("access_token", token), ("access_token", token)];
    assert_eq!(post(client.endpoint("userinfo").as_str(), None, &repeated).await.status, 400);
}
