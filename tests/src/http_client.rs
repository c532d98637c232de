//! The HTTP clients of the tests.

use std::{net::Ipv4Addr, time::Duration};

/// A client that follows no redirects and keeps neither cookies nor connections. So each request is exactly one
/// exchange, and no idle connection delays a server that stops.
pub fn client() -> reqwest::Client {
    builder().build().expect("the client of the tests")
}

/// The same client, which trusts certificates of these authorities (PEM).
pub fn trusting(authorities: &[u8]) -> reqwest::Client {
    believing(authorities).build().expect("the client of the tests")
}

/// The same client with this source address, which must be a loopback address.
pub fn at(address: Ipv4Addr, authorities: &[u8]) -> reqwest::Client {
    believing(authorities).local_address(Some(address.into())).build().expect("the client of the tests")
}

fn believing(authorities: &[u8]) -> reqwest::ClientBuilder {
    let authorities =
        reqwest::Certificate::from_pem_bundle(authorities).expect("certificates of authorities");
    builder().tls_certs_only(authorities)
}

#[expect(clippy::disallowed_methods, reason = "the one client of the tests, which must reach loopback")]
fn builder() -> reqwest::ClientBuilder {
    // only the first call in the process installs it
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .pool_max_idle_per_host(0)
        .timeout(Duration::from_mins(1))
}
