//! Strict parsing of query strings and form bodies.
//!
//! The usual decoders repair their input: they keep a broken escape as text, turn invalid UTF-8 into U+FFFD, and let
//! the last of two equal names win. After such a repair two parties can read one request differently. So here each of
//! these is an error.

use std::{collections::HashSet, fmt};

use crate::{catalogue, error::OAuthError, typed};

/// More pairs than any legitimate request has.
pub const MAX_PAIRS: usize = 64;
/// Longest input in bytes; the same as the body limit of the servers.
pub const MAX_BYTES: usize = 64 * 1024;
/// A parameter that only fills in a field: unwanted characters are removed from it, and don't fail the request.
const HINT: &str = "login_hint";

/// Decoded `application/x-www-form-urlencoded` pairs in the order of the request. Debug output shows names only,
/// because values can be passwords, codes and tokens.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Decodes a query string (without `?`) or a form body.
    ///
    /// Refused as `invalid_request`: a `%` without two hex digits, invalid UTF-8, control characters (C0 with CR, LF
    /// and TAB, DEL, C1), line separators and bidirectional controls, more than [`MAX_PAIRS`] pairs.
    pub fn parse(raw: &[u8]) -> Result<Self, OAuthError> {
        Self::read(raw, is_unwanted)
    }

    /// As [`Params::parse`], for forms that people fill in. Values may also contain characters that come with pasted
    /// text: CR, LF, TAB, line separators and bidirectional controls. [`crate::typed`] handles them.
    pub fn parse_typed(raw: &[u8]) -> Result<Self, OAuthError> {
        let params = Self::read(raw, |c| is_unwanted(c) && !is_pasted(c))?;
        if params.0.iter().any(|(name, _)| name.chars().any(is_unwanted)) {
            return Err(catalogue::CONTROL_CHARACTER);
        }
        Ok(params)
    }

    fn read(raw: &[u8], unwanted: impl Fn(char) -> bool) -> Result<Self, OAuthError> {
        if raw.len() > MAX_BYTES {
            return Err(catalogue::TOO_MANY_PARAMETERS);
        }
        let mut pairs = Vec::new();
        for segment in raw.split(|byte| *byte == b'&').filter(|segment| !segment.is_empty()) {
            if pairs.len() == MAX_PAIRS {
                return Err(catalogue::TOO_MANY_PARAMETERS);
            }
            let mut halves = segment.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let mut value = decode(halves.next().unwrap_or_default())?;
            if name == HINT {
                value = typed::identifier(&value.replace(is_unwanted, ""));
            }
            if name.chars().chain(value.chars()).any(&unwanted) {
                return Err(catalogue::CONTROL_CHARACTER);
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// The value of a parameter that must not repeat. An empty value counts as absent (RFC 6749 section 3.1).
    pub fn one(&self, name: &str) -> Result<Option<&str>, OAuthError> {
        let mut values = self.values(name);
        let value = values.next();
        match values.next() {
            Some(_) => Err(catalogue::REPEATED_PARAMETER),
            None => Ok(value.filter(|value| !value.is_empty())),
        }
    }

    /// The first value under this name, if it is not empty. For forms of this provider's own pages; protocol parameters
    /// are read with [`Params::one`].
    pub fn first(&self, name: &str) -> Option<&str> {
        self.values(name).next().filter(|value| !value.is_empty())
    }

    /// All values under this name that are not empty, in the order of the request.
    pub fn all<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s str> {
        self.values(name).filter(|value| !value.is_empty())
    }

    /// Returns `invalid_request` when any name, known or not, occurs twice.
    pub fn check_no_repeats(&self) -> Result<(), OAuthError> {
        self.unique(|_| true)
    }

    /// As [`Params::check_no_repeats`], except for the one parameter that may repeat.
    pub fn check_no_repeats_but(&self, repeatable: &str) -> Result<(), OAuthError> {
        self.unique(|name| name != repeatable)
    }

    fn unique(&self, among: impl Fn(&str) -> bool) -> Result<(), OAuthError> {
        let mut seen = HashSet::new();
        let mut names = self.0.iter().map(|(name, _)| name.as_str()).filter(|name| among(name));
        if names.all(|name| seen.insert(name)) { Ok(()) } else { Err(catalogue::REPEATED_PARAMETER) }
    }

    /// All pairs in the order of the request.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Encodes the pairs as a form body or query string. Parsing it gives equal pairs.
    pub fn encode(&self) -> String {
        encode(self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    fn values<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Params {
    /// Collects pairs that are already decoded, without checking them.
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// Form-encodes pairs.
pub(crate) fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Form-decodes one name or value, as strictly as [`Params::parse`], but without the check for control characters.
pub(crate) fn decode(raw: &[u8]) -> Result<String, OAuthError> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let high = rest.next().copied().and_then(hex_digit).ok_or(catalogue::MALFORMED_ENCODING)?;
                let low = rest.next().copied().and_then(hex_digit).ok_or(catalogue::MALFORMED_ENCODING)?;
                high << 4 | low
            }
            other => *other,
        });
    }
    String::from_utf8(bytes).map_err(|_| catalogue::MALFORMED_ENCODING)
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Whether a character of [`is_unwanted`] can come with pasted text.
fn is_pasted(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\t') || !c.is_control() && is_unwanted(c)
}

/// Whether a character is in no identifier, token or address, and can deceive a reader of logs or pages.
pub(crate) fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(raw: &str) -> Result<Params, OAuthError> {
        Params::parse(raw.as_bytes())
    }

    #[test]
    fn a6_an_empty_value_is_absent() {
        let params = parse("a=&b&c=1").unwrap();
        assert_eq!(params.one("a"), Ok(None));
        assert_eq!(params.one("b"), Ok(None));
        assert_eq!(params.one("c"), Ok(Some("1")));
        assert_eq!(params.one("d"), Ok(None));
        assert_eq!(params.first("a"), None);
    }

    #[test]
    fn m15_a_repeated_parameter_is_an_error_even_when_unknown_or_empty() {
        let params = parse("scope=a&x=1&x=").unwrap();
        assert_eq!(params.one("x"), Err(catalogue::REPEATED_PARAMETER));
        assert_eq!(params.check_no_repeats(), Err(catalogue::REPEATED_PARAMETER));
        assert_eq!(params.one("scope"), Ok(Some("a")));
        assert_eq!(parse("s%63ope=a&scope=b").unwrap().one("scope"), Err(catalogue::REPEATED_PARAMETER));
        assert_eq!(parse("a=1&b=2").unwrap().check_no_repeats(), Ok(()));
        assert_eq!(parse("=1&=2").unwrap().check_no_repeats(), Err(catalogue::REPEATED_PARAMETER));
    }

    #[test]
    fn tok9_one_parameter_may_repeat_where_it_is_said_so() {
        let params = parse("r=1&r=&r=2&x=1").unwrap();
        assert_eq!(params.check_no_repeats_but("r"), Ok(()));
        assert_eq!(params.all("r").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(params.check_no_repeats(), Err(catalogue::REPEATED_PARAMETER));
        let other = parse("r=1&x=1&x=2").unwrap();
        assert_eq!(other.check_no_repeats_but("r"), Err(catalogue::REPEATED_PARAMETER));
    }

    #[test]
    fn m16_invalid_utf8_and_broken_escapes_are_refused() {
        for raw in ["a=%ff", "a=%", "a=%4", "a=%zz", "%c3=a", "a=%ed%a0%80", "a=%+1"] {
            assert_eq!(parse(raw), Err(catalogue::MALFORMED_ENCODING), "{raw}");
        }
        assert_eq!(Params::parse(b"a=\xff"), Err(catalogue::MALFORMED_ENCODING));
    }

    #[test]
    fn m17_control_and_bidirectional_characters_are_refused() {
        for raw in ["a=%00", "a=%0d%0a", "a=%09", "a=%7f", "a=%c2%85", "a=%e2%80%ae", "%00=a", "a=%e2%80%a8"]
        {
            assert_eq!(parse(raw), Err(catalogue::CONTROL_CHARACTER), "{raw}");
        }
    }

    #[test]
    fn s35_what_people_fill_in_may_hold_what_pasted_text_brings_along() {
        let params = Params::parse_typed(b"body=one%0d%0atwo%09three&name=%e2%80%8fAda%e2%80%ae").unwrap();
        assert_eq!(params.first("body"), Some("one\r\ntwo\tthree"));
        assert_eq!(params.first("name"), Some("\u{200f}Ada\u{202e}"));
        for raw in ["bo%0ady=1", "bo%e2%80%aedy=1", "body=%00", "body=%1b%5b", "body=%c2%85"] {
            assert_eq!(Params::parse_typed(raw.as_bytes()), Err(catalogue::CONTROL_CHARACTER), "{raw}");
        }
    }

    #[test]
    fn s35_what_was_pasted_into_a_hint_fails_no_request() {
        for raw in [
            "%e2%80%aaada%40b.example%e2%80%ac%0d%0a",
            "%ef%bb%bf+ada%40b.example%09",
            "%e2%80%8fada@b.example",
        ] {
            let params = parse(&format!("login_hint={raw}&state=1")).unwrap();
            assert_eq!(params.first("login_hint"), Some("ada@b.example"), "{raw}");
        }
        assert_eq!(parse("login_hint=%e2%80%8f").unwrap().one("login_hint"), Ok(None));
        assert_eq!(parse("login_hint=a%00%1bb").unwrap().first("login_hint"), Some("ab"));
        assert_eq!(parse("state=%e2%80%8f1"), Err(catalogue::CONTROL_CHARACTER), "only a hint");
    }

    #[test]
    fn e5_the_number_of_pairs_and_bytes_is_bounded() {
        let pairs = |n: usize| (0..n).map(|i| format!("p{i}=1")).collect::<Vec<_>>().join("&");
        assert_eq!(parse(&pairs(MAX_PAIRS)).unwrap().pairs().len(), MAX_PAIRS);
        assert_eq!(parse(&pairs(MAX_PAIRS + 1)), Err(catalogue::TOO_MANY_PARAMETERS));
        assert_eq!(parse(&"a".repeat(MAX_BYTES + 1)), Err(catalogue::TOO_MANY_PARAMETERS));
    }

    #[test]
    fn e4_debug_output_shows_names_only() {
        let shown = format!("{:?}", parse("password=hunter2").unwrap());
        assert!(shown.contains("password") && !shown.contains("hunter2"));
    }

    fn pair() -> impl Strategy<Value = (String, String)> {
        ("\\PC{0,12}", "\\PC{0,24}")
    }

    proptest! {
        #[test]
        fn z2_decoding_what_was_encoded_gives_the_same_pairs(pairs in prop::collection::vec(pair(), 0..20)) {
            let params: Params = pairs.iter().cloned().collect();
            prop_assume!(pairs.iter().all(|(n, v)| !n.chars().chain(v.chars()).any(is_unwanted)));
            prop_assert_eq!(parse(&params.encode()), Ok(params));
        }

        #[test]
        fn z2_the_parser_is_total_and_agrees_with_a_second_one_on_what_it_accepts(
            raw in prop::collection::vec(prop_oneof![Just(b'&'), Just(b'='), Just(b'%'), Just(b'+'), any::<u8>(),
                b'0'..=b'9', b'a'..=b'f'], 0..60)
        ) {
            if let Ok(params) = Params::parse(&raw) {
                let other: Vec<(String, String)> = url::form_urlencoded::parse(&raw).into_owned().collect();
                prop_assert_eq!(params.pairs(), other.as_slice());
            }
        }

        #[test]
        fn z2_a_repeat_is_always_seen(
            name in "[a-z]{1,8}", rest in prop::collection::vec(("[a-z]{1,3}", "[a-z]{0,3}"), 0..10),
            at in any::<prop::sample::Index>()
        ) {
            let mut pairs = rest;
            pairs.push((name.clone(), "1".into()));
            pairs.insert(at.index(pairs.len()), (name.clone(), "2".into()));
            let params = parse(&pairs.into_iter().collect::<Params>().encode()).unwrap();
            prop_assert_eq!(params.one(&name), Err(catalogue::REPEATED_PARAMETER));
            prop_assert_eq!(params.check_no_repeats(), Err(catalogue::REPEATED_PARAMETER));
        }
    }
}
