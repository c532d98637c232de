//! A client with a secret: how it authenticates, and the calls it makes.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::header::AUTHORIZATION;
use serde::Deserialize;
use serde_json::Value;
use url::{Url, form_urlencoded::byte_serialize};

use super::{Attempt, Metadata, Provider};
use crate::http::{Call, Connection, Failure};

/// How a client shows its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Method {
    /// `client_secret_basic`, the whole header.
    Basic(String),
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
            Method::Basic(basic(id, secret))
        } else if offered("client_secret_post") {
            Method::Post { secret: secret.to_owned() }
        } else {
            return Err(Failure::unexpected("neither client_secret_basic nor client_secret_post is offered"));
        };
        Ok(Self { id: id.to_owned(), method })
    }

    fn call(&self, endpoint: &Url, params: &[(&str, &str)]) -> Call {
        match &self.method {
            Method::Basic(header) => Call::form(endpoint, params.iter().copied()).with(AUTHORIZATION, header),
            Method::Post { secret } => {
                let own = [("client_id", self.id.as_str()), ("client_secret", secret)];
                Call::form(endpoint, params.iter().copied().chain(own))
            }
        }
    }
}

/// RFC 6749 2.3.1: both parts are form-encoded before they are joined.
fn basic(id: &str, secret: &str) -> String {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret))))
}

impl Provider {
    /// A token request.
    pub async fn token(&self, by: &mut Connection, params: &[(&str, &str)]) -> Result<Tokens, Failure> {
        by.send(self.client.call(&self.metadata.token_endpoint, params)).await?.ok()?.json()
    }

    /// Tokens for the code that a browser came back with.
    pub async fn redeem(
        &self,
        by: &mut Connection,
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
    pub async fn refresh(&self, by: &mut Connection, token: &str) -> Result<Tokens, Failure> {
        self.token(by, &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    /// A token for the client itself.
    pub async fn client_credentials(&self, by: &mut Connection) -> Result<Tokens, Failure> {
        self.token(by, &[("grant_type", "client_credentials")]).await
    }

    /// Whether a token works; one that doesn't is a failure here.
    pub async fn introspect(&self, by: &mut Connection, at: &Url, token: &str) -> Result<(), Failure> {
        let answer: Value = by.send(self.client.call(at, &[("token", token)])).await?.ok()?.json()?;
        match answer.get("active").and_then(Value::as_bool) {
            Some(true) => Ok(()),
            _ => Err(Failure::unexpected("an inactive token")),
        }
    }
}

/// Fetches a document.
pub async fn fetch(by: &mut Connection, url: &Url) -> Result<(), Failure> {
    by.send(Call::get(url)).await?.ok().map(drop)
}

/// Asks who the person is.
pub async fn userinfo(by: &mut Connection, at: &Url, token: &str) -> Result<(), Failure> {
    let answer: Value =
        by.send(Call::get(at).with(AUTHORIZATION, &format!("Bearer {token}"))).await?.ok()?.json()?;
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
        let basic = Method::Basic("Basic YStiOmMlM0Fk".into());
        assert_eq!(client(None).unwrap().method, basic);
        assert_eq!(client(Some(&["client_secret_post", "client_secret_basic"])).unwrap().method, basic);
        let post = client(Some(&["private_key_jwt", "client_secret_post"])).unwrap().method;
        assert_eq!(post, Method::Post { secret: "c:d".into() });
        assert!(client(Some(&["private_key_jwt"])).is_err());
    }
}
