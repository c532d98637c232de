//! The sealed content of a session: its tokens, which the browser never gets (RP1).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::relying_party::Core;

/// The person's name on pages, as the realm sent it at sign-in. Never used for a decision (RS3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Full name.
    pub name: Option<String>,
    /// E-mail address, verified or not.
    pub email: Option<String>,
}

/// The tokens of one session.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Tokens {
    pub access: String,
    pub refresh: Option<String>,
    /// Sent as `id_token_hint` when signing out.
    pub id: String,
    pub profile: Profile,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

/// A value couldn't be sealed. This is a defect; it is answered like an outage.
#[derive(Debug, thiserror::Error)]
#[error("a value could not be sealed")]
pub(crate) struct NotSealed;

impl Core {
    /// Encrypts `value`, bound to the row that `table` and `id_hash` name.
    pub(crate) fn seal<T: Serialize>(
        &self,
        table: &str,
        id_hash: &str,
        value: &T,
    ) -> Result<String, NotSealed> {
        let plain = serde_json::to_vec(value).map_err(|_| NotSealed)?;
        let nonce = clock::random::bytes::<12>(&*self.random);
        self.seal.seal(&plain, &self.context(table, id_hash), nonce).map_err(|_| NotSealed)
    }

    /// Decrypts the result of [`Core::seal`]; `None` for another key, realm or row.
    pub(crate) fn open<T: serde::de::DeserializeOwned>(
        &self,
        table: &str,
        id_hash: &str,
        sealed: &str,
    ) -> Option<T> {
        let plain = self.seal.open(sealed, &self.context(table, id_hash))?;
        serde_json::from_slice(&plain).ok()
    }

    fn context(&self, table: &str, id_hash: &str) -> String {
        format!("{} {table} {id_hash}", self.realm)
    }

    /// The stored form of a session id or state. The hash includes the realm: an id of one realm is unknown to the
    /// other, even in the same table (I1).
    pub(crate) fn hash(&self, secret: &str) -> String {
        protocol::secret::hash(&format!("{} {secret}", self.realm))
    }
}

#[cfg(test)]
mod tests {
    use testbed::in_flight::is_read_by_both;

    use super::*;

    #[test]
    fn upg1_a_session_of_the_release_before_goes_on() {
        is_read_by_both::<Tokens>(
            r#"{"access":"a","refresh":"r","id":"i","profile":{"name":"Ada","email":"ada@example.org"}}"#,
        );
    }
}
