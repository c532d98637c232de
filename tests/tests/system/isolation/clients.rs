//! What clients hold: codes, tokens, ids, secrets.

use end_to_end::RelyingParty;
use serde_json::json;

use super::party::{both, directions};
use crate::support::FULL;

#[tokio::test]
async fn i2_a_code_is_refused_by_the_other_realm_and_still_works_in_its_own() {
    let (_system, parties) = both().await;
    for (own, other) in directions(&parties) {
        let (attempt, code) = own.client.code(&own.browser, &[("scope", FULL)]).await;
        other.client.redeem(&attempt, &code).await.refused(400, "invalid_grant");
        let tokens = own.client.redeem(&attempt, &code).await.ok();
        own.client.userinfo(tokens.access_token()).await.ok();
    }
}

#[tokio::test]
async fn i2_a_refresh_token_is_refused_by_the_other_realm_and_still_works_in_its_own() {
    let (_system, parties) = both().await;
    for (own, other) in directions(&parties) {
        let tokens = own.client.tokens(&own.browser, FULL).await;
        let shown = tokens.refresh_token();
        other.client.refresh(shown).await.refused(400, "invalid_grant");
        assert_eq!(other.client.introspect(shown).await.ok().json, json!({ "active": false }));
        other.client.revoke(shown).await.ok();
        assert_eq!(own.client.introspect(shown).await.ok().json["active"], true);
        own.client.refresh(shown).await.ok();
    }
}

#[tokio::test]
async fn i2_an_access_token_is_refused_by_the_other_realm_and_still_works_in_its_own() {
    let (_system, parties) = both().await;
    for (own, other) in directions(&parties) {
        let tokens = own.client.tokens(&own.browser, FULL).await;
        let shown = tokens.access_token();
        assert_eq!(other.client.userinfo(shown).await.status, 401);
        assert_eq!(other.client.introspect(shown).await.ok().json, json!({ "active": false }));
        other.client.revoke(shown).await.ok();
        own.client.userinfo(shown).await.ok();
    }
}

#[tokio::test]
async fn i2_an_id_token_is_no_hint_at_the_other_realm() {
    let (_system, parties) = both().await;
    for party in &parties {
        party.client.tokens(&party.browser, FULL).await;
    }
    for (own, other) in directions(&parties) {
        let tokens = own.client.tokens(&own.browser, FULL).await;
        let hint = [("id_token_hint", tokens.id_token()), ("prompt", "none")];
        let page = other.browser.visit(other.client.authorize(&hint).url.as_str()).await;
        assert_eq!(page.callback_param("error").as_deref(), Some("invalid_request"), "{:?}", page.left_to);
        let mut url = other.client.endpoint("end_session");
        let back = "http://localhost:8080/signed-out";
        url.query_pairs_mut().extend_pairs([hint[0], ("post_logout_redirect_uri", back)]);
        let page = other.browser.visit(url).await;
        assert!(page.has("logout-confirm"), "a foreign hint proves nothing: {}", page.summary());
        let (_, code) = other.client.code(&other.browser, &[("prompt", "none")]).await;
        assert!(!code.is_empty(), "still signed in");
        let page = own.browser.visit(own.client.authorize(&hint).url.as_str()).await;
        assert!(!page.code().is_empty(), "a good hint at home");
    }
}

#[tokio::test]
async fn i3_a_client_of_one_realm_is_unknown_to_the_other() {
    let (system, parties) = both().await;
    for ((own, other), name) in directions(&parties).into_iter().zip(["storefront", "console"]) {
        let attempt = own.client.authorize(&[("client_id", name)]);
        let at_other = |id: &str| {
            let url = attempt.url.as_str().replace(own.client.issuer(), other.client.issuer());
            other.browser.get(url.replace(name, id))
        };
        let (foreign, unknown) = (at_other(name).await, at_other("no-such-client").await);
        assert_eq!((foreign.status.as_u16(), foreign.location()), (400, None));
        // the link to the choice of a language leads back, so it has the name that was asked for
        let without_id = |page: &end_to_end::Page| {
            let request = page.header("x-request-id");
            page.body.replace(request, "").replace(name, "").replace("no-such-client", "")
        };
        assert_eq!(without_id(&foreign), without_id(&unknown), "the same page, word for word");
        let secret = system.client_secret(own.realm, name);
        let foreign = RelyingParty { client_id: name.to_owned(), secret, ..other.client.clone() };
        let unknown = RelyingParty { client_id: "no-such-client".to_owned(), ..foreign.clone() };
        let (foreign, unknown) = (foreign.refresh("x").await, unknown.refresh("x").await);
        foreign.refused(401, "invalid_client");
        assert_eq!(foreign.body, unknown.body);
    }
}

#[tokio::test]
async fn i3_a_secret_of_one_realm_is_wrong_in_the_other() {
    let (_system, parties) = both().await;
    for (own, other) in directions(&parties) {
        let mixed = RelyingParty { secret: own.client.secret.clone(), ..other.client.clone() };
        mixed.client_credentials("orders").await.refused(401, "invalid_client");
        own.client.client_credentials("orders").await.ok();
    }
}

#[tokio::test]
async fn web2_other_spellings_of_a_path_never_reach_the_other_realm() {
    let (_system, parties) = both().await;
    for (own, other) in directions(&parties) {
        for path in [
            "/customer",
            "/admin",
            "//admin",
            "/../admin",
            "/%2e%2e/admin",
            "/authorize;x",
            "/Authorize",
            "/token/",
        ] {
            let page = own.browser.get(own.at(path)).await;
            assert_eq!(page.status, 404, "{path}");
            assert!(!page.body.contains(other.client.issuer()), "{path}");
        }
    }
}
