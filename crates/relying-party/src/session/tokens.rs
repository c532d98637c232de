//! What a session keeps: tokens, sealed, never shown to the browser (RP1).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::relying_party::Core;

/// What to call the person on pages, as the realm said at sign-in. Never decides anything (RS3).
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
    /// Kept as the hint for signing out.
    pub id: String,
    pub profile: Profile,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

/// A value can't be sealed: a defect, answered like an outage.
#[derive(Debug, thiserror::Error)]
#[error("a value could not be sealed")]
pub(crate) struct NotSealed;

impl Core {
    /// Seals `value` for the row that `table` and `id_hash` name.
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

    /// Opens what [`Core::seal`] sealed; `None` under another key, realm or row.
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

    /// How a session id or state is stored. The realm is part of it: an id of one realm means nothing to the other,
    /// even in the same table (I1).
    pub(crate) fn hash(&self, secret: &str) -> String {
        protocol::secret::hash(&format!("{} {secret}", self.realm))
    }
}
