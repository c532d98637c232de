//! What every client of an OpenID provider needs: the crate `openidconnect`, over the one guarded HTTP client and with
//! the checks that it leaves to its callers.
//!
//! The consoles sign people in with it at their realm, and a realm at its upstream providers.

pub mod id_token;
mod transport;

pub use openidconnect;
pub use transport::Transport;
