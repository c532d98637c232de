//! Signing in at another OpenID provider: an upstream.
//!
//! * [`begin`]: somebody is sent there
//! * [`callback`]: and comes back, with an answer that is verified
//! * [`arrive`]: who that is here: an account that is connected, one with the same confirmed address, or nobody yet
//! * [`newcomer`]: a new account
//! * [`manage`]: the list, and disconnecting
//!
//! An account here is connected in [`identity`](super::identity).

pub mod arrive;
pub mod begin;
pub mod callback;
pub mod manage;
pub mod newcomer;

use serde::{Deserialize, Serialize};

use super::{
    Result,
    identity::waiting::{open, seal},
};
use crate::realm::Realm;

/// What somebody was sent to an upstream for.
#[derive(Clone, Serialize, Deserialize)]
pub enum Aim {
    /// To sign in, within the interaction of this id.
    SignIn {
        /// The interaction's id.
        interaction: String,
    },
    /// To connect the account in the session of this public name.
    Connect {
        /// The session's public name.
        sid: String,
    },
}
opaque!(Aim);

/// What the answer has to match, and where it leads. Kept sealed.
#[derive(Serialize, Deserialize)]
struct Attempt {
    upstream: String,
    nonce: String,
    verifier: String,
    /// When the person has signed in there at the earliest, Unix seconds.
    signed_in_since: Option<i64>,
    aim: Aim,
}

impl Attempt {
    fn context(state_hash: &str) -> String {
        ["upstream attempt", state_hash].join("\u{1f}")
    }

    fn seal(&self, realm: &Realm, state_hash: &str) -> Result<String> {
        seal(realm, self, &Self::context(state_hash))
    }

    fn open(realm: &Realm, state_hash: &str, sealed: &str) -> Option<Self> {
        open(realm, sealed, &Self::context(state_hash))
    }
}

#[cfg(test)]
mod tests {
    use testbed::in_flight::is_read_by_both;

    use super::*;

    #[test]
    fn upg1_whoever_the_release_before_sent_to_an_upstream_comes_back() {
        is_read_by_both::<Attempt>(
            r#"{"upstream":"staff","nonce":"n","verifier":"v","signed_in_since":1800000000,
                "aim":{"SignIn":{"interaction":"i"}}}"#,
        );
        is_read_by_both::<Attempt>(
            r#"{"upstream":"staff","nonce":"n","verifier":"v","signed_in_since":null,
                "aim":{"Connect":{"sid":"s"}}}"#,
        );
    }
}
