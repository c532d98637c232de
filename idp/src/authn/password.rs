//! Which passwords are allowed: normalisation of every typed password (W2), length and blocklist for a new one (S17,
//! S18).

use std::fmt;

use language::Message;
use protocol::typed;
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;
use zxcvbn::feedback::Warning;

use super::common;

/// The most code points a password may have. A longer one is refused, never cut off (W2).
pub const MAX_CODE_POINTS: usize = 128;
/// The most bytes (UTF-8) a password may have, checked before any other work.
pub const MAX_BYTES: usize = 512;
/// How many code points of a password are judged for guessability; more of them make a password no easier to guess. The
/// number is small because a stranger can choose characters that make the judgement slow: at worst 24 take as long as
/// one password hash, 64 ten times and 128 forty times as long (Q1).
const JUDGED: usize = 24;
/// Below this many guesses a password counts as common.
const MIN_GUESSES: u64 = 1_000_000;
/// With this many guesses and more a password is out of reach also for somebody who has its hash.
const STRONG_GUESSES: u64 = 10_000_000_000;
/// Words shorter than this are ignored, because many good passwords contain them.
const MIN_WORD: usize = 3;

/// A password as typed, within the size limits, and normalised to NFC. It is wiped when dropped, and never printed.
#[derive(Clone)]
pub struct Password(SecretString);

impl Password {
    /// The normalised UTF-8 bytes, for hashing.
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }

    fn text(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

/// Why a password can't be used. [`PasswordFault::message`] is for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordFault {
    /// Nothing was typed.
    Empty,
    /// Fewer code points than the realm asks for.
    TooShort {
        /// The realm's minimum in code points.
        min: usize,
    },
    /// More than [`MAX_CODE_POINTS`] or [`MAX_BYTES`].
    TooLong,
    /// It contains an invisible character, which was pasted and can't be typed again.
    Hidden,
    /// It is on the blocklist, or as easy to guess.
    TooCommon {
        /// The message that says why.
        why: &'static str,
    },
    /// It consists mostly of the person's own name or address.
    ContainsYourDetails,
    /// It consists mostly of the product's or the realm's name.
    ContainsProductName,
}

impl PasswordFault {
    /// What to change.
    pub fn message(self) -> Message {
        match self {
            Self::Empty => Message::new("password-empty"),
            Self::TooShort { min } => Message::new("password-too-short").with("least", min),
            Self::TooLong => Message::new("password-too-long").with("most", MAX_CODE_POINTS),
            Self::Hidden => Message::new("password-hidden"),
            Self::TooCommon { why } => Message::new("password-too-common").with("why", Message::new(why)),
            Self::ContainsYourDetails => Message::new("password-of-person"),
            Self::ContainsProductName => Message::new("password-of-product"),
        }
    }
}

/// Normalises a typed password to NFC. An empty or too large one is refused before any hashing (W2).
pub fn normalise(typed: &str) -> Result<Password, PasswordFault> {
    if typed.is_empty() {
        return Err(PasswordFault::Empty);
    }
    if typed.len() > MAX_BYTES {
        return Err(PasswordFault::TooLong);
    }
    let normal: String = typed.nfc().collect();
    if normal.len() > MAX_BYTES || normal.chars().count() > MAX_CODE_POINTS {
        return Err(PasswordFault::TooLong);
    }
    Ok(Password(normal.into()))
}

/// A realm's rules for a new password. There are no composition rules (W3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// The least number of code points: 15 where the password is the only factor, 8 where a second one is always
    /// required (W1).
    pub min_code_points: usize,
    /// Names of product and realm that must not make up a password.
    pub product_words: Vec<String>,
}

/// The message that a password is a common one.
const COMMON: &str = "password-why-common";

impl PasswordPolicy {
    /// Judges a password that somebody wants to set. `user_words` are the person's name, e-mail address and the like,
    /// of bounded length. It can take some hundredths of a second.
    pub fn judge(
        &self,
        password: &Password,
        user_words: &[impl AsRef<str>],
    ) -> Result<Strength, PasswordFault> {
        let text = password.text();
        typed::without_hidden(text).map_err(|_| PasswordFault::Hidden)?;
        if text.chars().count() < self.min_code_points {
            return Err(PasswordFault::TooShort { min: self.min_code_points });
        }
        let own = words(user_words.iter().map(AsRef::as_ref));
        if mostly(text, &own) {
            return Err(PasswordFault::ContainsYourDetails);
        }
        let product = words(self.product_words.iter().map(String::as_str));
        if mostly(text, &product) {
            return Err(PasswordFault::ContainsProductName);
        }
        let inputs: Vec<&str> = own.iter().chain(&product).map(String::as_str).collect();
        let judged: String = text.chars().take(JUDGED).collect();
        let strength = zxcvbn::zxcvbn(&judged, &inputs);
        if strength.guesses() < MIN_GUESSES {
            let warning = strength.feedback().and_then(zxcvbn::feedback::Feedback::warning);
            return Err(PasswordFault::TooCommon { why: reason(warning) });
        }
        // after the estimate, which often knows why a password is common
        if common::is_common(text) {
            return Err(PasswordFault::TooCommon { why: COMMON });
        }
        Ok(if strength.guesses() < STRONG_GUESSES { Strength::Fair } else { Strength::Strong })
    }
}

/// How strong an acceptable password is. It is advice: both are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// Not easy to guess.
    Fair,
    /// Out of reach also for somebody who has its hash.
    Strong,
}

/// The given texts and their parts ("ada@example.com": also "ada", "example"), in small letters, the longest first.
fn words<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words = Vec::new();
    for text in texts {
        let folded: String = text.nfc().collect::<String>().to_lowercase();
        words.extend(folded.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        words.push(folded);
    }
    words.retain(|word| word.chars().count() >= MIN_WORD);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}

/// Whether these words make up at least half of the letters and digits.
fn mostly(password: &str, words: &[String]) -> bool {
    let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let mut rest = password.to_lowercase();
    let all = count(&rest);
    for word in words {
        // A space keeps the parts before and after a removed word from forming a new word.
        rest = rest.replace(word, " ");
    }
    let left = count(&rest);
    left < all && left * 2 <= all
}

/// The message that says why a password is guessable.
fn reason(warning: Option<Warning>) -> &'static str {
    match warning {
        Some(Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess) => {
            "password-why-keyboard"
        }
        Some(
            Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess,
        ) => "password-why-repeats",
        Some(Warning::SequencesLikeAbcAreEasyToGuess) => "password-why-sequence",
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => "password-why-date",
        Some(
            Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
            | Warning::CommonNamesAndSurnamesAreEasyToGuess,
        ) => "password-why-name",
        Some(Warning::AWordByItselfIsEasyToGuess) => "password-why-word",
        _ => COMMON,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    const TOO_COMMON: &str = "too easy to guess";

    fn policy(min_code_points: usize) -> PasswordPolicy {
        PasswordPolicy { min_code_points, product_words: vec!["Realmkeep".into(), "customer".into()] }
    }

    fn judge(min: usize, text: &str) -> Result<(), String> {
        let password = normalise(text).map_err(|fault| words::in_english(&fault.message()))?;
        policy(min)
            .judge(&password, &["ada.lovelace@example.com", "Ada Lovelace"])
            .map(drop)
            .map_err(|fault| words::in_english(&fault.message()))
    }

    #[test]
    fn s20_an_acceptable_password_is_fair_or_strong() {
        let strength = |text| policy(8).judge(&normalise(text).unwrap(), &[""; 0]);
        assert_eq!(strength("vT7-mugx"), Ok(Strength::Fair));
        assert_eq!(strength("lantern orbit walnut"), Ok(Strength::Strong));
        assert!(strength("password1").is_err());
    }

    #[test]
    fn s17_length_counts_code_points_from_the_realms_minimum_to_128() {
        assert_eq!(judge(15, ""), Err("Enter a password.".into()));
        let short = Err("Use at least 15 characters.".into());
        assert_eq!(judge(15, "violet-tram-mu"), short, "14");
        assert_eq!(judge(15, "violet-tram-mug"), Ok(()), "15");
        assert_eq!(judge(15, "🦊🌋🎷🧊🪁🥝🛶🧲🪵🎲🧵🪶🐙🍄"), short, "14 code points in 56 bytes");
        assert_eq!(judge(8, "vT7-mugx"), Ok(()));
        assert!(judge(8, "vT7-mug").is_err());
        let long: String = "violet tram mug. ".chars().cycle().take(128).collect();
        assert_eq!(judge(15, &long), Ok(()), "128");
        assert_eq!(judge(15, &format!("{long}!")), Err("Use at most 128 characters.".into()), "129");
    }

    #[test]
    fn w2_size_is_checked_before_normalisation_and_after() {
        assert_eq!(normalise(&"a".repeat(513)).unwrap_err(), PasswordFault::TooLong);
        assert!(normalise(&"🔑".repeat(128)).is_ok(), "128 code points in 512 bytes");
        // U+1D160 decomposes under NFC into three code points of four bytes each.
        assert_eq!(normalise(&"\u{1D160}".repeat(128)).unwrap_err(), PasswordFault::TooLong);
        assert!(normalise(&"e\u{301}".repeat(128)).is_ok(), "256 typed, 128 normalised");
    }

    #[test]
    fn w3_there_are_no_composition_rules_and_spaces_count() {
        assert_eq!(judge(15, "lantern orbit walnut"), Ok(()));
        assert_eq!(judge(15, "фонарь орбита орех"), Ok(()));
        assert_eq!(judge(15, "   lantern  orbit   "), Ok(()), "nothing is trimmed");
    }

    #[test]
    fn s18_a_common_password_is_refused_that_looks_hard_to_guess() {
        for text in ["chegevara", "CheGevara", "cochabamb", "e6pz84qfcj"] {
            let message = judge(8, text).unwrap_err();
            assert!(message.ends_with("It is on lists of common passwords, or close to one."), "{message}");
        }
        assert_eq!(judge(8, "chegevara-marimba"), Ok(()));
    }

    #[test]
    fn s18_the_blocklist_says_why() {
        for (text, why) in [
            ("passwordpassword", "It repeats the same characters."),
            ("aaaaaaaaaaaaaaaaaaaa", "It repeats the same characters."),
            ("abcdefghijklmnopqrst", "It counts up or follows the alphabet."),
            ("qwertyuiopqwertyuiop", "It repeats the same characters."),
        ] {
            let message = judge(15, text).unwrap_err();
            assert!(message.contains(TOO_COMMON) && message.ends_with(why), "{text}: {message}");
        }
        for text in [
            "password1",
            "P@ssw0rd1",
            "trustno1",
            "iloveyou2",
            "12345678",
            "11111111",
            "qwertyui",
            "19840612",
        ] {
            assert!(judge(8, text).unwrap_err().contains(TOO_COMMON), "{text}");
        }
    }

    #[test]
    fn s18_a_persons_own_words_are_refused_with_that_reason() {
        for text in
            ["adalovelace1815!!", "LOVELACE-lovelace", "ada.lovelace@example.com", "ecalevol lovelace"]
        {
            let message = judge(15, text).unwrap_err();
            assert!(message.contains("your own name or e-mail address"), "{text}: {message}");
        }
        assert_eq!(judge(15, "ada likes violet trams and mugs"), Ok(()), "a mention is no majority");
    }

    #[test]
    fn s18_product_and_realm_words_are_refused_with_that_reason() {
        for text in ["realmkeep-customer", "RealmKeep2026!!!", "customercustomer"] {
            let message = judge(15, text).unwrap_err();
            assert!(message.contains("the name of this service"), "{text}: {message}");
        }
    }

    #[test]
    fn s35_a_new_password_holds_nothing_that_nobody_sees() {
        for mark in ['\u{200b}', '\u{200e}', '\u{feff}', '\u{202e}', '\u{ad}', '\t', '\n'] {
            for text in [
                format!("{mark}lantern orbit walnut"),
                format!("lantern{mark} orbit walnut"),
                format!("lantern orbit walnut{mark}"),
            ] {
                assert!(judge(15, &text).unwrap_err().contains("nobody can see"), "{text:?}");
            }
        }
        assert_eq!(judge(15, "lantern orbit walnut 👩\u{200d}💻"), Ok(()));
        assert!(
            normalise("lantern\u{200b} orbit walnut").is_ok(),
            "one from before this rule still signs in"
        );
    }

    #[test]
    fn q1_no_more_of_a_password_is_judged_than_takes_as_long_as_a_hash() {
        let common: String = "a".repeat(JUDGED);
        assert!(judge(15, &format!("{common}violet-tram-mug")).unwrap_err().contains(TOO_COMMON));
        // every character can stand for several letters, so there are thousands of ways to read the password
        let costly: String = "4@8({[<369!1|70$5+%2".chars().cycle().take(128).collect();
        assert_eq!(judge(15, &costly), Ok(()));
    }

    #[test]
    fn w2_a_password_is_never_printed() {
        let password = normalise("violet-tram-mug").unwrap();
        assert_eq!(format!("{password:?}"), "Password(..)");
    }
}
