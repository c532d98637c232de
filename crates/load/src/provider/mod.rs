//! Any OpenID provider on this machine, as one of its clients knows it: by discovery and its own registration.
//!
//! * [`metadata`]: what the provider says about itself
//! * [`client`]: how the client authenticates, and the calls it makes
//! * [`authorization`]: what it sends browsers away with

pub mod authorization;
pub mod client;
pub mod metadata;

use url::Url;

pub use authorization::Attempt;
pub use client::{Client, Tokens};
pub use metadata::Metadata;

/// What is asked for unless told otherwise, as far as the provider has it.
const SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// A provider and a client of it.
#[derive(Debug)]
pub struct Provider {
    /// What it says about itself.
    pub metadata: Metadata,
    /// The client.
    pub client: Client,
    /// Where the client wants its answers; nothing has to listen there.
    pub redirect_uri: Url,
    /// The scope of the code flow.
    pub scope: String,
}

/// The scope of the code flow: what was asked for, or what is usual and advertised. A provider that advertises nothing
/// is asked for all of it.
pub fn scope(asked: Option<&str>, advertised: &[String]) -> String {
    let has = |scope: &&&str| advertised.is_empty() || advertised.iter().any(|known| known == **scope);
    match asked {
        Some(scope) => scope.to_owned(),
        None => SCOPES.iter().filter(has).copied().collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_scopes_are_asked_for_as_far_as_the_provider_has_them() {
        assert_eq!(scope(None, &[]), "openid profile email offline_access");
        assert_eq!(scope(None, &["email".into(), "openid".into(), "x".into()]), "openid email");
        assert_eq!(scope(Some("openid offline"), &["openid".into()]), "openid offline");
    }
}
