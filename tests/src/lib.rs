//! What the end-to-end tests stand on: the whole system on free ports, browsers and relying parties to use it with.
//!
//! * [`system`]: both realms and both sides in one process, with a clock that stands still
//! * `begun`: its first start, which most tests share
//! * [`program`]: the same as a program of its own, to be killed
//! * [`cluster`]: the topology of `docker-compose.yml` as processes
//! * [`witness`]: clients who check that faults break no promise
//! * [`Browser`], [`Page`], [`Form`]: a browser without JavaScript, over real sockets
//! * [`chrome`]: a real browser
//! * [`relying_party`]: a client of a realm, configured by discovery alone
//! * [`people`]: what customers and staff do in a browser
//! * [`secret_file`]: secrets as programs read them
//! * [`forge`]: tokens as an attacker would make them
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a support library for tests: an expectation that does not hold is a failed test"
)]

mod begun;
pub mod chrome;
pub mod cluster;
pub mod forge;
pub mod http_client;
pub mod people;
pub mod program;
pub mod relying_party;
pub mod secret_file;
mod start;
pub mod system;
pub mod witness;

pub use chrome::Chrome;
pub use cluster::Cluster;
pub use program::Program;
pub use relying_party::RelyingParty;
pub use system::System;
pub use test_browser::{Form, Page};
pub use witness::Witness;

/// A browser that talks to the servers of a test over sockets.
pub type Browser = test_browser::Browser<reqwest::Client>;
