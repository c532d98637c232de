//! The HTTP edge that all servers share.

pub mod blocked_port;
pub mod client_address;
pub mod cookie;
pub mod csrf;
pub mod edge;
pub mod params;
pub mod security_headers;
pub mod server;
pub mod word;

#[cfg(test)]
mod tests;
