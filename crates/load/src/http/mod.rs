//! A lean client: each worker has its own kept-alive connections, and a browser is a worker with cookies.
//!
//! * [`client`]: requests and answers over loopback
//! * [`failure`]: why an operation did not succeed, as it is counted
//! * [`browser`]: forms filled in as a person would, at any provider
//! * [`loopback`]: what may be called

pub mod browser;
pub mod client;
pub mod failure;
pub mod loopback;

pub use browser::Browser;
pub use client::Client;
pub use failure::Failure;
