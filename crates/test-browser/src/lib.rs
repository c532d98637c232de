//! A browser without JavaScript, for tests and for `load`. It keeps cookies, follows redirects and immediate refreshes,
//! and fills in forms.
//!
//! * [`Browser`]: the actions of a person
//! * [`Transport`]: how requests reach a server: through a router in this process, sockets, or a test's own
//!   implementation
//! * [`Page`]: an answer and the elements of its page
//! * [`Form`]: a form of a page, to be filled in
//! * [`Authenticator`]: the device that holds a person's passkey
//! * [`Maker`]: who vouches for such devices

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a support library for tests: an expectation that does not hold is a failed test"
)]

mod attestation;
mod authenticator;
mod browser;
mod form;
mod jar;
mod page;
mod selector;
mod transport;

pub use attestation::{MODEL, Maker};
pub use authenticator::{AttestedBy, Authenticator, Statement};
pub use browser::Browser;
pub use form::{Control, Form};
pub use jar::Jar;
pub use page::{Element, Page};
pub use transport::{Transport, send};
