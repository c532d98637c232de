//! Support for the end-to-end tests: the whole system on free ports, and browsers and relying parties that use it.
//!
//! * [`system`]: both realms and both services in one process, with a clock that tests set
//! * `begun`: a system after its first start, which most tests copy
//! * [`databases`]: where its parts keep what they know
//! * [`program`]: the system as a separate program, which tests can kill
//! * [`cluster`]: the topology of `docker-compose.yml` as processes
//! * [`witness`]: clients that check the system's promises during faults
//! * [`Browser`], [`Page`], [`Form`]: a browser without JavaScript, over real sockets
//! * [`chrome`]: a real browser
//! * [`upstream`]: systems whose customers may sign in at another provider
//! * [`relying_party`]: a client of a realm, configured by discovery alone
//! * [`mailbox`]: what the realms write to people
//! * [`people`]: actions of customers and staff in a browser
//! * [`secret_file`]: writes files with secrets
//! * [`forge`]: tokens that an attacker could make
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
pub mod databases;
pub mod forge;
pub mod http_client;
pub mod mailbox;
pub mod people;
pub mod program;
pub mod relying_party;
pub mod secret_file;
mod start;
pub mod system;
pub mod upstream;
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
