//! The realm's symmetric keys: one per purpose, derived from the key-encryption key so that an operator guards two
//! files (K12).

use protocol::secret::{self, SealingKey};

/// What the operator provides.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretsInput {
    /// At least 32 bytes.
    pub key_encryption_key: Vec<u8>,
    /// At least 32 bytes; mixed into every password hash.
    pub pepper: Vec<u8>,
}

impl std::fmt::Debug for SecretsInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretsInput([redacted])")
    }
}

/// One key per purpose.
pub struct Secrets {
    /// Seals private keys and TOTP seeds.
    pub sealing: SealingKey,
    /// Authenticates refresh tokens.
    pub refresh: [u8; 32],
    /// Binds form tokens to their session.
    pub csrf: [u8; 32],
    /// Hides addresses and names in the keys of the attempt counts.
    pub counting: [u8; 32],
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets([redacted])")
    }
}

impl Secrets {
    /// Derives them.
    pub fn derive(input: &SecretsInput) -> Self {
        let key = |label| secret::derive(&input.key_encryption_key, label);
        Self {
            sealing: SealingKey::new(key("sealing")),
            refresh: key("refresh token"),
            csrf: key("form token"),
            counting: key("attempt count"),
        }
    }
}
