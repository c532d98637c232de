//! The programs of `docs/integrate/examples`, each an app as its documentation would have it: installed from its registry,
//! with its library's default settings, and somebody signs in to it on the realm's own pages.
//!
//! * `app`: installs and starts one
//! * `web_apps`: apps with a secret
//! * `browser_apps`: apps in the browser
//! * `resource_servers`: APIs, and who calls them
//! * `upstreams`: a provider at which the realm's people sign in
//! * `lengths`: each program can be read at a glance
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests: an expectation that does not hold is a failed test"
)]

mod app;
mod browser_apps;
mod lengths;
mod resource_servers;
mod upstreams;
mod web_apps;
