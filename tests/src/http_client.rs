//! The one HTTP client of the tests.

use std::time::Duration;

/// A client that follows no redirect, keeps no cookie and keeps no connection: each request shows what one exchange
/// does, and a server that stops is not held up.
#[expect(clippy::disallowed_methods, reason = "the one client of the tests, which must reach loopback")]
pub fn client() -> reqwest::Client {
    // of several tests at once the first one installs it
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .pool_max_idle_per_host(0)
        .timeout(Duration::from_mins(1))
        .build()
        .expect("the client of the tests")
}
