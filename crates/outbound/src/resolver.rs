//! Name resolution that refuses private addresses. The connection goes to exactly the checked addresses: a name that
//! resolves differently a moment later gains nothing.

use std::{collections::BTreeSet, net::SocketAddr, sync::Arc};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::is_public;

/// The host has a private address, and the policy doesn't name it.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the host is private")]
pub(super) struct Private;

#[derive(Debug, Clone)]
pub(super) struct Guard {
    pub allowed: Arc<BTreeSet<String>>,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.allowed.contains(&name.as_str().to_ascii_lowercase());
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if !allowed && found.iter().any(|address| !is_public(address.ip())) {
                return Err(Private.into());
            }
            let found: Addrs = Box::new(found.into_iter());
            Ok(found)
        })
    }
}
