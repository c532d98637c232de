//! Registered clients.

use serde::{Deserialize, Serialize};

use crate::{jose::Algorithm, scope::Scope};

/// How a request authenticates its client. On the wire it has the registered name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AuthMethod {
    /// None: a public client, which uses PKCE instead of a secret.
    #[serde(rename = "none")]
    None,
    /// A secret in the Authorization header.
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

    /// The method with exactly this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == name)
    }
}

/// How a registered client has to authenticate (TOK-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Authentication {
    /// A public client: it has no secret.
    #[serde(rename = "none")]
    None,
    /// A secret, in the header or in the form, as the client's library prefers.
    #[serde(rename = "client_secret")]
    Secret,
    /// A secret, in the Authorization header only.
    #[serde(rename = "client_secret_basic")]
    SecretBasic,
    /// A secret, in the form only.
    #[serde(rename = "client_secret_post")]
    SecretPost,
}

impl Authentication {
    /// Every value.
    pub const ALL: [Self; 4] = [Self::Secret, Self::SecretBasic, Self::SecretPost, Self::None];

    /// The word in a registration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Secret => "client_secret",
            Self::SecretBasic => "client_secret_basic",
            Self::SecretPost => "client_secret_post",
        }
    }

    /// The value with exactly this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == word)
    }

    /// Whether a client that is registered this way may authenticate by this method.
    pub fn accepts(self, method: AuthMethod) -> bool {
        match self {
            Self::None => method == AuthMethod::None,
            Self::Secret => method != AuthMethod::None,
            Self::SecretBasic => method == AuthMethod::SecretBasic,
            Self::SecretPost => method == AuthMethod::SecretPost,
        }
    }
}

/// What binds a client's authorization request to its code (TOK-8, RFC 9700 section 2.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pkce {
    /// Every request has a code challenge.
    Required,
    /// A request has a code challenge or, with the scope `openid`, a nonce.
    OrNonce,
    /// A request may have neither. Then an attacker who steals a code can inject it into the client.
    Optional,
}

impl Pkce {
    /// Every rule.
    pub const ALL: [Self; 3] = [Self::Required, Self::OrNonce, Self::Optional];

    /// The word in a registration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::OrNonce => "or_nonce",
            Self::Optional => "optional",
        }
    }

    /// The rule with exactly this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == word)
    }
}

/// Which claims about the user a client's ID tokens have (ID-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdTokenClaims {
    /// The claims of the granted scopes, as most libraries expect, and those that were requested individually.
    Scopes,
    /// Only the claims that were requested individually. The others are at userinfo (OpenID Connect Core section 5.4).
    Minimal,
}

impl IdTokenClaims {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::Scopes, Self::Minimal];

    /// The word in a registration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scopes => "scopes",
            Self::Minimal => "minimal",
        }
    }

    /// The choice with exactly this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == word)
    }
}

/// A grant type. On the wire it has the registered name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

    /// The grant type with exactly this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grant_type| grant_type.as_str() == name)
    }
}

/// A registered client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// `client_id`.
    pub id: String,
    /// The name that people see.
    pub name: String,
    /// How it authenticates.
    pub authentication: Authentication,
    /// [`crate::secret::hash`] of each active secret. There are two while one is being replaced.
    pub secret_hashes: Vec<String>,
    /// Exactly as registered.
    pub redirect_uris: Vec<String>,
    /// Exactly as registered.
    pub post_logout_redirect_uris: Vec<String>,
    /// The grant types that it may use at the token endpoint.
    pub grant_types: Vec<GrantType>,
    /// The scopes that it may request.
    pub scope: Scope,
    /// Whether the operator runs it: no consent page.
    pub first_party: bool,
    /// What the requests of a confidential client need. Those of a public client always need PKCE, see
    /// [`Client::pkce`].
    pub pkce: Pkce,
    /// Whether the refresh tokens of a confidential client rotate. Those of a public client always do.
    pub rotate_refresh_tokens: bool,
    /// Algorithm of its ID tokens.
    pub id_token_alg: Algorithm,
    /// Which claims about the user its ID tokens contain.
    pub id_token_claims: IdTokenClaims,
    /// Where logout tokens are sent.
    pub backchannel_logout_uri: Option<String>,
    /// Home page.
    pub client_uri: Option<String>,
    /// Terms of service.
    pub tos_uri: Option<String>,
    /// Privacy policy.
    pub policy_uri: Option<String>,
    /// Origins from which a browser app may call the CORS endpoints.
    pub allowed_origins: Vec<String>,
}

impl Client {
    /// Whether it can keep a secret.
    pub fn is_confidential(&self) -> bool {
        self.authentication != Authentication::None
    }

    /// Whether it is registered for this grant type.
    pub fn allows(&self, grant_type: GrantType) -> bool {
        self.grant_types.contains(&grant_type)
    }

    /// What its authorization requests need (TOK-8).
    pub fn pkce(&self) -> Pkce {
        if self.is_confidential() { self.pkce } else { Pkce::Required }
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
            authentication: Authentication::Secret,
            secret_hashes: vec![crate::secret::hash("s3cret")],
            redirect_uris: vec!["https://app.example/cb".into(), "https://app.example/cb?kept=1".into()],
            post_logout_redirect_uris: vec!["https://app.example/bye".into()],
            grant_types: GrantType::ALL.to_vec(),
            scope: Scope::parse("openid profile email offline_access orders").unwrap(),
            first_party: false,
            pkce: Pkce::Required,
            rotate_refresh_tokens: false,
            id_token_alg: Algorithm::RS256,
            id_token_claims: IdTokenClaims::Scopes,
            backchannel_logout_uri: None,
            client_uri: None,
            tos_uri: None,
            policy_uri: None,
            allowed_origins: Vec::new(),
        }
    }

    /// A public client.
    pub(crate) fn public() -> Client {
        Client {
            id: "native".into(),
            authentication: Authentication::None,
            secret_hashes: Vec::new(),
            ..client()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t11_tok8_a_public_client_always_rotates_and_needs_pkce() {
        let lax = |client: Client| Client { pkce: Pkce::Optional, rotate_refresh_tokens: false, ..client };
        assert!(lax(testing::public()).rotates() && lax(testing::public()).pkce() == Pkce::Required);
        assert!(!lax(testing::client()).rotates() && lax(testing::client()).pkce() == Pkce::Optional);
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
        for way in Authentication::ALL {
            assert_eq!(serde_json::to_value(way).unwrap(), way.as_str());
            assert_eq!(Authentication::parse(way.as_str()), Some(way));
        }
        for rule in Pkce::ALL {
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.as_str());
            assert_eq!(Pkce::parse(rule.as_str()), Some(rule));
        }
        for choice in IdTokenClaims::ALL {
            assert_eq!(serde_json::to_value(choice).unwrap(), choice.as_str());
            assert_eq!(IdTokenClaims::parse(choice.as_str()), Some(choice));
        }
        assert_eq!(GrantType::parse("password"), None);
        assert_eq!(AuthMethod::parse("client_secret"), None);
        assert_eq!(Authentication::parse("client_secret_jwt"), None);
        assert_eq!(Pkce::parse("never"), None);
    }

    #[test]
    fn tok7_a_registration_that_pins_no_method_accepts_both_and_never_no_secret() {
        let accepted = |way: Authentication| AuthMethod::ALL.map(|method| way.accepts(method));
        // in the order of AuthMethod::ALL: basic, post, none
        assert_eq!(accepted(Authentication::Secret), [true, true, false]);
        assert_eq!(accepted(Authentication::SecretBasic), [true, false, false]);
        assert_eq!(accepted(Authentication::SecretPost), [false, true, false]);
        assert_eq!(accepted(Authentication::None), [false, false, true]);
    }
}
