//! Signed tokens (RFC 7515, 7517, 7519). Only this module uses the JOSE library, and only for keys and raw signatures;
//! ES256 signatures are made with OpenSSL directly. Splitting tokens, and reading headers and claims, is done here,
//! strictly, because the library's own decoder accepts duplicate members and malformed `crit`.

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
/// `typ` of an access token for a resource that can't handle `at+jwt`. ID tokens have the same `typ`.
pub const PLAIN_ACCESS_TOKEN: &str = "JWT";
/// `typ` of an ID token.
pub const ID_TOKEN: &str = "JWT";
/// `typ` of a logout token (OpenID Connect Back-Channel Logout).
pub const LOGOUT_TOKEN: &str = "logout+jwt";

#[cfg(test)]
pub(crate) mod testing;
