//! Signed tokens (RFC 7515, 7517, 7519). This module alone names the JOSE library, and uses it for keys and raw
//! signatures only (to make those with ES256, OpenSSL itself): splitting, header and claims are read here, strictly,
//! because the library's own decoder lets duplicate members and malformed `crit` pass.

mod algorithm;
mod key_set;
mod public_key;
pub mod rotation;
mod signer;
mod signing_key;
mod verify;

pub use algorithm::Algorithm;
pub use key_set::{KeySet, MAX_KEYS};
pub use signing_key::SigningKey;
pub use verify::{MAX_TOKEN_BYTES, TokenError};

/// `typ` of an access token (RFC 9068).
pub const ACCESS_TOKEN: &str = "at+jwt";
/// `typ` of an access token for a resource that can't take the other one. ID tokens have it too.
pub const PLAIN_ACCESS_TOKEN: &str = "JWT";
/// `typ` of an ID token.
pub const ID_TOKEN: &str = "JWT";
/// `typ` of a logout token (OpenID Connect Back-Channel Logout).
pub const LOGOUT_TOKEN: &str = "logout+jwt";

#[cfg(test)]
pub(crate) mod testing;
