//! The texts that both services have, and what people read about a status.

use axum::http::StatusCode;
use language::{Catalogue, Texts, Words};

/// The texts of both services. They are in `crates/service/languages`.
pub const TEXTS: Texts = language::texts!("../languages": "common", "errors");

/// The texts of a service with those that both have.
pub fn catalogue(own: &Texts) -> Catalogue {
    Catalogue::of(&[&relying_party::words::TEXTS, &TEXTS, own])
}

/// Words that fit every answer with this status.
pub fn of(status: StatusCode) -> Words {
    let (heading, sentence) = match status.as_u16() {
        401 => ("please-sign-in", "please-sign-in-text"),
        403 => ("not-allowed", "not-allowed-text"),
        404 => ("no-page", "no-page-text"),
        405 => ("not-a-page", "not-a-page-text"),
        408 => ("too-slow", "too-slow-text"),
        409 | 412 | 428 => ("changed-meanwhile", "changed-meanwhile-text"),
        413 => ("too-large", "too-large-text"),
        429 => ("one-moment-please", "too-many-text"),
        400..=499 => ("did-not-work", "incomplete-text"),
        502..=504 => ("one-moment-please", "later-text"),
        _ => ("internal", "internal-text"),
    };
    Words::new(heading, sentence)
}

#[cfg(test)]
mod tests {
    use language::{Language, testing};

    use super::*;

    #[test]
    fn s34_no_words_of_a_status_are_those_of_an_interface() {
        let catalogue = catalogue(&Language::ALL.map(|language| (language, [].as_slice())));
        for code in 400..600 {
            let words = of(StatusCode::from_u16(code).unwrap());
            let say = |message| catalogue.say(Language::English, message);
            let (heading, sentence) = (say(&words.heading), say(&words.sentence));
            let text = format!("{heading} {sentence}").to_lowercase();
            for technical in
                ["parameter", "query", "token", "method", "body", "header", "invalid", "malformed"]
            {
                assert!(!text.contains(technical), "{code}: {text}");
            }
            assert!(sentence.ends_with('.'), "{code}");
        }
    }

    #[test]
    fn s30_every_language_has_every_message_with_its_variables() {
        testing::same_in_every_language(&TEXTS);
    }

    #[test]
    fn s30_every_message_is_named_here_or_by_a_service() {
        let folders = ["crates/service", "shop-api", "admin-api"].map(|of| format!("../../{of}/src"));
        let templates = ["shop-api", "admin-api"].map(|of| format!("../../{of}/templates"));
        let all: Vec<&str> = folders.iter().chain(&templates).map(String::as_str).collect();
        let unnamed = testing::unnamed(&TEXTS, env!("CARGO_MANIFEST_DIR"), &all);
        assert_eq!(unnamed, Vec::<String>::new());
    }
}
