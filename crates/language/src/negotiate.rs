//! Chooses a language by what an app or a browser asks for.

use crate::Language;

/// The first offered language of a list of tags with blanks between them (`ui_locales` of OpenID Connect Core section
/// 3.1.2.1, most wanted first).
pub fn wanted(tags: &str, offered: &[Language]) -> Option<Language> {
    tags.split_whitespace().filter_map(Language::of_tag).find(|language| offered.contains(language))
}

/// The offered language that a browser likes best (`Accept-Language`, RFC 9110 section 12.5.4). Of equally liked ones
/// the first counts.
pub fn accepted(header: &str, offered: &[Language]) -> Option<Language> {
    let mut best: Option<(Language, f32)> = None;
    for range in header.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let Some(language) = parts.next().and_then(Language::of_tag) else { continue };
        let weight =
            parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse).unwrap_or(0.0);
        if weight > best.map_or(0.0, |(_, weight)| weight) && offered.contains(&language) {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language::{Arabic, English, French, German};

    #[test]
    fn s29_a_browser_gets_the_language_that_it_likes_best() {
        for (header, language) in [
            ("de", Some(German)),
            ("de-AT,de;q=0.9,en;q=0.8", Some(German)),
            ("en;q=0.3, fr;q=0.7", Some(French)),
            ("ja, ar;q=0.5", Some(Arabic)),
            ("fr, de", Some(French)),
            ("en;q=0", None),
            ("de;q=x, en;q=0.1", Some(English)),
            ("es", None),
            ("*", None),
            ("", None),
            (",;,;q=1", None),
        ] {
            assert_eq!(accepted(header, &[English, German, French, Arabic]), language, "{header}");
        }
    }

    #[test]
    fn s29_an_app_gets_the_first_language_that_there_is() {
        let offered = [English, German];
        assert_eq!(wanted("fr-CA de-DE en", &offered), Some(German));
        assert_eq!(wanted("fr", &offered), None);
        assert_eq!(wanted("", &offered), None);
    }
}
