//! A lean client: each worker has its own kept-alive connections, and a browser is a worker with cookies.
//!
//! * [`connection`]: requests and answers over loopback
//! * [`failure`]: why an operation did not succeed, as it is counted
//! * [`browser`], [`cookies`], [`form`]: redirects, cookies, and forms filled in as a person would
//! * [`loopback`]: what may be called

pub mod browser;
pub mod connection;
mod cookies;
pub mod failure;
pub mod form;
pub mod loopback;

pub use browser::Browser;
pub use connection::{Answer, Call, Connection};
pub use failure::Failure;
