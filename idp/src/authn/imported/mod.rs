//! Password hashes that another program made. They are checked as they are, until their owners sign in: then the
//! password is hashed like every other one (J6).
//!
//! * `app`: authenticator apps
//! * `formats`: how other programs write them

use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use openssl::{hash::MessageDigest, memcmp, pkcs5, sha::sha256};
use serde::{Deserialize, Serialize};

use super::cost::HashParams;

mod app;
mod formats;

pub use app::app;
pub use formats::{Unreadable, parse};

/// Marks a stored hash that another program made.
const MARK: &str = "import:";
/// The largest costs that a hash may have: a check takes seconds at most.
const MOST_ITERATIONS: u32 = 5_000_000;
const MOST_BCRYPT: u32 = 15;
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
const MOST_BYTES: usize = 256;

/// A hash that another program made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Imported {
    /// bcrypt, which reads the first 72 bytes of a password.
    Bcrypt {
        /// As bcrypt writes it.
        hash: String,
        /// Whether the password was hashed with SHA-256 before, and written in hexadecimal digits.
        of_digest: bool,
    },
    /// PBKDF2 (RFC 8018 section 5.2).
    Pbkdf2 {
        /// The hash function of its HMAC.
        digest: Digest,
        /// How often that is computed.
        iterations: u32,
        /// The salt.
        salt: Bytes,
        /// The derived key.
        hash: Bytes,
    },
    /// scrypt (RFC 7914).
    Scrypt {
        /// The logarithm of its cost to the base of two.
        log_n: u8,
        /// The size of its blocks.
        r: u32,
        /// How many times it runs.
        p: u32,
        /// The salt.
        salt: Bytes,
        /// The derived key.
        hash: Bytes,
    },
    /// Argon2 of any kind, without a pepper, as a PHC string.
    Argon2 {
        /// The PHC string.
        phc: String,
    },
}

/// The hash function of PBKDF2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digest {
    /// SHA-1. As part of HMAC it is no weakness here.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// Bytes, which are base64 in the stored text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bytes(Vec<u8>);

impl TryFrom<String> for Bytes {
    type Error = base64::DecodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        STANDARD.decode(text).map(Self)
    }
}

impl From<Bytes> for String {
    fn from(bytes: Bytes) -> Self {
        STANDARD.encode(bytes.0)
    }
}

impl Imported {
    /// The text to store.
    pub fn stored(&self) -> String {
        // a value of this type has no maps and no floats, so it can always be written
        format!("{MARK}{}", serde_json::to_string(self).unwrap_or_default())
    }

    /// Reads a stored text. `None` for hashes of our own, and for a text that is damaged.
    pub fn read(stored: &str) -> Option<Self> {
        let hash: Self = serde_json::from_str(stored.strip_prefix(MARK)?).ok()?;
        hash.is_affordable().then_some(hash)
    }

    /// Whether it is the hash of this password. A hash that can't be computed is that of none.
    pub fn is_of(&self, password: &[u8]) -> bool {
        match self {
            Self::Bcrypt { hash, of_digest: false } => bcrypt::verify(password, hash).unwrap_or(false),
            Self::Bcrypt { hash, of_digest: true } => {
                let digits = digits_of(&sha256(password));
                bcrypt::verify(digits, hash).unwrap_or(false)
            }
            Self::Pbkdf2 { digest, iterations, salt, hash } => {
                let rounds = usize::try_from(*iterations).unwrap_or(usize::MAX);
                is_derived(hash, |key| {
                    pkcs5::pbkdf2_hmac(password, &salt.0, rounds, digest.of_openssl(), key)
                })
            }
            Self::Scrypt { log_n, r, p, salt, hash } => is_derived(hash, |key| {
                let (n, r, p) = (1_u64 << log_n, u64::from(*r), u64::from(*p));
                pkcs5::scrypt(password, &salt.0, n, r, p, 2 * MOST_MEMORY, key)
            }),
            Self::Argon2 { phc } => is_argon2(phc, password).unwrap_or(false),
        }
    }

    /// Whether a check of it stays below the largest costs.
    fn is_affordable(&self) -> bool {
        let sound = |salt: &Bytes, hash: &Bytes| {
            salt.0.len() <= MOST_BYTES && (10..=MOST_BYTES).contains(&hash.0.len())
        };
        match self {
            Self::Bcrypt { hash, .. } => {
                let cost = hash.get(4..6).and_then(|cost| cost.parse::<u32>().ok());
                hash.len() == 60 && cost.is_some_and(|cost| (4..=MOST_BCRYPT).contains(&cost))
            }
            Self::Pbkdf2 { iterations, salt, hash, .. } => {
                (1..=MOST_ITERATIONS).contains(iterations) && sound(salt, hash)
            }
            Self::Scrypt { log_n, r, p, salt, hash } => {
                let memory = 128_u64.checked_mul(u64::from(*r)).filter(|_| (1..=30).contains(log_n));
                let memory = memory.and_then(|memory| memory.checked_mul(1_u64 << log_n));
                let fits = memory.is_some_and(|memory| memory <= MOST_MEMORY);
                fits && (1..=16).contains(p) && *r > 0 && sound(salt, hash)
            }
            Self::Argon2 { phc } => argon2_params(phc).is_some(),
        }
    }
}

impl Digest {
    fn of_openssl(self) -> MessageDigest {
        match self {
            Self::Sha1 => MessageDigest::sha1(),
            Self::Sha256 => MessageDigest::sha256(),
            Self::Sha512 => MessageDigest::sha512(),
        }
    }
}

/// Bytes in hexadecimal digits.
fn digits_of(bytes: &[u8]) -> Vec<u8> {
    let digit = |value: u8| if value < 10 { b'0' + value } else { b'a' + value - 10 };
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn is_derived(
    hash: &Bytes,
    derive: impl FnOnce(&mut [u8]) -> Result<(), openssl::error::ErrorStack>,
) -> bool {
    let mut key = vec![0; hash.0.len()];
    derive(&mut key).is_ok() && memcmp::eq(&key, &hash.0)
}

fn argon2_params(phc: &str) -> Option<(Algorithm, Version, Params)> {
    let phc = PasswordHash::new(phc).ok()?;
    let algorithm = Algorithm::try_from(phc.algorithm.as_str()).ok()?;
    let version = phc.version.map_or(Ok(Version::V0x10), Version::try_from).ok()?;
    let params = Params::try_from(&phc).ok()?;
    let asked =
        HashParams { memory_kib: params.m_cost(), iterations: params.t_cost(), parallelism: params.p_cost() };
    let is_whole = phc.salt.is_some_and(|salt| salt.len() >= argon2::MIN_SALT_LEN) && phc.hash.is_some();
    (asked.within(HashParams::CEILING) && is_whole).then_some((algorithm, version, params))
}

fn is_argon2(phc: &str, password: &[u8]) -> Option<bool> {
    let (algorithm, version, params) = argon2_params(phc)?;
    let phc = PasswordHash::new(phc).ok()?;
    let (salt, hash) = (phc.salt?, phc.hash?);
    let mut key = vec![0; hash.len()];
    Argon2::new(algorithm, version, params).hash_password_into(password, &salt, &mut key).ok()?;
    Some(memcmp::eq(&key, hash.as_ref()))
}

#[cfg(test)]
mod tests;
