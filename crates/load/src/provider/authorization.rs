//! Authorization requests, with state and PKCE as every client should send them.

use clock::random::{OsRandom, token};
use protocol::secret;
use url::Url;

use super::Provider;
use crate::http::Failure;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_answer_to_the_request_has_its_code() {
        let url = |text: &str| Url::parse(text).unwrap();
        let attempt = Attempt { url: url("http://[::1]/"), verifier: String::new(), state: "s".into() };
        let code = |query: &str| attempt.code(&url(&format!("http://[::1]/callback?{query}")));
        assert_eq!(code("state=s&code=a%2Bb"), Ok("a+b".into()));
        for (query, told) in [
            ("state=t&code=c", "another state"),
            ("code=c", "another state"),
            ("state=s", "without a code"),
            ("error=access_denied&state=s", "access_denied"),
        ] {
            assert!(code(query).unwrap_err().to_string().contains(told), "{query}");
        }
    }
}
