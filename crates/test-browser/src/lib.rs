//! A browser without JavaScript, for tests and for `load`: it keeps cookies, follows redirects and immediate refreshes,
//! and fills in forms.
//!
//! * [`Browser`]: what a person does with it
//! * [`Transport`]: how its requests reach a server: a router in this process, sockets, or what a test brings
//! * [`Page`]: what came back, and what is on it
//! * [`Form`]: a form of a page, to be filled in

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a support library for tests: an expectation that does not hold is a failed test"
)]

mod browser;
mod form;
mod jar;
mod page;
mod selector;
mod transport;

pub use browser::Browser;
pub use form::{Control, Form};
pub use jar::Jar;
pub use page::{Element, Page};
pub use transport::{Transport, send};
