//! The HTTP edge that all servers share: listeners and their limits, request ids, security headers, cookies, CSRF
//! protection, parameters, health. It knows nothing of OAuth: those rules are in `protocol`.

mod admission;
pub mod asset;
pub mod client_address;
mod compress;
mod connection;
pub mod cookie;
pub mod csrf;
pub mod edge;
mod framing;
pub mod health;
pub mod json;
pub mod limits;
pub mod params;
mod progress;
pub mod return_to;
pub mod routing;
pub mod security_headers;
pub mod server;
mod unread;
pub mod word;

#[cfg(test)]
mod tests;
