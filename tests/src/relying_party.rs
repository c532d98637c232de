//! A client of a realm. It knows the issuer and its own registration, and reads everything else from discovery.

use axum::body::Bytes;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::random::{OsRandom, token};
use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use reqwest::{
    Method, StatusCode,
    header::{AUTHORIZATION, HeaderMap},
};
use serde_json::Value;
use url::Url;

use crate::{Browser, System, http_client};

/// The redirect URI of both example clients with a secret. No server listens there: browsers of the tests stop before
/// this redirect.
pub const CALLBACK: &str = "http://localhost:8080/callback";

/// How a client authenticates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAuth {
    /// `client_secret_basic`
    Basic,
    /// `client_secret_post`
    Post,
    /// `none`
    Public,
}

/// A client.
#[derive(Debug, Clone)]
pub struct RelyingParty {
    /// The realm's metadata.
    pub metadata: Value,
    /// The client's id.
    pub client_id: String,
    /// The client's secret; empty for a public client.
    pub secret: String,
    /// How it authenticates.
    pub method: ClientAuth,
    /// Its redirect URI.
    pub redirect_uri: String,
    /// Its HTTP client.
    pub http: reqwest::Client,
}

/// An authorization request, and the values that the client keeps for the answer.
#[derive(Debug)]
pub struct Attempt {
    /// The URL for the browser.
    pub url: Url,
    /// The PKCE verifier, only sent when the code is redeemed.
    pub verifier: String,
    /// The `state` that the answer must return.
    pub state: String,
    /// The `nonce` that the ID token must contain.
    pub nonce: String,
}

/// A JSON answer.
#[derive(Debug, Clone)]
pub struct JsonAnswer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; null when it is not JSON.
    pub json: Value,
    /// The body as text.
    pub body: String,
}

impl JsonAnswer {
    fn new(status: StatusCode, headers: HeaderMap, body: String) -> Self {
        Self { status, headers, json: serde_json::from_str(&body).unwrap_or(Value::Null), body }
    }

    /// A member of the body as text; empty when it is missing.
    pub fn text(&self, name: &str) -> &str {
        self.json.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The same answer; fails the test if its status isn't a success.
    #[expect(clippy::return_self_not_must_use, reason = "most callers only insist on the success")]
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self
    }

    /// Fails the test unless the answer has this status and this `error`.
    pub fn refused(&self, status: u16, error: &str) {
        assert_eq!((self.status.as_u16(), self.text("error")), (status, error), "{}", self.body);
    }

    /// The access token.
    pub fn access_token(&self) -> &str {
        self.text("access_token")
    }

    /// The refresh token.
    pub fn refresh_token(&self) -> &str {
        self.text("refresh_token")
    }

    /// The ID token.
    pub fn id_token(&self) -> &str {
        self.text("id_token")
    }
}

impl RelyingParty {
    /// A client of this realm with its registration in the shipped realm files.
    pub async fn of(system: &System, realm: &str, client_id: &str) -> Self {
        let public = client_id == "demo-app";
        let secret = if public { String::new() } else { system.client_secret(realm, client_id) };
        Self::discover(system.issuer(realm), client_id, &secret).await
    }

    /// A client with this registration; public if `secret` is empty.
    pub async fn discover(issuer: &str, client_id: &str, secret: &str) -> Self {
        Self::discover_with(http_client::client(), issuer, client_id, secret).await
    }

    /// As [`RelyingParty::discover`], with another HTTP client.
    pub async fn discover_with(http: reqwest::Client, issuer: &str, client_id: &str, secret: &str) -> Self {
        let url = format!("{issuer}/.well-known/openid-configuration");
        let answer = read(http.get(url)).await.ok();
        assert_eq!(answer.text("issuer"), issuer, "DISC-1");
        Self {
            metadata: answer.json,
            client_id: client_id.to_owned(),
            secret: secret.to_owned(),
            method: if secret.is_empty() { ClientAuth::Public } else { ClientAuth::Basic },
            redirect_uri: CALLBACK.to_owned(),
            http,
        }
    }

    /// The issuer.
    pub fn issuer(&self) -> &str {
        self.metadata.get("issuer").and_then(Value::as_str).expect("an issuer")
    }

    /// An endpoint by its name in the metadata, without `_endpoint`.
    pub fn endpoint(&self, name: &str) -> Url {
        let name = if name == "jwks" { "jwks_uri".to_owned() } else { format!("{name}_endpoint") };
        let url = self.metadata.get(&name).and_then(Value::as_str);
        url.and_then(|url| Url::parse(url).ok()).unwrap_or_else(|| panic!("no {name} in the metadata"))
    }

    /// An authorization request. `changes` replace parameters; an empty value removes one.
    pub fn authorize(&self, changes: &[(&str, &str)]) -> Attempt {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (state, nonce) = (token(&OsRandom), token(&OsRandom));
        let mut params = vec![
            ("response_type", "code"),
            ("client_id", &self.client_id),
            ("redirect_uri", &self.redirect_uri),
            ("scope", "openid"),
            ("state", &state),
            ("nonce", &nonce),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in changes {
            params.retain(|(key, _)| key != name);
            params.push((name, value));
        }
        params.retain(|(_, value)| !value.is_empty());
        let mut url = self.endpoint("authorization");
        url.query_pairs_mut().extend_pairs(&params);
        Attempt { url, verifier: verifier.secret().clone(), state, nonce }
    }

    /// Sends a token request with these parameters, authenticated with the client's method.
    pub async fn token(&self, params: &[(&str, &str)]) -> JsonAnswer {
        self.call("token", params).await
    }

    /// Redeems a code.
    pub async fn redeem(&self, attempt: &Attempt, code: &str) -> JsonAnswer {
        self.redeem_with(code, &attempt.verifier).await
    }

    /// Redeems a code with another verifier.
    pub async fn redeem_with(&self, code: &str, verifier: &str) -> JsonAnswer {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.redirect_uri),
            ("code_verifier", verifier),
        ])
        .await
    }

    /// Redeems a refresh token.
    pub async fn refresh(&self, refresh_token: &str) -> JsonAnswer {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh_token)]).await
    }

    /// Redeems a refresh token for a smaller scope.
    pub async fn refresh_for(&self, refresh_token: &str, scope: &str) -> JsonAnswer {
        let params = [("grant_type", "refresh_token"), ("refresh_token", refresh_token), ("scope", scope)];
        self.token(&params).await
    }

    /// Requests a token by the client credentials grant.
    pub async fn client_credentials(&self, scope: &str) -> JsonAnswer {
        self.token(&[("grant_type", "client_credentials"), ("scope", scope)]).await
    }

    /// Introspects a token.
    pub async fn introspect(&self, token: &str) -> JsonAnswer {
        self.call("introspection", &[("token", token)]).await
    }

    /// Revokes a token.
    pub async fn revoke(&self, token: &str) -> JsonAnswer {
        self.call("revocation", &[("token", token)]).await
    }

    /// Requests the claims of the person from userinfo.
    pub async fn userinfo(&self, access_token: &str) -> JsonAnswer {
        read(self.http.get(self.endpoint("userinfo")).bearer_auth(access_token)).await
    }

    /// Fetches the published keys.
    pub async fn jwks(&self) -> Value {
        read(self.http.get(self.endpoint("jwks"))).await.ok().json
    }

    /// Sends a form to an endpoint, authenticated with the client's method.
    pub async fn call(&self, endpoint: &str, params: &[(&str, &str)]) -> JsonAnswer {
        let mut form = params.to_vec();
        let mut request = self.http.request(Method::POST, self.endpoint(endpoint));
        match self.method {
            ClientAuth::Basic => request = request.basic_auth(&self.client_id, Some(&self.secret)),
            ClientAuth::Post => {
                form.extend([("client_id", self.client_id.as_str()), ("client_secret", &self.secret)]);
            }
            ClientAuth::Public => form.push(("client_id", &self.client_id)),
        }
        read(request.form(&form)).await
    }

    /// Gets a code for the browser's session. The person consents if asked.
    pub async fn code(&self, browser: &Browser, changes: &[(&str, &str)]) -> (Attempt, String) {
        let attempt = self.authorize(changes);
        let mut page = browser.visit(attempt.url.as_str()).await;
        if page.has("consent-allow") {
            page = browser.submit(&page.form("consent-allow").press("consent-allow")).await;
        }
        let code = page.code();
        (attempt, code)
    }

    /// Gets tokens for the browser's session and this scope.
    pub async fn tokens(&self, browser: &Browser, scope: &str) -> JsonAnswer {
        let (attempt, code) = self.code(browser, &[("scope", scope)]).await;
        self.redeem(&attempt, &code).await.ok()
    }
}

/// Calls a resource with a bearer token.
pub async fn bearer(url: &str, access_token: &str) -> JsonAnswer {
    read(http_client::client().get(url).header(AUTHORIZATION, format!("Bearer {access_token}"))).await
}

/// Sends a request and reads its answer.
pub async fn read(request: reqwest::RequestBuilder) -> JsonAnswer {
    try_read(request).await.unwrap_or_else(|error| panic!("no answer: {error:?}"))
}

/// As [`read`], for servers that may not answer.
pub async fn try_read(request: reqwest::RequestBuilder) -> reqwest::Result<JsonAnswer> {
    let answer = request.send().await?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    Ok(JsonAnswer::new(status, headers, answer.text().await?))
}

/// An answer that came over a socket.
impl From<http::Response<Bytes>> for JsonAnswer {
    fn from(answer: http::Response<Bytes>) -> Self {
        let (head, body) = answer.into_parts();
        Self::new(head.status, head.headers, String::from_utf8_lossy(&body).into_owned())
    }
}

/// The claims of a token, unverified.
pub fn claims(token: &str) -> Value {
    part(token, 1)
}

/// The header of a token, unverified.
pub fn header(token: &str) -> Value {
    part(token, 0)
}

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap_or_else(|| panic!("not a token: {token}"));
    let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64url");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// A new PKCE challenge and its verifier.
pub fn pkce() -> (String, String) {
    let (challenge, verifier): (PkceCodeChallenge, PkceCodeVerifier) = PkceCodeChallenge::new_random_sha256();
    (challenge.as_str().to_owned(), verifier.secret().clone())
}
