//! The realm's key set, found by discovery (OpenID Connect Discovery 1.0 section 4).

use std::{future::Future, pin::Pin};

use http::StatusCode;
use outbound::Outbound;
use protocol::discovery::path;
use serde::Deserialize;

use crate::keys::{KeySource, Unreachable};

/// Finds an issuer's key set and fetches it.
#[derive(Debug, Clone)]
pub struct Discovery {
    issuer: String,
    outbound: Outbound,
}

/// The members of the metadata that are used.
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    jwks_uri: String,
}

impl Discovery {
    /// A source of the keys of `issuer`, fetched with this client.
    pub fn new(issuer: &str, outbound: Outbound) -> Self {
        Self { issuer: issuer.to_owned(), outbound }
    }

    async fn fetch_keys(&self) -> Result<String, Unreachable> {
        let issuer = self.issuer.trim_end_matches('/');
        let metadata = self.get(&format!("{issuer}{}", path::CONFIGURATION)).await?;
        let metadata: Metadata = serde_json::from_str(&metadata)
            .map_err(|error| Unreachable(format!("the metadata can't be used: {error}")))?;
        if metadata.issuer != self.issuer {
            return Err(Unreachable("the metadata is another issuer's".to_owned()));
        }
        self.get(&metadata.jwks_uri).await
    }

    async fn get(&self, url: &str) -> Result<String, Unreachable> {
        let fetched = self.outbound.get(url).await.map_err(|error| Unreachable(error.to_string()))?;
        if fetched.status != StatusCode::OK {
            return Err(Unreachable(format!("{url} answered {}", fetched.status)));
        }
        String::from_utf8(fetched.body.to_vec()).map_err(|_| Unreachable(format!("{url} isn't text")))
    }
}

impl KeySource for Discovery {
    fn fetch(&self) -> Pin<Box<dyn Future<Output = Result<String, Unreachable>> + Send + '_>> {
        Box::pin(self.fetch_keys())
    }
}
