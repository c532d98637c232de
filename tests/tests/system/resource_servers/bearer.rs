//! Bearer tokens: where they may be, and what they allow.

use end_to_end::{
    forge, http_client,
    relying_party::{JsonAnswer, bearer, read},
};
use reqwest::Method;
use serde_json::json;

use super::signed_in::{SignedIn, both};

async fn get(side: &SignedIn, path: &str, headers: &[(&str, &str)]) -> JsonAnswer {
    let mut request = http_client::client().get(side.at(path));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    read(request).await
}

#[tokio::test]
async fn r1_no_credential_is_401_with_the_scheme_and_no_error() {
    let (_system, sides) = both().await;
    for side in &sides {
        let answer = get(side, "/api/me", &[]).await;
        assert_eq!(answer.status, 401);
        let challenge = answer.header("www-authenticate").unwrap();
        let metadata = side.at("/.well-known/oauth-protected-resource");
        assert_eq!(challenge, format!("Bearer resource_metadata=\"{metadata}\""));
        assert_eq!(answer.text("code"), "sign_in_required");
    }
}

#[tokio::test]
async fn rfc9728_the_metadata_names_the_resource_and_its_realm() {
    let (_system, sides) = both().await;
    for side in &sides {
        let answer = get(side, "/.well-known/oauth-protected-resource", &[]).await.ok();
        assert_eq!(answer.json["resource"], json!(side.url));
        assert_eq!(answer.json["authorization_servers"], json!([side.client.issuer()]));
    }
}

#[tokio::test]
async fn rs5_a_token_in_the_url_or_a_cookie_is_no_credential() {
    let (_system, sides) = both().await;
    for side in &sides {
        let in_url = get(side, &format!("/api/me?access_token={}", side.token), &[]).await;
        assert_eq!((in_url.status.as_u16(), in_url.text("code")), (401, "sign_in_required"));
        let cookie = format!("access_token={}", side.token);
        let in_cookie = get(side, "/api/me", &[("cookie", &cookie)]).await;
        assert_eq!((in_cookie.status.as_u16(), in_cookie.text("code")), (401, "sign_in_required"));
    }
}

#[tokio::test]
async fn rs5_two_credentials_are_400() {
    let (_system, sides) = both().await;
    for side in &sides {
        let value = format!("Bearer {}", side.token);
        let twice = get(side, "/api/me", &[("authorization", &value), ("authorization", &value)]).await;
        assert_eq!((twice.status.as_u16(), twice.text("code")), (400, "invalid_request"));
        let path = format!("/api/me?access_token={}", side.token);
        let both_places = get(side, &path, &[("authorization", &value)]).await;
        assert_eq!((both_places.status.as_u16(), both_places.text("code")), (400, "invalid_request"));
    }
}

#[tokio::test]
async fn fapi3_3_the_name_of_the_scheme_is_case_insensitive_and_others_are_refused() {
    let (_system, sides) = both().await;
    for side in &sides {
        for scheme in ["bearer", "BEARER", "BeArEr"] {
            let value = format!("{scheme} {}", side.token);
            assert_eq!(get(side, "/api/me", &[("authorization", &value)]).await.status, 200, "{scheme}");
        }
        for value in ["Bearer", "Bearer ", "Basic YTpi", "DPoP x", &side.token] {
            let answer = get(side, "/api/me", &[("authorization", value)]).await;
            assert_eq!(answer.status, 401, "{value}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn rp11_a_bad_bearer_token_never_falls_back_to_the_cookie() {
    let (_system, sides) = both().await;
    for side in &sides {
        let name = if side.realm == "admin" { "rk_console_session" } else { "rk_shop_session" };
        let cookie = format!("{name}={}", side.browser.cookie(&side.url, name).unwrap());
        assert_eq!(get(side, "/api/me", &[("cookie", &cookie)]).await.status, 200, "the cookie alone works");
        for bad in ["Bearer x", "Bearer ", "Basic YTpi"] {
            let answer = get(side, "/api/me", &[("cookie", &cookie), ("authorization", bad)]).await;
            assert_eq!(answer.status, 401, "{bad}");
        }
    }
}

#[tokio::test]
async fn rs2_a_token_without_the_scope_is_403_and_the_answer_names_it() {
    let (_system, sides) = both().await;
    for side in &sides {
        assert_eq!(bearer(&side.at("/api/orders"), &side.token).await.status, 200, "{}", side.realm);
        let lacking = if side.realm == "admin" { "/api/content" } else { "/api/cart" };
        let scope = if side.realm == "admin" { "content" } else { "checkout" };
        let answer = bearer(&side.at(lacking), &side.token).await;
        assert_eq!((answer.status.as_u16(), answer.text("code")), (403, "insufficient_scope"));
        let challenge = answer.header("www-authenticate").unwrap();
        assert!(challenge.contains(&format!("scope=\"{scope}\"")), "{challenge}");
    }
}

#[tokio::test]
async fn rs2_a_token_without_the_permission_is_403() {
    let (system, [_, staff]) = both().await;
    let claims = forge::with(&staff.claims(), "permissions", json!(["analytics_view"]));
    let token = forge::by_realm(&system, "admin", "at+jwt", &claims).await;
    let answer = bearer(&staff.at("/api/orders"), &token).await;
    assert_eq!((answer.status.as_u16(), answer.text("code")), (403, "insufficient_scope"));
}

#[tokio::test]
async fn rs4_the_staff_side_demands_the_second_factor_itself() {
    let (system, [_, staff]) = both().await;
    let mut claims = forge::with(&staff.claims(), "acr", json!("urn:realmkeep:acr:single-factor"));
    claims = forge::with(&claims, "amr", json!(["pwd"]));
    let weak = forge::by_realm(&system, "admin", "at+jwt", &claims).await;
    let lying = forge::with(&claims, "acr", json!("urn:realmkeep:acr:multi-factor"));
    let lying = forge::by_realm(&system, "admin", "at+jwt", &lying).await;
    let service = staff.client.client_credentials("orders").await.ok();
    for token in [weak.as_str(), &lying, service.access_token()] {
        for path in ["/api/me", "/api/orders"] {
            let answer = bearer(&staff.at(path), token).await;
            let got = (answer.status.as_u16(), answer.text("code"));
            assert_eq!(got, (401, "insufficient_user_authentication"), "{path}");
            let challenge = answer.header("www-authenticate").unwrap();
            assert!(challenge.contains(r#"acr_values="urn:realmkeep:acr:multi-factor""#), "{challenge}");
        }
    }
}

#[tokio::test]
async fn rp11_a_bearer_call_needs_no_csrf_token_and_a_cookie_call_does() {
    let (system, [customer, _]) = both().await;
    let products = read(http_client::client().get(customer.at("/api/products"))).await.ok();
    let id = products.json["items"][0]["id"].as_str().unwrap().to_owned();
    let url = customer.at(&format!("/api/cart/items/{id}"));
    let put = |name: &'static str, value: String| {
        let request = http_client::client().request(Method::PUT, &url).header(name, value);
        read(request.header("origin", system.urls.storefront.clone()).json(&json!({ "quantity": 1 })))
    };
    let claims = forge::with(&customer.claims(), "scope", json!("checkout"));
    let token = forge::by_realm(&system, "customer", "at+jwt", &claims).await;
    put("authorization", format!("Bearer {token}")).await.ok();
    let cookie = customer.browser.cookie(&customer.url, "rk_shop_session").unwrap();
    let answer = put("cookie", format!("rk_shop_session={cookie}")).await;
    assert_eq!((answer.status.as_u16(), answer.text("code")), (403, "csrf"), "{}", answer.body);
}
