//! A client with a secret: how it authenticates, and the calls it makes.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderValue, Request, header::AUTHORIZATION};
use serde::Deserialize;
use serde_json::Value;
use url::{Url, form_urlencoded::byte_serialize};

use super::{Attempt, Metadata, Provider};
use crate::http::{Failure, client};

/// How a client shows its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Method {
    /// `client_secret_basic`, the whole header.
    Basic(HeaderValue),
    /// `client_secret_post`
    Post { secret: String },
}

/// A client with a secret.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its id.
    pub id: String,
    method: Method,
}

/// What the token endpoint answers.
#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names of the answer's members")]
pub struct Tokens {
    /// Always there.
    pub access_token: String,
    /// With the `openid` scope.
    pub id_token: Option<String>,
    /// With the right scope.
    pub refresh_token: Option<String>,
}

impl Client {
    /// Authenticates as the provider advertises: basic when it does or says nothing, else post.
    pub fn new(id: &str, secret: &str, metadata: &Metadata) -> Result<Self, Failure> {
        let methods = metadata.token_endpoint_auth_methods_supported.as_deref();
        let offered = |name: &str| methods.is_some_and(|methods| methods.iter().any(|method| method == name));
        let method = if methods.is_none() || offered("client_secret_basic") {
            Method::Basic(HeaderValue::try_from(basic(id, secret))?)
        } else if offered("client_secret_post") {
            Method::Post { secret: secret.to_owned() }
        } else {
            return Err(Failure::unexpected("neither client_secret_basic nor client_secret_post is offered"));
        };
        Ok(Self { id: id.to_owned(), method })
    }

    fn request(&self, endpoint: &Url, params: &[(&str, &str)]) -> Result<Request<Bytes>, Failure> {
        match &self.method {
            Method::Basic(header) => {
                let mut request = client::form(endpoint, params)?;
                request.headers_mut().insert(AUTHORIZATION, header.clone());
                Ok(request)
            }
            Method::Post { secret } => {
                let own = [("client_id", self.id.as_str()), ("client_secret", secret)];
                client::form(endpoint, &[params, &own].concat())
            }
        }
    }
}

/// RFC 6749 section 2.3.1: both parts are form-encoded before they are joined.
fn basic(id: &str, secret: &str) -> String {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret))))
}

impl Provider {
    /// A token request.
    pub async fn token(&self, by: &client::Client, params: &[(&str, &str)]) -> Result<Tokens, Failure> {
        by.json(self.client.request(&self.metadata.token_endpoint, params)?).await
    }

    /// Tokens for the code that a browser came back with.
    pub async fn redeem(
        &self,
        by: &client::Client,
        attempt: &Attempt,
        back: &Url,
    ) -> Result<Tokens, Failure> {
        let code = attempt.code(back)?;
        let params = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", &attempt.verifier),
        ];
        self.token(by, &params).await
    }

    /// Tokens for a refresh token.
    pub async fn refresh(&self, by: &client::Client, token: &str) -> Result<Tokens, Failure> {
        self.token(by, &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    /// A token for the client itself.
    pub async fn client_credentials(&self, by: &client::Client) -> Result<Tokens, Failure> {
        self.token(by, &[("grant_type", "client_credentials")]).await
    }

    /// Whether a token works; one that doesn't is a failure here.
    pub async fn introspect(&self, by: &client::Client, at: &Url, token: &str) -> Result<(), Failure> {
        let answer: Value = by.json(self.client.request(at, &[("token", token)])?).await?;
        match answer.get("active").and_then(Value::as_bool) {
            Some(true) => Ok(()),
            _ => Err(Failure::unexpected("an inactive token")),
        }
    }
}

/// Fetches a document.
pub async fn fetch(by: &client::Client, url: &Url) -> Result<(), Failure> {
    by.body(client::get(url)?).await.map(drop)
}

/// Asks who the person is.
pub async fn userinfo(by: &client::Client, at: &Url, token: &str) -> Result<(), Failure> {
    let mut request = client::get(at)?;
    request.headers_mut().insert(AUTHORIZATION, HeaderValue::try_from(format!("Bearer {token}"))?);
    let answer: Value = by.json(request).await?;
    answer.get("sub").map(drop).ok_or_else(|| Failure::unexpected("userinfo without a sub"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(methods: Option<&[&str]>) -> Result<Client, Failure> {
        let urls = r#""authorization_endpoint":"http://[::1]/a","token_endpoint":"http://[::1]/t""#;
        let json = format!(r#"{{"issuer":"i",{urls},"jwks_uri":"http://[::1]/j"}}"#);
        let mut metadata: Metadata = serde_json::from_str(&json).unwrap();
        metadata.token_endpoint_auth_methods_supported =
            methods.map(|methods| methods.iter().map(ToString::to_string).collect());
        Client::new("a b", "c:d", &metadata)
    }

    #[test]
    fn basic_is_preferred_and_post_is_used_where_it_alone_is_offered() {
        let basic = Method::Basic(HeaderValue::from_static("Basic YStiOmMlM0Fk"));
        assert_eq!(client(None).unwrap().method, basic);
        assert_eq!(client(Some(&["client_secret_post", "client_secret_basic"])).unwrap().method, basic);
        let post = client(Some(&["private_key_jwt", "client_secret_post"])).unwrap().method;
        assert_eq!(post, Method::Post { secret: "c:d".into() });
        assert!(client(Some(&["private_key_jwt"])).is_err());
    }
}
