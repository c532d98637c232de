//! Requests to the realm, through the `openidconnect` crate: discovery, keys and the token endpoint.
//!
//! The issuer comes from the configuration only: nothing in a browser's request can choose it (RP8).

mod tokens;

pub(crate) use tokens::{ExchangeError, RefreshError};

use std::{future::Future, pin::Pin, sync::Arc};

use clock::SharedClock;
use openid_client::Transport;
use openidconnect::{
    ClientId, ClientSecret, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl,
    ProviderMetadataWithLogout, RedirectUrl,
    core::{CoreClient, CoreJsonWebKeySet},
};
use outbound::Outbound;
use resource_server::{KeySource, Unreachable, cached::Cached};
use secrecy::{ExposeSecret, SecretString};

use crate::config::Config;

/// Age in seconds from which a use fetches the metadata again.
const REFRESH_AFTER: i64 = 3600;
/// Age in seconds up to which the metadata may be used: without limit. It holds endpoints, not keys, so the last known
/// one serves during an outage.
const STALE_AFTER: i64 = i64::MAX;
/// Seconds between two attempts to fetch the metadata.
const COOLDOWN: i64 = 30;

/// A client with the endpoints that discovery named.
pub(crate) type OidcClient = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The realm of one relying party.
#[derive(Debug)]
pub(crate) struct Provider {
    issuer: String,
    client_id: String,
    client_secret: SecretString,
    redirect_uri: String,
    http: Transport,
    clock: SharedClock,
    metadata: Cached<ProviderMetadataWithLogout>,
}

impl Provider {
    pub fn new(config: &Config, outbound: Arc<Outbound>, clock: SharedClock) -> Self {
        Self {
            issuer: config.issuer.clone(),
            client_id: config.client_id.clone(),
            client_secret: config.client_secret.clone(),
            redirect_uri: config.url(&config.redirect_path),
            http: Transport(outbound),
            clock,
            metadata: Cached::new(COOLDOWN, REFRESH_AFTER, STALE_AFTER),
        }
    }

    /// The realm's metadata; its issuer equals the configured one.
    pub async fn metadata(&self) -> Result<Arc<ProviderMetadataWithLogout>, Unreachable> {
        let found = self.metadata.get(self.clock.elapsed(), self.discover()).await;
        found.ok_or_else(|| Unreachable("no metadata".to_owned()))
    }

    /// A client that verifies ID tokens with these keys.
    pub async fn client(&self, keys: CoreJsonWebKeySet) -> Result<OidcClient, Unreachable> {
        let metadata = self.metadata().await?.as_ref().clone().set_jwks(keys);
        let secret = ClientSecret::new(self.client_secret.expose_secret().to_owned());
        let redirect = RedirectUrl::new(self.redirect_uri.clone());
        let redirect = redirect.map_err(|_| Unreachable("the redirect URI isn't a URL".to_owned()))?;
        let client =
            CoreClient::from_provider_metadata(metadata, ClientId::new(self.client_id.clone()), Some(secret));
        Ok(client.set_redirect_uri(redirect))
    }

    fn discover(&self) -> impl Future<Output = Option<ProviderMetadataWithLogout>> + Send + use<> {
        let (issuer, http) = (self.issuer.clone(), self.http.clone());
        async move {
            let url = IssuerUrl::new(issuer.clone()).ok()?;
            match ProviderMetadataWithLogout::discover_async(url, &http).await {
                Ok(metadata) => Some(metadata),
                Err(error) => {
                    tracing::warn!(%issuer, %error, "discovery failed");
                    None
                }
            }
        }
    }

    async fn fetch_keys(&self) -> Result<String, Unreachable> {
        let metadata = self.metadata().await?;
        let fetched = self.http.0.get(metadata.jwks_uri().as_str()).await;
        let fetched = fetched.map_err(|error| Unreachable(error.to_string()))?;
        if fetched.status != http::StatusCode::OK {
            return Err(Unreachable(format!("the key set answered {}", fetched.status)));
        }
        String::from_utf8(fetched.body.to_vec()).map_err(|_| Unreachable("the key set isn't text".to_owned()))
    }
}

impl KeySource for Provider {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<String, Unreachable>> + Send + '_>> {
        Box::pin(self.fetch_keys())
    }
}
