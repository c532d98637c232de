//! The programs of `docs/integrate/examples`, each an app as its documentation would have it: installed from its registry,
//! with its library's default settings, and somebody signs in to it on the realm's own pages.
//!
//! * `app`: installs and starts one
//! * `web_apps`: apps with a secret, one in each language
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests: an expectation that does not hold is a failed test"
)]

mod app;
mod web_apps;
