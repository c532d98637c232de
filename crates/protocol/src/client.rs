//! Registered clients.

use serde::{Deserialize, Serialize};

use crate::jose::Algorithm;
use crate::scope::Scope;

/// How a client proves itself at the token endpoint; the wire word is the registered name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AuthMethod {
    /// A public client: PKCE instead of a secret.
    #[serde(rename = "none")]
    None,
    /// Secret in the Authorization header.
    #[serde(rename = "client_secret_basic")]
    SecretBasic,
    /// Secret in the form.
    #[serde(rename = "client_secret_post")]
    SecretPost,
}

impl AuthMethod {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::SecretBasic, Self::SecretPost, Self::None];

    /// The registered name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::SecretBasic => "client_secret_basic",
            Self::SecretPost => "client_secret_post",
        }
    }

    /// The method of this exact name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == name)
    }
}

/// A grant type; the wire word is the registered name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantType {
    /// RFC 6749 section 4.1.
    AuthorizationCode,
    /// RFC 6749 section 6.
    RefreshToken,
    /// RFC 6749 section 4.4.
    ClientCredentials,
}

impl GrantType {
    /// Every grant type.
    pub const ALL: [Self; 3] = [Self::AuthorizationCode, Self::RefreshToken, Self::ClientCredentials];

    /// The registered name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::RefreshToken => "refresh_token",
            Self::ClientCredentials => "client_credentials",
        }
    }

    /// The grant type of this exact name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grant_type| grant_type.as_str() == name)
    }
}

/// A registered client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// `client_id`.
    pub id: String,
    /// For people.
    pub name: String,
    /// The one way in which it authenticates.
    pub auth_method: AuthMethod,
    /// [`crate::secret::hash`] of each active secret; two while one is being replaced.
    pub secret_hashes: Vec<String>,
    /// Exactly as registered.
    pub redirect_uris: Vec<String>,
    /// Exactly as registered.
    pub post_logout_redirect_uris: Vec<String>,
    /// What it may ask at the token endpoint.
    pub grant_types: Vec<GrantType>,
    /// What it may ask for.
    pub scope: Scope,
    /// Ours: no consent page.
    pub first_party: bool,
    /// Whether a confidential client must use PKCE; public ones always must.
    pub require_pkce: bool,
    /// Whether a confidential client's refresh tokens rotate; those of public ones always do.
    pub rotate_refresh_tokens: bool,
    /// Algorithm of its ID tokens.
    pub id_token_alg: Algorithm,
    /// Where logout tokens go.
    pub backchannel_logout_uri: Option<String>,
    /// Home page.
    pub client_uri: Option<String>,
    /// Terms of service.
    pub tos_uri: Option<String>,
    /// Privacy policy.
    pub policy_uri: Option<String>,
    /// Origins of a browser application that may call the CORS endpoints.
    pub allowed_origins: Vec<String>,
}

impl Client {
    /// Whether it can keep a secret.
    pub fn is_confidential(&self) -> bool {
        self.auth_method != AuthMethod::None
    }

    /// Whether it is registered for this grant type.
    pub fn allows(&self, grant_type: GrantType) -> bool {
        self.grant_types.contains(&grant_type)
    }

    /// Whether its authorization requests need a code challenge (TOK-8).
    pub fn needs_pkce(&self) -> bool {
        self.require_pkce || !self.is_confidential()
    }

    /// Whether its refresh tokens rotate (T11).
    pub fn rotates(&self) -> bool {
        self.rotate_refresh_tokens || !self.is_confidential()
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// A confidential third-party client; its secret is `s3cret`.
    pub(crate) fn client() -> Client {
        Client {
            id: "app".into(),
            name: "App".into(),
            auth_method: AuthMethod::SecretBasic,
            secret_hashes: vec![crate::secret::hash("s3cret")],
            redirect_uris: vec!["https://app.example/cb".into(), "https://app.example/cb?kept=1".into()],
            post_logout_redirect_uris: vec!["https://app.example/bye".into()],
            grant_types: GrantType::ALL.to_vec(),
            scope: Scope::parse("openid profile email offline_access orders").unwrap(),
            first_party: false,
            require_pkce: true,
            rotate_refresh_tokens: false,
            id_token_alg: Algorithm::RS256,
            backchannel_logout_uri: None,
            client_uri: None,
            tos_uri: None,
            policy_uri: None,
            allowed_origins: Vec::new(),
        }
    }

    /// A public client.
    pub(crate) fn public() -> Client {
        Client { id: "native".into(), auth_method: AuthMethod::None, secret_hashes: Vec::new(), ..client() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t11_tok8_a_public_client_always_rotates_and_needs_pkce() {
        let lax = |client: Client| Client { require_pkce: false, rotate_refresh_tokens: false, ..client };
        assert!(lax(testing::public()).rotates() && lax(testing::public()).needs_pkce());
        assert!(!lax(testing::client()).rotates() && !lax(testing::client()).needs_pkce());
    }

    #[test]
    fn the_names_are_those_that_serde_writes_and_no_others_are_read() {
        for grant in GrantType::ALL {
            assert_eq!(serde_json::to_value(grant).unwrap(), grant.as_str());
            assert_eq!(GrantType::parse(grant.as_str()), Some(grant));
        }
        for method in AuthMethod::ALL {
            assert_eq!(serde_json::to_value(method).unwrap(), method.as_str());
            assert_eq!(AuthMethod::parse(method.as_str()), Some(method));
        }
        assert_eq!(GrantType::parse("password"), None);
        assert_eq!(AuthMethod::parse("client_secret_jwt"), None);
    }
}
