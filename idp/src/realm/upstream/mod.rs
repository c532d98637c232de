//! Upstream providers: other OpenID providers at which people may sign in.
//!
//! Which ones there are comes from the realm file only; nothing in a browser's request can name another (RP8).
//!
//! * `request`: what the person is sent there with
//! * `answer`: what came back, verified
//! * `claims`: what of that is for a new account

mod answer;
mod claims;
mod request;

use std::{future::Future, sync::Arc, time::Duration};

use openid_client::{
    Transport,
    openidconnect::{
        AdditionalProviderMetadata, AuthType, ClientId, ClientSecret, EndpointMaybeSet, EndpointNotSet,
        EndpointSet, IssuerUrl, ProviderMetadata, RedirectUrl, TokenUrl, UserInfoUrl,
        core::{
            CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod, CoreGrantType,
            CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
            CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
        },
    },
};
use outbound::{Outbound, OutboundPolicy, cached::Cached};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

pub use answer::Answer;
pub use claims::Assertion;
pub use request::Ask;

use crate::{
    paths,
    realm::{RealmConfig, UpstreamConfig},
};

/// How long a whole call may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Age in seconds from which a use fetches the metadata and the keys again, so that a withdrawn key is no longer accepted.
const REFRESH_AFTER: i64 = 300;
/// Age in seconds from which they may no longer be used.
const STALE_AFTER: i64 = 24 * 3600;
/// Seconds between two attempts to fetch them.
const COOLDOWN: i64 = 30;

/// What its discovery document says beside what the crate knows.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct More {
    /// RFC 9207 section 3.
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for More {}

/// Its discovery document with its keys.
type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// This realm as its client.
type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why an upstream led to no sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// It gave no usable answer.
    #[error("the upstream provider can't be reached")]
    Unreachable,
    /// It refused, or what it said breaks a rule.
    #[error("the upstream provider's answer is not accepted")]
    Refused,
    /// It did not confirm that the person has signed in as lately as was asked for.
    #[error("the upstream provider confirms no fresh sign-in")]
    NotFresh,
}

/// An upstream provider.
#[derive(Debug)]
pub struct Upstream {
    /// What the realm file says about it.
    pub config: UpstreamConfig,
    redirect_uri: RedirectUrl,
    http: Transport,
    metadata: Cached<Metadata>,
}

impl Upstream {
    /// The upstream of a realm. Nothing is fetched yet.
    ///
    /// # Errors
    /// When the additional certificate authority can't be used.
    pub fn new(config: &UpstreamConfig, realm: &RealmConfig) -> anyhow::Result<Self> {
        // the operator has named this host, wherever it is
        let host = host(&config.issuer);
        let outbound = Outbound::new(&OutboundPolicy {
            allowed_private_hosts: realm.private_hosts.iter().cloned().chain(host).collect(),
            extra_ca: realm.ca_file.clone(),
            timeout: TIMEOUT,
            ..OutboundPolicy::default()
        })?;
        let path = paths::upstream_callback(&config.id);
        Ok(Self {
            config: config.clone(),
            redirect_uri: RedirectUrl::new([realm.issuer.as_str(), &path].concat())?,
            http: Transport(Arc::new(outbound)),
            metadata: Cached::new(COOLDOWN, REFRESH_AFTER, STALE_AFTER),
        })
    }

    /// Its metadata and keys. `elapsed` is [`Realm::elapsed`](crate::realm::Realm::elapsed).
    async fn metadata(&self, elapsed: i64) -> Result<Arc<Metadata>, Failed> {
        self.metadata.get(elapsed, self.discover()).await.ok_or(Failed::Unreachable)
    }

    /// Newer metadata than `seen`, which lacks a key.
    async fn newer(&self, seen: &Arc<Metadata>, elapsed: i64) -> Option<Arc<Metadata>> {
        self.metadata.newer(seen, elapsed, self.discover()).await
    }

    fn discover(&self) -> impl Future<Output = Option<Metadata>> + Send + use<> {
        let (issuer, http) = (self.config.issuer.clone(), self.http.clone());
        async move {
            let url = IssuerUrl::new(issuer.clone()).ok()?;
            match Metadata::discover_async(url, &http).await {
                Ok(metadata) if is_as_safe_as(&issuer, &metadata) => Some(metadata),
                Ok(_) => {
                    tracing::warn!(%issuer, "an upstream provider names an endpoint without TLS");
                    None
                }
                Err(error) => {
                    tracing::warn!(%issuer, %error, "discovery of an upstream provider failed");
                    None
                }
            }
        }
    }

    fn client(&self, metadata: &Metadata) -> Client {
        let (id, secret) = (&self.config.client_id, self.config.client_secret.expose_secret());
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(id.clone()),
            Some(ClientSecret::new(secret.to_owned())),
        );
        client.set_redirect_uri(self.redirect_uri.clone()).set_auth_type(auth_type(metadata))
    }
}

/// How the client authenticates: in the header, unless the provider takes it in the body only. A provider that says
/// nothing takes it in the header (OpenID Connect Discovery section 3).
fn auth_type(metadata: &Metadata) -> AuthType {
    let methods = metadata.token_endpoint_auth_methods_supported();
    let takes = |method| methods.is_none_or(|methods| methods.contains(&method));
    if !takes(CoreClientAuthMethod::ClientSecretBasic) && takes(CoreClientAuthMethod::ClientSecretPost) {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}

/// Whether every endpoint has TLS, where the issuer has it.
fn is_as_safe_as(issuer: &str, metadata: &Metadata) -> bool {
    let endpoints = [
        Some(metadata.authorization_endpoint().url()),
        metadata.token_endpoint().map(TokenUrl::url),
        metadata.userinfo_endpoint().map(UserInfoUrl::url),
        Some(metadata.jwks_uri().url()),
    ];
    let has_tls = |url: &Url| url.scheme() == "https";
    !issuer.starts_with("https:") || endpoints.into_iter().flatten().all(has_tls)
}

/// The host of an issuer, as outbound calls name it.
fn host(issuer: &str) -> Option<String> {
    Some(match Url::parse(issuer).ok()?.host()? {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(issuer: &str, token: &str, methods: &str) -> Metadata {
        let document = format!(
            r#"{{"issuer":"{issuer}","authorization_endpoint":"{issuer}/a","token_endpoint":"{token}",
            "jwks_uri":"{issuer}/j","response_types_supported":["code"],"subject_types_supported":["public"],
            "id_token_signing_alg_values_supported":["RS256"]{methods}}}"#
        );
        serde_json::from_str(&document).unwrap()
    }

    #[test]
    fn up2_an_endpoint_without_tls_is_refused_where_the_issuer_has_it() {
        let there = "https://up.example";
        assert!(is_as_safe_as(there, &metadata(there, "https://up.example/t", "")));
        assert!(!is_as_safe_as(there, &metadata(there, "http://up.example/t", "")));
        let here = "http://127.0.0.1:1";
        assert!(is_as_safe_as(here, &metadata(here, "http://127.0.0.1:1/t", "")));
    }

    #[test]
    fn the_secret_goes_into_the_header_unless_the_provider_takes_it_in_the_body_only() {
        let of = |methods: &str| auth_type(&metadata("https://up.example", "https://up.example/t", methods));
        let method = |word: &str| format!(r#","token_endpoint_auth_methods_supported":[{word}]"#);
        assert!(matches!(of(""), AuthType::BasicAuth));
        assert!(matches!(of(&method(r#""client_secret_post""#)), AuthType::RequestBody));
        let both = method(r#""client_secret_post","client_secret_basic""#);
        assert!(matches!(of(&both), AuthType::BasicAuth));
    }

    #[test]
    fn a_host_is_named_without_brackets() {
        assert_eq!(host("http://[::1]:5000/x").as_deref(), Some("::1"));
        assert_eq!(host("https://Up.example/").as_deref(), Some("up.example"));
    }
}
