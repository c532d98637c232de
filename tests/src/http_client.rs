//! The one HTTP client of the tests.

use std::{net::Ipv4Addr, time::Duration};

/// A client that follows no redirect, keeps no cookie and keeps no connection: each request shows what one exchange
/// does, and a server that stops is not held up.
pub fn client() -> reqwest::Client {
    builder().build().expect("the client of the tests")
}

/// The same for servers with a certificate by one of those authorities (PEM).
pub fn trusting(authorities: &[u8]) -> reqwest::Client {
    believing(authorities).build().expect("the client of the tests")
}

/// The same for somebody at that address, which has to be one of loopback.
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
    // of several tests at once the first one installs it
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .pool_max_idle_per_host(0)
        .timeout(Duration::from_mins(1))
}
