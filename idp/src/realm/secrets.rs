//! The realm's symmetric keys: one per purpose, derived from the key-encryption key so that an operator guards two
//! files (K12).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{
    error::CryptoError,
    refresh::RefreshToken,
    secret::{self, SealingKey},
};

use crate::authn::hasher::Peppers;

/// The secrets that the operator provides.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretsInput {
    /// At least 32 bytes.
    pub key_encryption_key: Vec<u8>,
    /// The previous key-encryption key, while it is rotated. What was made with it is accepted; nothing new is made
    /// with it.
    pub previous_key_encryption_key: Option<Vec<u8>>,
    /// At least 32 bytes; mixed into every password hash.
    pub pepper: Vec<u8>,
    /// The previous pepper, while it is rotated. Passwords hashed with it still match.
    pub previous_pepper: Option<Vec<u8>>,
}

impl SecretsInput {
    /// The peppers, for the password threads.
    pub fn peppers(&self) -> Peppers {
        Peppers {
            current: self.pepper.clone().into(),
            previous: self.previous_pepper.clone().map(Into::into),
        }
    }
}

impl std::fmt::Debug for SecretsInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretsInput([redacted])")
    }
}

/// The keys of one kind of MAC.
pub struct MacKeys {
    /// Makes new MACs.
    pub current: [u8; 32],
    /// Made earlier MACs, which are still accepted.
    pub previous: Option<[u8; 32]>,
}

impl std::fmt::Debug for MacKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MacKeys([redacted])")
    }
}

impl MacKeys {
    /// Every key whose MACs are accepted, the current one first.
    pub fn accepted(&self) -> impl Iterator<Item = &[u8; 32]> {
        std::iter::once(&self.current).chain(&self.previous)
    }
}

/// The derived keys, one per purpose.
pub struct Secrets {
    /// Seals private keys, TOTP seeds, and what waits in forms.
    pub sealing: SealingKey,
    /// Authenticates refresh tokens.
    pub refresh: MacKeys,
    /// Makes the codes that answer interactions.
    pub codes: MacKeys,
    /// Binds form tokens to their session.
    pub csrf: MacKeys,
    /// Seals what Redis keeps, so that it can neither be read nor forged there.
    pub copies: SealingKey,
    /// Authenticates backups.
    pub backup: MacKeys,
    /// Hides addresses and names in the keys of the attempt counters.
    pub counting: [u8; 32],
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets([redacted])")
    }
}

impl Secrets {
    /// Derives the keys.
    ///
    /// # Errors
    /// When the cryptographic library fails.
    pub fn derive(input: &SecretsInput) -> Result<Self, CryptoError> {
        let current = |label| secret::derive(&input.key_encryption_key, label);
        let previous = |label| {
            let key = input.previous_key_encryption_key.as_ref();
            key.map(|key| secret::derive(key, label)).transpose()
        };
        let mac_keys =
            |label| Ok::<_, CryptoError>(MacKeys { current: current(label)?, previous: previous(label)? });
        let sealing = SealingKey::new(current("sealing")?);
        Ok(Self {
            sealing: match previous("sealing")? {
                Some(key) => sealing.with_previous(key),
                None => sealing,
            },
            copies: SealingKey::new(current("session copy")?),
            refresh: mac_keys("refresh token")?,
            codes: mac_keys("authorization code")?,
            csrf: mac_keys("form token")?,
            backup: mac_keys("backup")?,
            // A counter has one name, so two keys can't be accepted at once. While there is a previous key, the
            // counters keep the names made with it: the start of a rotation ends no wait and no hard limit. The
            // counters start anew when the previous key is removed. So each rotation gives a guesser one further budget
            // of attempts at most, and rotations are rare.
            counting: match previous("attempt count")? {
                Some(key) => key,
                None => current("attempt count")?,
            },
        })
    }

    /// The name under which something about a person or an address is stored. It is a keyed hash, so that nobody who
    /// reads the database can guess whose it is.
    pub fn hidden(&self, name: &str) -> String {
        URL_SAFE_NO_PAD.encode(secret::hmac(&self.counting, &[name]))
    }

    /// Reads a presented refresh token; `None` when this realm did not make it.
    pub fn refresh_token(&self, text: &str) -> Option<RefreshToken> {
        self.refresh.accepted().find_map(|key| RefreshToken::decode(text, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(current: u8, previous: Option<u8>) -> Secrets {
        Secrets::derive(&SecretsInput {
            key_encryption_key: vec![current; 32],
            previous_key_encryption_key: previous.map(|byte| vec![byte; 32]),
            pepper: vec![9; 32],
            previous_pepper: None,
        })
        .unwrap()
    }

    #[test]
    fn p10_k12_refresh_tokens_of_the_previous_key_are_accepted_as_long_as_it_is_there() {
        let token = RefreshToken { grant_id: "g1".to_owned(), generation: 3 };
        let old = token.encode(&secrets(1, None).refresh.current);
        let both = secrets(2, Some(1));
        assert_eq!(both.refresh_token(&old), Some(token.clone()));
        let new = token.encode(&both.refresh.current);
        for accepting in [&both, &secrets(2, None), &secrets(1, Some(2))] {
            assert_eq!(accepting.refresh_token(&new), Some(token.clone()));
        }
        assert_eq!(secrets(2, None).refresh_token(&old), None);
        assert_eq!(secrets(2, Some(3)).refresh_token(&old), None);
    }

    #[test]
    fn p10_k12_form_tokens_have_the_current_key_and_the_previous_one_is_accepted() {
        let (old, both) = (secrets(1, None), secrets(2, Some(1)));
        assert_eq!(both.csrf.current, secrets(2, None).csrf.current);
        let accepted: Vec<_> = both.csrf.accepted().collect();
        assert_eq!(accepted, [&both.csrf.current, &old.csrf.current]);
        assert_eq!(old.csrf.accepted().count(), 1);
    }

    #[test]
    fn k12_counts_of_attempts_keep_their_names_while_the_key_rotates() {
        let old = secrets(1, None).counting;
        assert_eq!(secrets(2, Some(1)).counting, old);
        assert_ne!(secrets(2, None).counting, old);
    }
}
