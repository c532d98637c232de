//! Scope values (RFC 6749 section 3.3).

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{catalogue, error::OAuthError};

/// A set of scope tokens. Order and repetition don't matter. It serialises as one space-separated string.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(BTreeSet<String>);

impl Scope {
    /// Reads a space-separated list. An empty string is the empty scope. A character that RFC 6749 section 3.3 doesn't
    /// allow is `invalid_scope`.
    pub fn parse(text: &str) -> Result<Self, OAuthError> {
        let tokens = text.split(' ').filter(|token| !token.is_empty());
        tokens
            .map(|token| if is_token(token) { Ok(token.to_owned()) } else { Err(catalogue::MALFORMED_SCOPE) })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether this token is in the set.
    pub fn contains(&self, token: &str) -> bool {
        self.0.contains(token)
    }

    /// Whether every token is also in `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// Tokens in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self(self.0.intersection(&other.0).cloned().collect())
    }

    /// Tokens in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).cloned().collect())
    }

    /// Tokens for which the test is true.
    #[must_use]
    pub fn filter(&self, test: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|token| test(token)).cloned().collect())
    }

    /// Whether no token is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The tokens in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<'a> FromIterator<&'a str> for Scope {
    /// Collects tokens. Malformed ones are left out.
    fn from_iter<I: IntoIterator<Item = &'a str>>(tokens: I) -> Self {
        Self(
            tokens
                .into_iter()
                .filter(|token| !token.is_empty() && is_token(token))
                .map(str::to_owned)
                .collect(),
        )
    }
}

fn is_token(token: &str) -> bool {
    token.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, token) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            f.write_str(token)?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Scope {
    type Err = OAuthError;

    fn from_str(text: &str) -> Result<Self, OAuthError> {
        Self::parse(text)
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scope(text: &str) -> Scope {
        Scope::parse(text).unwrap()
    }

    #[test]
    fn auth1_order_and_repetition_carry_no_meaning() {
        assert_eq!(scope("email openid  email "), scope("openid email"));
        assert_eq!(scope("openid email").to_string(), "email openid");
        assert!(scope("").is_empty());
    }

    #[test]
    fn characters_outside_rfc_6749_are_invalid_scope() {
        for text in ["a\"b", "a\\b", "a\tb", "caf\u{e9}", "a\u{7f}"] {
            assert_eq!(Scope::parse(text), Err(catalogue::MALFORMED_SCOPE), "{text:?}");
        }
    }

    #[test]
    fn set_operations_mean_what_they_say() {
        let (a, b) = (scope("x y"), scope("y z"));
        assert_eq!(a.intersection(&b), scope("y"));
        assert_eq!(a.union(&b), scope("x y z"));
        assert_eq!(a.filter(|token| !b.contains(token)), scope("x"));
        assert!(scope("y").is_subset(&a) && !a.is_subset(&b));
        assert!(a.contains("x") && !a.contains("z"));
    }

    #[test]
    fn it_is_stored_as_one_string_and_a_bad_string_is_not_read() {
        assert_eq!(serde_json::to_string(&scope("b a")).unwrap(), "\"a b\"");
        assert_eq!(serde_json::from_str::<Scope>("\"a b\"").unwrap(), scope("a b"));
        assert!(serde_json::from_str::<Scope>("\"caf\u{e9}\"").is_err());
        assert!(serde_json::from_str::<Scope>("[\"a\"]").is_err());
    }

    proptest! {
        #[test]
        fn z13_the_parser_is_total_and_what_it_accepts_reads_back_equal(text in ".{0,60}") {
            if let Ok(scope) = Scope::parse(&text) {
                prop_assert_eq!(Scope::parse(&scope.to_string()), Ok(scope));
            }
        }
    }
}
