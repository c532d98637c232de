//! The language of a request (S29).

use ::language::{Language, accepted};
use http::{HeaderMap, header::ACCEPT_LANGUAGE};

use super::Session;
use crate::realm::Realm;

/// A language that was chosen in a browser, as its cookie has it: the tag, a dot, and Unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The language.
    pub language: Language,
    /// When it was chosen, Unix seconds. A choice counts for more than what an app asked for before it.
    pub chosen_at: i64,
}

impl Saved {
    /// The choice in the browser that sends these headers.
    pub fn read(realm: &Realm, headers: &HeaderMap) -> Option<Self> {
        Self::parse(&realm.cookies.language.read(headers)?)
    }

    fn parse(value: &str) -> Option<Self> {
        let (tag, chosen_at) = value.split_once('.')?;
        Some(Self { language: Language::of_tag(tag)?, chosen_at: chosen_at.parse().ok()? })
    }

    /// The value of the cookie.
    pub fn value(self) -> String {
        format!("{}.{}", self.language.tag(), self.chosen_at)
    }
}

/// The language of a request: that of the account, or the one that was chosen in this browser, or that the browser
/// prefers, or the realm's first.
pub fn language(realm: &Realm, headers: &HeaderMap, session: Option<&Session>) -> Language {
    let offered = &realm.config.languages;
    let of_account = session.and_then(|session| Language::of_tag(session.language.as_deref()?));
    let saved = || Saved::read(realm, headers).map(|saved| saved.language);
    let preferred = || accepted(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?, offered);
    let is_offered = |language: &Language| offered.contains(language);
    of_account
        .filter(is_offered)
        .or_else(|| saved().filter(is_offered))
        .or_else(preferred)
        .unwrap_or_else(|| realm.language())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s29_a_choice_survives_as_a_cookie() {
        let saved = Saved { language: Language::Arabic, chosen_at: 1_764_540_000 };
        assert_eq!(saved.value(), "ar.1764540000");
        assert_eq!(Saved::parse(&saved.value()), Some(saved));
        for value in ["", "de", "de.", "xx.1", "de.x"] {
            assert_eq!(Saved::parse(value), None, "{value}");
        }
    }
}
