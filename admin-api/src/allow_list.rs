//! The list of networks that may use the service (H3). Health checks are open to all, because they reveal nothing. So
//! is the realm's back-channel logout, because its signed token is its credential.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::Extensions,
    middleware::Next,
    response::{IntoResponse, Response},
};
use service::error_pages::is_for_programs;
use web::client_address::{Network, TrustedProxies};

use crate::{console::message, error::Error, state::AppState};

/// The allowed networks, and the proxies whose `X-Forwarded-For` is trusted.
#[derive(Debug)]
struct AllowList {
    /// Empty: every address is allowed.
    networks: Vec<Network>,
    proxies: TrustedProxies,
}

/// The list and the state for its error page.
#[derive(Debug, Clone)]
pub struct Gate {
    list: Arc<AllowList>,
    app: AppState,
}

impl Gate {
    /// The gate as configured.
    pub fn new(app: &AppState) -> Self {
        let networks = app.config.allowed_addresses.clone();
        let list = AllowList { networks, proxies: app.service().listener.proxies.clone() };
        Self { list: Arc::new(list), app: app.clone() }
    }
}

impl AllowList {
    fn admits(&self, address: Option<IpAddr>) -> bool {
        self.networks.is_empty()
            || address.is_some_and(|address| self.networks.iter().any(|network| network.contains(address)))
    }
}

/// Middleware that refuses requests from other networks. With a list, a request without a known address is refused.
pub async fn enforce(State(Gate { list, app }): State<Gate>, request: Request, next: Next) -> Response {
    let address = peer(request.extensions()).map(|peer| list.proxies.resolve(peer, request.headers()));
    if list.admits(address) {
        return next.run(request).await;
    }
    tracing::warn!(?address, "refused: the address is not on the allow-list");
    let (parts, _) = request.into_parts();
    if is_for_programs(parts.uri.path()) {
        return Error::AddressRefused.into_response();
    }
    // without identifying the caller
    let error = Error::AddressRefused;
    message::not_from_here(&app, &parts, &error.problem(), &error.words())
        .unwrap_or_else(IntoResponse::into_response)
}

fn peer(extensions: &Extensions) -> Option<SocketAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| *peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(networks: &[&str], address: Option<&str>) -> bool {
        let networks = networks.iter().map(|text| text.parse().unwrap()).collect();
        let list = AllowList { networks, proxies: TrustedProxies::default() };
        list.admits(address.map(|text| text.parse().unwrap()))
    }

    #[test]
    fn h3_only_listed_networks_come_in() {
        assert!(admits(&["10.0.0.0/8", "2001:db8::/32"], Some("10.1.2.3")));
        assert!(admits(&["10.0.0.0/8", "2001:db8::/32"], Some("2001:db8::1")));
        assert!(!admits(&["10.0.0.0/8"], Some("11.0.0.1")));
        assert!(!admits(&["10.0.0.0/8"], Some("::1")));
    }

    #[test]
    fn h3_an_unknown_peer_is_refused_only_when_there_is_a_list() {
        assert!(!admits(&["0.0.0.0/0", "::/0"], None));
        assert!(admits(&[], None));
    }
}
