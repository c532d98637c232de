//! One-time codes from an authenticator app (RFC 6238): SHA-1, six digits, 30-second steps, which every app supports.

use std::fmt::{self, Write as _};

use clock::random::{self, Random};
use protocol::{stored_time::LEEWAY, typed};
use qrcode::{Color, QrCode, types::QrError};
use secrecy::{ExposeSecret, SecretBox};
use totp_rs::{Builder, Secret, Totp};
use url::form_urlencoded;

/// Seconds of one time step.
pub const STEP_SECONDS: i64 = 30;
/// How many time steps before and after the present one are accepted (MF2).
const SKEW: i64 = 1;
/// Length of new seeds: 160 bits (MF2, RFC 4226 section 4).
const SEED_BYTES: usize = 20;
/// Length of seeds that another program made: at least 128 bits (RFC 4226 section 4), at most a block of SHA-1.
const SEEDS: std::ops::RangeInclusive<usize> = 16..=64;
/// Longest label in a key URI, in bytes. The time to draw its QR code grows with it, and no app shows more (Q1).
const LABEL_BYTES: usize = 96;
/// White modules around a QR code. Scanners need them.
const QUIET_ZONE: usize = 4;

/// The secret shared with an authenticator app. It is wiped when dropped, never printed, and stored encrypted.
pub struct Seed(SecretBox<Vec<u8>>);

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(..)")
    }
}

impl Seed {
    /// A new seed from the random source.
    pub fn generate(random: &dyn Random) -> Self {
        Self(SecretBox::new(Box::new(random::bytes::<SEED_BYTES>(random).to_vec())))
    }

    /// A seed from its stored bytes; `None` when they are too few or too many.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        SEEDS.contains(&bytes.len()).then(|| Self(SecretBox::new(Box::new(bytes.to_vec()))))
    }

    /// A seed in base32 without padding (RFC 4648), of another program.
    pub fn from_base32(text: &str) -> Option<Self> {
        Self::from_bytes(Secret::try_from_base32(text).ok()?.as_bytes())
    }

    /// The bytes to encrypt and store.
    pub fn expose_bytes(&self) -> &[u8] {
        self.0.expose_secret()
    }

    /// The seed in base32 without padding (RFC 4648), which a person types into an app.
    pub fn base32(&self) -> String {
        Secret::from(self.expose_bytes()).to_base32()
    }

    /// [`Seed::base32`] in groups of four, for reading.
    pub fn grouped(&self) -> String {
        let plain: Vec<char> = self.base32().chars().collect();
        plain.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
    }

    /// The key URI for authenticator apps. A colon separates issuer and account there, so a colon in either becomes a
    /// space.
    pub fn otpauth_uri(&self, issuer: &str, account: &str) -> String {
        let (issuer, account) = (label(issuer), label(account));
        let secret = self.base32();
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period={STEP_SECONDS}"
        )
    }
}

/// Percent-encodes one label and cuts it at [`LABEL_BYTES`]. A space becomes `%20`, because some apps show `+` as it
/// is.
fn label(text: &str) -> String {
    let mut label = String::new();
    for c in text.replace(':', " ").chars() {
        let bytes = c.encode_utf8(&mut [0; 4]).to_owned();
        let encoded =
            form_urlencoded::byte_serialize(bytes.as_bytes()).collect::<String>().replace('+', "%20");
        if label.len() + encoded.len() > LABEL_BYTES {
            break;
        }
        label.push_str(&encoded);
    }
    label
}

/// The time step of a typed code, if it is in the window around `now` (Unix seconds) and newer than `last_step`, the
/// last accepted one. The code may be typed in any notation (S23, S35). The caller stores the step with a statement
/// that requires `last_step < step`, so that each code counts once (MF1). A `last_step` that is
/// [ahead](newest_believable_step) came from a wrong clock and is ignored.
pub fn check(seed: &Seed, code: &str, last_step: Option<i64>, now: i64) -> Option<i64> {
    let code = typed::code(code);
    let totp = totp(seed);
    let present = now.div_euclid(STEP_SECONDS);
    (present - SKEW..=present + SKEW)
        .filter(|step| last_step.is_none_or(|last| *step > last || last > newest_believable_step(now)))
        // The library compares in constant time and accepts exactly six ASCII digits.
        .find(|step| u64::try_from(step * STEP_SECONDS).is_ok_and(|time| totp.check(&code, time).is_some()))
}

/// The newest step that a clock within the leeway can have accepted by now.
pub fn newest_believable_step(now: i64) -> i64 {
    newest_step(now.saturating_add(LEEWAY))
}

/// The newest time step whose code is accepted now.
pub fn newest_step(now: i64) -> i64 {
    now.div_euclid(STEP_SECONDS) + SKEW
}

/// The generator for one seed. It matches only the step of the time that it is asked for.
fn totp(seed: &Seed) -> Totp {
    Builder::new().with_secret(Secret::from(seed.expose_bytes())).with_skew(0).build_noncompliant()
}

/// `uri` as a QR code, in an SVG element without prolog, style and script, as the CSP demands. It is dark on white in
/// dark mode too, because scanners need that. Fails when the URI is too long for a QR code.
pub fn qr_svg(uri: &str) -> Result<String, QrError> {
    let code = QrCode::new(uri)?;
    let width = code.width();
    let side = width + 2 * QUIET_ZONE;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        for (x, color) in row.iter().enumerate() {
            if *color == Color::Dark {
                // Writing into a String can't fail.
                let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET_ZONE, y + QUIET_ZONE);
            }
        }
    }
    Ok(format!(
        r##"<svg class="qr" aria-hidden="true" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The SHA-1 seed of RFC 6238 appendix B.
    fn rfc_seed() -> Seed {
        Seed::from_bytes(b"12345678901234567890").unwrap()
    }

    fn code_at(seed: &Seed, step: i64) -> String {
        totp(seed).generate(u64::try_from(step * STEP_SECONDS).unwrap()).to_string()
    }

    #[test]
    fn mf2_the_vectors_of_rfc_6238_are_accepted() {
        // Appendix B gives eight digits; the six-digit code is their tail.
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(check(&rfc_seed(), code, None, time), Some(time / 30), "{time}");
        }
    }

    #[test]
    fn mf2_the_window_is_one_step_either_way_to_the_second() {
        let seed = rfc_seed();
        let code = code_at(&seed, 1000);
        for (now, accepted) in
            [(29_969, false), (29_970, true), (30_000, true), (30_059, true), (30_060, false)]
        {
            assert_eq!(check(&seed, &code, None, now).is_some(), accepted, "{now}");
        }
    }

    #[test]
    fn mf1_a_step_is_never_accepted_twice_nor_an_older_one_after_it() {
        let seed = rfc_seed();
        let now = 30_000;
        assert_eq!(check(&seed, &code_at(&seed, 1000), None, now), Some(1000));
        assert_eq!(check(&seed, &code_at(&seed, 1000), Some(1000), now), None);
        assert_eq!(check(&seed, &code_at(&seed, 999), Some(1000), now), None);
        assert_eq!(check(&seed, &code_at(&seed, 1001), Some(1000), now), Some(1001));
    }

    #[test]
    fn q4_a_step_that_a_clock_ahead_accepted_refuses_no_code_of_now() {
        let (seed, now) = (rfc_seed(), 30_000);
        let last = newest_believable_step(now);
        assert_eq!(last, 1003, "by a clock that is a minute ahead, of a code that is a step ahead of it");
        let code = code_at(&seed, 1000);
        assert_eq!(check(&seed, &code, Some(last), now), None);
        assert_eq!(check(&seed, &code, Some(last + 1), now), Some(1000));
        assert_eq!(check(&seed, &code, Some(1000 + 2 * 120), now), Some(1000), "two hours ahead");
    }

    #[test]
    fn s23_spaces_dashes_and_digits_of_other_scripts_are_accepted_and_nothing_else_is() {
        let seed = rfc_seed();
        for code in [" 287 082\t", "287-082", "２８７０８２", "\u{200e}287082"] {
            assert_eq!(check(&seed, code, None, 59), Some(1), "{code:?}");
        }
        for code in ["", "28708", "2870820", "+87082", "abcdef", "287083"] {
            assert_eq!(check(&seed, code, None, 59), None, "{code:?}");
        }
    }

    #[test]
    fn mf2_times_before_the_epoch_accept_nothing() {
        let seed = rfc_seed();
        assert_eq!(check(&seed, &code_at(&seed, 0), None, -31), None);
        assert_eq!(check(&seed, &code_at(&seed, 0), None, -1), Some(0), "the step after this one");
    }

    #[test]
    fn mf2_the_key_uri_is_what_the_library_reads_back() {
        let uri = rfc_seed().otpauth_uri("Realmkeep: Staff", "ada+otp@example.com");
        let read = Totp::from_url(&uri).unwrap();
        assert_eq!(read.secret().as_bytes(), rfc_seed().expose_bytes());
        assert_eq!((read.issuer(), read.account_name()), (Some("Realmkeep  Staff"), "ada+otp@example.com"));
        assert_eq!((read.digits(), read.step()), (6, 30));
    }

    #[test]
    fn q1_the_longest_names_make_no_large_picture() {
        let uri = rfc_seed().otpauth_uri(&"Ключ ".repeat(50), &format!("{}@example.com", "/".repeat(242)));
        assert!(uri.len() <= 3 * LABEL_BYTES + 100, "{}", uri.len());
        let read = Totp::from_url(&uri).unwrap();
        assert_eq!(read.secret().as_bytes(), rfc_seed().expose_bytes());
        assert!(read.issuer().is_some_and(|issuer| issuer.starts_with("Ключ Ключ")));
        assert_eq!(read.account_name(), "/".repeat(LABEL_BYTES / 3));
    }

    #[test]
    fn acc5_the_seed_is_grouped_for_reading_and_never_printed() {
        assert_eq!(rfc_seed().base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(rfc_seed().grouped(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(format!("{:?}", rfc_seed()), "Seed(..)");
        assert!(Seed::from_bytes(&[1; 15]).is_none() && Seed::from_bytes(&[1; 65]).is_none());
    }

    #[test]
    fn s5_the_qr_code_is_inline_safe() {
        let svg = qr_svg(&rfc_seed().otpauth_uri("Realmkeep", "ada@example.com")).unwrap();
        assert!(svg.starts_with("<svg ") && svg.contains(r#"aria-hidden="true""#));
        for banned in ["<?xml", "style=", "<script", "http", "onload"] {
            assert!(!svg.contains(banned), "{banned}");
        }
        assert!(qr_svg(&"a".repeat(3000)).is_err());
    }

    proptest! {
        #[test]
        fn z11_no_interleaving_accepts_a_step_twice_or_outside_the_window(
            tries in prop::collection::vec((-3_i64..=3, 0_i64..40), 1..60),
        ) {
            let seed = rfc_seed();
            let (mut now, mut last) = (30_000, None);
            let mut accepted = std::collections::BTreeSet::new();
            for (offset, passed) in tries {
                now += passed;
                let meant = now / STEP_SECONDS + offset;
                let found = check(&seed, &code_at(&seed, meant), last, now);
                if let Some(step) = found {
                    prop_assert!((step - now / STEP_SECONDS).abs() <= SKEW);
                    prop_assert!(accepted.insert(step), "step {} twice", step);
                    last = Some(step);
                } else {
                    let newer = last.is_none_or(|last| meant > last);
                    prop_assert!(offset.abs() > SKEW || !newer, "a good code was refused");
                }
            }
        }
    }
}
