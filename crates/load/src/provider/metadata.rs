//! What a provider says about itself (OpenID Connect Discovery).

use protocol::discovery::path;
use serde::Deserialize;
use url::Url;

use crate::http::{Client, Failure, client, loopback};

/// The part of the discovery document that is used here.
#[derive(Debug, Clone, Deserialize)]
pub struct Metadata {
    /// The issuer.
    pub issuer: String,
    /// Where browsers are sent.
    pub authorization_endpoint: Url,
    /// Where tokens come from.
    pub token_endpoint: Url,
    /// The keys.
    pub jwks_uri: Url,
    /// Who the person is; not every provider tells.
    pub userinfo_endpoint: Option<Url>,
    /// Whether a token works; not every provider tells.
    pub introspection_endpoint: Option<Url>,
    /// Empty when it isn't said.
    #[serde(default)]
    pub scopes_supported: Vec<String>,
    /// The grants; what counts when it isn't said is decided by [`Metadata::has_grant`].
    pub grant_types_supported: Option<Vec<String>>,
    /// How clients authenticate; what counts when it isn't said is `client_secret_basic`.
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// The discovery document itself.
    #[serde(skip)]
    pub document: Option<Url>,
}

impl Metadata {
    /// Reads the document of an issuer. Every endpoint in it has to be on this machine.
    pub async fn discover(issuer: &Url) -> Result<Self, Failure> {
        let document = document_of(issuer)?;
        let mut metadata: Self = Client::default().json(client::get(&document)?).await?;
        let same = metadata.issuer.trim_end_matches('/') == issuer.as_str().trim_end_matches('/');
        if !same {
            return Err(Failure::unexpected(format!("{document} is the document of {}", metadata.issuer)));
        }
        for endpoint in metadata.endpoints() {
            loopback::is_here(endpoint)?;
        }
        metadata.document = Some(document);
        Ok(metadata)
    }

    fn endpoints(&self) -> impl Iterator<Item = &Url> {
        let always = [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri];
        always.into_iter().chain(&self.userinfo_endpoint).chain(&self.introspection_endpoint)
    }

    /// Whether the provider has a grant. One that says nothing has the code grant (Discovery 3); whether it has others
    /// is found out by asking.
    pub fn has_grant(&self, grant: &str) -> bool {
        self.grant_types_supported.as_ref().is_none_or(|grants| grants.iter().any(|known| known == grant))
    }
}

/// The well-known place, appended to the path of the issuer.
fn document_of(issuer: &Url) -> Result<Url, Failure> {
    let document = format!("{}{}", issuer.as_str().trim_end_matches('/'), path::CONFIGURATION);
    Url::parse(&document).map_err(|_| Failure::unexpected("an issuer without a discovery document"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_found_below_the_issuers_path() {
        for (issuer, document) in [
            ("http://localhost:1", "http://localhost:1/.well-known/openid-configuration"),
            ("http://localhost:1/realms/a/", "http://localhost:1/realms/a/.well-known/openid-configuration"),
        ] {
            assert_eq!(document_of(&Url::parse(issuer).unwrap()).unwrap().as_str(), document);
        }
    }

    #[test]
    fn a_provider_that_says_nothing_about_grants_is_asked() {
        let mut metadata: Metadata = serde_json::from_str(
            r#"{"issuer":"i","authorization_endpoint":"http://[::1]/a","token_endpoint":"http://[::1]/t",
                "jwks_uri":"http://[::1]/j"}"#,
        )
        .unwrap();
        assert!(metadata.has_grant("client_credentials"));
        metadata.grant_types_supported = Some(vec!["authorization_code".into()]);
        assert!(metadata.has_grant("authorization_code") && !metadata.has_grant("client_credentials"));
    }
}
