//! Hashing, comparing, deriving and sealing of secrets.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use openssl::{
    sha::Sha256,
    symm::{Cipher, decrypt_aead, encrypt_aead},
};
use ring::{
    hkdf::{HKDF_SHA256, Salt},
    hmac::{self, HMAC_SHA256},
};

use crate::error::CryptoError;

/// The form in which an opaque secret (code, session id, client secret) is stored: SHA-256 in base64url. Only for
/// secrets with at least 128 random bits; passwords need a slow hash.
pub fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(sha256(secret.as_bytes()))
}

/// SHA-256. The library's one-call function would look its implementation up by name each time.
pub(crate) fn sha256(message: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(message);
    hash.finish()
}

/// Whether two byte strings are equal, in a time that depends on their lengths only.
pub fn eq(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && openssl::memcmp::eq(a, b)
}

/// HMAC-SHA256 over the parts. The length of each part is hashed before it, so different lists of parts give different
/// messages.
pub fn hmac(key: &[u8], parts: &[&str]) -> [u8; 32] {
    let mut message = hmac::Context::with_key(&hmac::Key::new(HMAC_SHA256, key));
    for part in parts {
        message.update(&(part.len() as u64).to_be_bytes());
        message.update(part.as_bytes());
    }
    bytes(message.sign())
}

fn bytes(tag: hmac::Tag) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(tag.as_ref());
    bytes
}

/// Derives a key for one purpose from a master secret: HKDF-SHA256 (RFC 5869) without salt, and with `label` as info.
/// Each purpose needs its own label.
///
/// # Errors
/// The library failed. It doesn't for a key of this length.
pub fn derive(master: &[u8], label: &str) -> Result<[u8; 32], CryptoError> {
    let mut key = [0; 32];
    let master = Salt::new(HKDF_SHA256, &[]).extract(master);
    let derived = master.expand(&[label.as_bytes()], HKDF_SHA256).and_then(|derived| derived.fill(&mut key));
    derived.map(|()| key).map_err(|_| CryptoError("a key could not be derived"))
}

const VERSION: u8 = 1;
const FINGERPRINT: usize = 4;
const NONCE: usize = 12;
const TAG: usize = 16;

/// Encrypts small secrets for storage, with AES-256-GCM. A second key can be accepted for reading while keys rotate.
#[derive(Clone)]
pub struct SealingKey {
    current: [u8; 32],
    previous: Option<[u8; 32]>,
}

impl SealingKey {
    /// Seals and opens with this key.
    pub fn new(key: [u8; 32]) -> Self {
        Self { current: key, previous: None }
    }

    /// Also opens values that were sealed with `previous`.
    #[must_use]
    pub fn with_previous(self, previous: [u8; 32]) -> Self {
        Self { previous: Some(previous), ..self }
    }

    /// Seals `plain` for one place. `context` (for example table and row id) is authenticated: a sealed value that is
    /// moved to another row does not open. `nonce` must be fresh random bytes for each call.
    pub fn seal(&self, plain: &[u8], context: &str, nonce: [u8; NONCE]) -> Result<String, CryptoError> {
        let head = header(&self.current, &nonce);
        let mut tag = [0; TAG];
        let cipher = Cipher::aes_256_gcm();
        let body = encrypt_aead(cipher, &self.current, Some(&nonce), &aad(&head, context), plain, &mut tag)
            .map_err(|_| CryptoError("a value could not be sealed"))?;
        Ok(URL_SAFE_NO_PAD.encode([head.as_slice(), &body, &tag].concat()))
    }

    /// The plain bytes; `None` when the text was changed, or was not sealed with an accepted key for this context.
    pub fn open(&self, sealed: &str, context: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (head, rest) = bytes.split_at_checked(1 + FINGERPRINT + NONCE)?;
        let (body, tag) = rest.split_at_checked(rest.len().checked_sub(TAG)?)?;
        let (_, nonce) = head.split_at_checked(1 + FINGERPRINT)?;
        let mut keys = std::iter::once(&self.current).chain(&self.previous);
        let key = keys.find(|key| header(key, nonce) == head)?;
        decrypt_aead(Cipher::aes_256_gcm(), key, Some(nonce), &aad(head, context), body, tag).ok()
    }

    /// The same value sealed with the current key; `None` when it was sealed with that already. For the nonce see
    /// [`SealingKey::seal`].
    pub fn reseal(
        &self,
        sealed: &str,
        context: &str,
        nonce: [u8; NONCE],
    ) -> Result<Option<String>, CryptoError> {
        let current = Self::new(self.current);
        if current.open(sealed, context).is_some() {
            return Ok(None);
        }
        let plain = self.open(sealed, context).ok_or(CryptoError("a sealed value opens with no key"))?;
        current.seal(&plain, context, nonce).map(Some)
    }
}

/// version | key fingerprint | nonce
fn header(key: &[u8; 32], nonce: &[u8]) -> Vec<u8> {
    let fingerprint = bytes(hmac::sign(&hmac::Key::new(HMAC_SHA256, key), b"fingerprint"));
    std::iter::once(VERSION)
        .chain(fingerprint.into_iter().take(FINGERPRINT))
        .chain(nonce.iter().copied())
        .collect()
}

fn aad(head: &[u8], context: &str) -> Vec<u8> {
    [head, context.as_bytes()].concat()
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_hash_is_sha256_in_base64url() {
        assert_eq!(hash("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    }

    #[test]
    fn k16_comparison_sees_every_difference_and_takes_any_length() {
        assert!(eq(b"same", b"same") && eq(b"", b""));
        assert!(!eq(b"same", b"samf") && !eq(b"same", b"sam") && !eq(b"", b"x"));
    }

    /// Stored values were made with this function, so another library must compute the same.
    #[test]
    fn a_mac_is_hmac_sha256_over_each_part_behind_its_length() {
        use openssl::{hash::MessageDigest, pkey::PKey, sign::Signer};
        for key in [b"Jefe".as_slice(), &[0xaa; 131]] {
            let key_of_theirs = PKey::hmac(key).unwrap();
            let mut signer = Signer::new(MessageDigest::sha256(), &key_of_theirs).unwrap();
            signer.update(b"\0\0\0\0\0\0\0\x02ab\0\0\0\0\0\0\0\x01c").unwrap();
            assert_eq!(hmac(key, &["ab", "c"]).as_slice(), signer.sign_to_vec().unwrap());
        }
    }

    #[test]
    fn derivation_agrees_with_another_librarys_hkdf_and_separates_labels() {
        let mut expected = [0; 32];
        let md = openssl::md::Md::sha256();
        let mut context = openssl::pkey_ctx::PkeyCtx::new_id(openssl::pkey::Id::HKDF).unwrap();
        context.derive_init().unwrap();
        context.set_hkdf_md(md).unwrap();
        context.set_hkdf_key(b"master").unwrap();
        context.add_hkdf_info(b"cookies").unwrap();
        context.derive(Some(&mut expected)).unwrap();
        assert_eq!(derive(b"master", "cookies").unwrap(), expected);
        assert_ne!(expected, derive(b"master", "csrf").unwrap());
    }

    #[test]
    fn parts_of_a_mac_can_not_be_shifted_into_each_other() {
        assert_ne!(hmac(b"k", &["ab", "c"]), hmac(b"k", &["a", "bc"]));
        assert_ne!(hmac(b"k", &["a"]), hmac(b"k", &["a", ""]));
        assert_ne!(hmac(b"k", &["a\0\0\0\0\0\0\0\0b"]), hmac(b"k", &["a", "b"]));
        assert_eq!(hmac(b"k", &["a", "b"]), hmac(b"k", &["a", "b"]));
    }

    #[test]
    fn k15_a_sealed_value_opens_only_with_its_key_and_in_its_place() {
        let key = SealingKey::new([1; 32]);
        let sealed = key.seal(b"seed", "totp/user-1", [7; 12]).unwrap();
        assert_eq!(key.open(&sealed, "totp/user-1").as_deref(), Some(b"seed".as_slice()));
        assert_eq!(key.open(&sealed, "totp/user-2"), None);
        assert_eq!(SealingKey::new([2; 32]).open(&sealed, "totp/user-1"), None);
        let rotated = SealingKey::new([2; 32]).with_previous([1; 32]);
        assert_eq!(rotated.open(&sealed, "totp/user-1").as_deref(), Some(b"seed".as_slice()));
        assert!(!format!("{key:?}").contains('1'));
    }

    #[test]
    fn k12_resealing_takes_a_value_to_the_current_key_once() {
        let rotated = SealingKey::new([2; 32]).with_previous([1; 32]);
        let old = SealingKey::new([1; 32]).seal(b"seed", "c", [7; 12]).unwrap();
        let new = rotated.reseal(&old, "c", [8; 12]).unwrap().unwrap();
        assert_eq!(SealingKey::new([2; 32]).open(&new, "c").as_deref(), Some(b"seed".as_slice()));
        assert_eq!(rotated.reseal(&new, "c", [9; 12]).unwrap(), None);
        for (sealed, context) in [(&old, "d"), (&new, "d"), (&"x".to_owned(), "c")] {
            assert!(rotated.reseal(sealed, context, [9; 12]).is_err());
        }
        assert!(SealingKey::new([2; 32]).reseal(&old, "c", [9; 12]).is_err());
    }

    proptest! {
        #[test]
        fn a_sealed_value_with_any_bit_flipped_does_not_open(bit in 0usize..(37 * 8)) {
            let key = SealingKey::new([1; 32]);
            let mut bytes = URL_SAFE_NO_PAD.decode(key.seal(b"seed", "c", [7; 12]).unwrap()).unwrap();
            prop_assert_eq!(bytes.len(), 37);
            bytes[bit / 8] ^= 1 << (bit % 8);
            prop_assert_eq!(key.open(&URL_SAFE_NO_PAD.encode(bytes), "c"), None);
        }

        #[test]
        fn opening_is_total(text in ".{0,80}") {
            prop_assert_eq!(SealingKey::new([1; 32]).open(&text, "c"), None);
        }
    }
}
