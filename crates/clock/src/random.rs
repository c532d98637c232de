//! Randomness as a value. Every secret and id comes from the operating system's CSPRNG (K16).

use std::{fmt::Debug, sync::Arc};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// A source of cryptographically secure random bytes.
pub trait Random: Send + Sync + Debug {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// A random source shared by the parts of a service.
pub type SharedRandom = Arc<dyn Random>;

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    #[expect(clippy::disallowed_methods, reason = "the one place where ambient randomness becomes a value")]
    fn fill(&self, buffer: &mut [u8]) {
        if let Err(error) = getrandom::fill(buffer) {
            // Continuing would issue guessable secrets. No input can cause this, only a broken system.
            tracing::error!(%error, "the system's random generator failed; stopping at once");
            std::process::abort();
        }
    }
}

/// `N` random bytes.
pub fn bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut buffer = [0; N];
    random.fill(&mut buffer);
    buffer
}

/// An opaque secret of 256 bits, base64url without padding (43 characters). Store only its hash.
pub fn token(random: &dyn Random) -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>(random))
}

/// A UUID of version 7 (RFC 9562 section 5.7) as text, for ids that sort by the second of their creation. An id is not
/// a secret. A time before 1970 counts as 1970.
pub fn uuid_v7(now_seconds: i64, random: &dyn Random) -> String {
    let millis = u64::try_from(now_seconds).unwrap_or(0).saturating_mul(1000);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes::<10>(random)).into_uuid().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k16_tokens_have_256_bits_and_do_not_repeat() {
        let (one, two) = (token(&OsRandom), token(&OsRandom));
        assert_eq!(URL_SAFE_NO_PAD.decode(&one).map(|raw| raw.len()).ok(), Some(32));
        assert_ne!(one, two);
    }

    #[test]
    fn ids_are_version_7_and_sort_by_time() {
        let (earlier, later) = (uuid_v7(1_700_000_000, &OsRandom), uuid_v7(1_700_000_001, &OsRandom));
        assert_eq!(earlier.as_bytes()[14], b'7');
        assert!(earlier < later);
        assert_ne!(uuid_v7(1_700_000_000, &OsRandom), earlier);
    }

    #[test]
    fn a_time_before_1970_still_gives_an_id() {
        assert!(uuid_v7(-1, &OsRandom).starts_with("00000000-0000-7"));
    }
}
