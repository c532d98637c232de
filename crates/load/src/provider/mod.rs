//! Any OpenID provider on this machine, as one of its clients knows it: by discovery and its own registration.
//!
//! * [`metadata`]: what the provider says about itself
//! * [`client`]: how the client authenticates, and the calls it makes

pub mod client;
pub mod metadata;

use clock::random::{OsRandom, token};
use protocol::secret;
use url::Url;

use crate::http::Failure;

pub use client::{Client, Tokens};
pub use metadata::Metadata;

/// What is asked for unless told otherwise, as far as the provider has it.
const SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// A provider and a client of it.
#[derive(Debug)]
pub struct Provider {
    /// What it says about itself.
    pub metadata: Metadata,
    /// The client.
    pub client: Client,
    /// Where the client wants its answers; nothing has to listen there.
    pub redirect_uri: Url,
    /// The scope of the code flow.
    pub scope: String,
}

/// An authorization request, and what the client remembers of it.
#[derive(Debug)]
pub struct Attempt {
    /// Where the browser is sent.
    pub url: Url,
    /// Never leaves the client before the code is redeemed.
    pub verifier: String,
    state: String,
}

impl Provider {
    /// A fresh authorization request.
    pub fn attempt(&self) -> Attempt {
        let (verifier, state, nonce) = (token(&OsRandom), token(&OsRandom), token(&OsRandom));
        let mut url = self.metadata.authorization_endpoint.clone();
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", &self.client.id),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("scope", &self.scope),
            ("state", &state),
            ("nonce", &nonce),
            // SHA-256 in base64url, which is what S256 is
            ("code_challenge", &secret::hash(&verifier)),
            ("code_challenge_method", "S256"),
        ]);
        Attempt { url, verifier, state }
    }
}

impl Attempt {
    /// The code in the answer to this very request.
    pub fn code(&self, back: &Url) -> Result<String, Failure> {
        let param = |name: &str| back.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value);
        if let Some(error) = param("error") {
            return Err(Failure::unexpected(format!("sent back with {error}")));
        }
        if param("state").as_deref() != Some(&self.state) {
            return Err(Failure::unexpected("sent back with another state"));
        }
        let code = param("code").ok_or_else(|| Failure::unexpected("sent back without a code"))?;
        Ok(code.into_owned())
    }
}

/// The scope of the code flow: what was asked for, or what is usual and advertised. A provider that advertises nothing
/// is asked for all of it.
pub fn scope(asked: Option<&str>, advertised: &[String]) -> String {
    let has = |scope: &&&str| advertised.is_empty() || advertised.iter().any(|known| known == **scope);
    match asked {
        Some(scope) => scope.to_owned(),
        None => SCOPES.iter().filter(has).copied().collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_scopes_are_asked_for_as_far_as_the_provider_has_them() {
        assert_eq!(scope(None, &[]), "openid profile email offline_access");
        assert_eq!(scope(None, &["email".into(), "openid".into(), "x".into()]), "openid email");
        assert_eq!(scope(Some("openid offline"), &["openid".into()]), "openid offline");
    }

    #[test]
    fn only_the_answer_to_the_request_has_its_code() {
        let url = |text: &str| Url::parse(text).unwrap();
        let attempt = Attempt { url: url("http://[::1]/"), verifier: String::new(), state: "s".into() };
        let code = |query: &str| attempt.code(&url(&format!("http://[::1]/callback?{query}")));
        assert_eq!(code("state=s&code=a%2Bb"), Ok("a+b".into()));
        for (query, reported) in [
            ("state=t&code=c", "another state"),
            ("code=c", "another state"),
            ("state=s", "without a code"),
            ("error=access_denied&state=s", "access_denied"),
        ] {
            assert!(code(query).unwrap_err().to_string().contains(reported), "{query}");
        }
    }
}
