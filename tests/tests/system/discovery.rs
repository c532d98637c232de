//! What a realm says about itself is complete and true (DISC-1 to DISC-6, WEB-1, WEB-3).

use end_to_end::{
    RelyingParty, System, http_client,
    relying_party::{claims, read},
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, RedirectUrl, RefreshToken, Scope, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims},
};
use serde_json::Value;

use crate::support::{customer, staff};

async fn clients(system: &System) -> [RelyingParty; 2] {
    [
        RelyingParty::of(system, "customer", "demo-web").await,
        RelyingParty::of(system, "admin", "demo-web").await,
    ]
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect()
}

#[tokio::test]
async fn disc1_web1_the_document_is_json_and_names_the_issuer_it_was_fetched_from() {
    let system = System::start().await;
    for realm in ["customer", "admin"] {
        let issuer = system.issuer(realm);
        let fetch = async |name: &str| {
            read(http_client::client().get(format!("{issuer}/.well-known/{name}"))).await.ok()
        };
        let (openid, oauth) =
            (fetch("openid-configuration").await, fetch("oauth-authorization-server").await);
        assert_eq!(openid.header("content-type"), Some("application/json"));
        assert_eq!(openid.text("issuer"), issuer);
        assert_eq!(oauth.text("issuer"), issuer);
        assert_eq!(openid.json, oauth.json);
    }
}

#[tokio::test]
async fn disc2_disc3_disc5_the_document_lists_what_works_and_nothing_else() {
    let system = System::start().await;
    for client in clients(&system).await {
        let said = &client.metadata;
        assert_eq!(strings(&said["response_types_supported"]), ["code"]);
        assert_eq!(strings(&said["code_challenge_methods_supported"]), ["S256"]);
        let grants = ["authorization_code", "refresh_token", "client_credentials"];
        assert!(grants.iter().all(|grant| strings(&said["grant_types_supported"]).contains(grant)));
        assert_eq!(strings(&said["grant_types_supported"]).len(), grants.len());
        let algorithms = strings(&said["id_token_signing_alg_values_supported"]);
        assert!(algorithms.contains(&"RS256") && algorithms.contains(&"ES256"), "{algorithms:?}");
        assert!(algorithms.iter().all(|name| *name != "none" && !name.starts_with("HS")));
        assert_eq!(said["request_uri_parameter_supported"], false);
        assert_eq!(said["request_parameter_supported"], false);
        assert_eq!(said["authorization_response_iss_parameter_supported"], true);
        assert!(strings(&said["scopes_supported"]).contains(&"openid"));
        assert!(strings(&said["claims_supported"]).contains(&"sub"));
        let empty =
            said.as_object().unwrap().iter().find(|(_, value)| value.as_array().is_some_and(Vec::is_empty));
        assert_eq!(empty, None);
    }
}

#[tokio::test]
async fn disc5_every_endpoint_that_is_listed_answers() {
    let system = System::start().await;
    for client in clients(&system).await {
        let urls = client.metadata.as_object().unwrap().iter();
        let urls = urls.filter(|(name, _)| name.ends_with("_endpoint") || name.ends_with("_uri"));
        for (name, url) in urls {
            let answer = read(http_client::client().get(url.as_str().unwrap())).await;
            assert!(answer.status != 404 && answer.status.as_u16() < 500, "{name}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn disc6_k12_the_keys_are_public_distinct_and_of_use() {
    let system = System::start().await;
    let mut kids = std::collections::BTreeSet::new();
    for client in clients(&system).await {
        let jwks = client.jwks().await;
        let keys = jwks["keys"].as_array().unwrap();
        assert!(keys.len() >= 2);
        for key in keys {
            assert!(
                kids.insert(key["kid"].as_str().unwrap().to_owned()),
                "kids are distinct across realms too"
            );
            assert_eq!(key["use"], "sig");
            assert!(["RS256", "ES256"].contains(&key["alg"].as_str().unwrap()));
            for private in ["d", "p", "q", "dp", "dq", "qi", "k", "oth"] {
                assert!(key.get(private).is_none(), "{private}");
            }
        }
    }
}

/// The transport of an off-the-shelf relying party.
async fn call(request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let request = reqwest::Request::try_from(request)?;
    let answer = http_client::client().execute(request).await?;
    let mut response = http::Response::builder().status(answer.status());
    response.headers_mut().unwrap().extend(answer.headers().clone());
    Ok(response.body(answer.bytes().await?.to_vec()).unwrap())
}

#[tokio::test]
async fn an_off_the_shelf_relying_party_works_by_discovery_alone_against_both_realms() {
    let (system, customer_browser, _) = customer().await;
    let (_, staff_browser, _) = staff(&system).await;
    for (realm, browser) in [("customer", &customer_browser), ("admin", &staff_browser)] {
        let issuer = IssuerUrl::new(system.issuer(realm).to_owned()).unwrap();
        let metadata = CoreProviderMetadata::discover_async(issuer, &call).await.unwrap();
        let secret = ClientSecret::new(system.client_secret(realm, "demo-web"));
        let redirect = RedirectUrl::new(end_to_end::relying_party::CALLBACK.to_owned()).unwrap();
        let client =
            CoreClient::from_provider_metadata(metadata, ClientId::new("demo-web".to_owned()), Some(secret))
                .set_redirect_uri(redirect);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(["profile", "email", "offline_access"].map(|name| Scope::new(name.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        let page = browser.visit(url.as_str()).await;
        let page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
        assert_eq!(page.callback_param("state").as_ref(), Some(state.secret()));
        let code = AuthorizationCode::new(page.code());
        let tokens = client
            .exchange_code(code)
            .unwrap()
            .set_pkce_verifier(verifier)
            .request_async(&call)
            .await
            .unwrap();
        let id_token = tokens.id_token().unwrap();
        let person = id_token.claims(&client.id_token_verifier(), &nonce).unwrap();
        let user: CoreUserInfoClaims = client
            .user_info(tokens.access_token().clone(), Some(person.subject().clone()))
            .unwrap()
            .request_async(&call)
            .await
            .unwrap();
        assert!(user.email().is_some());
        let old = RefreshToken::new(tokens.refresh_token().unwrap().secret().clone());
        let fresh = client.exchange_refresh_token(&old).unwrap().request_async(&call).await.unwrap();
        assert_eq!(claims(fresh.access_token().secret())["iss"], system.issuer(realm));
    }
}
