//! The HTTP edge that all servers share.

mod admission;
pub mod blocked_port;
pub mod client_address;
mod compress;
mod connection;
pub mod cookie;
pub mod csrf;
pub mod edge;
mod framing;
pub mod params;
mod progress;
pub mod security_headers;
pub mod server;
pub mod word;

#[cfg(test)]
mod tests;
