//! The texts of this crate. They are in `crates/relying-party/languages`; services add their own to them.

use std::sync::LazyLock;

use language::{Catalogue, Language, Message, Texts};

/// The texts: refusals, and what is told about a sign-in.
pub const TEXTS: Texts = language::texts!("../languages": "refusals");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(&[&TEXTS]));

/// A message as plain text.
pub(crate) fn say(language: Language, message: &Message) -> String {
    CATALOGUE.say(language, message)
}

/// How a sign-in ended without a session, by the word that the callback adds to the start page's address.
pub fn outcome(word: &str) -> Option<Message> {
    Some(Message::new(match word {
        "cancelled" => "sign-in-cancelled",
        "expired" => "sign-in-expired",
        "no-cookies" => "sign-in-no-cookies",
        "failed" => "sign-in-failed",
        "unavailable" => "sign-in-unavailable",
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use language::testing;

    use super::*;

    #[test]
    fn s30_every_language_has_every_message_with_its_variables() {
        testing::same_in_every_language(&TEXTS);
    }

    #[test]
    fn s30_every_message_is_named_by_code() {
        let unnamed = testing::unnamed(&TEXTS, env!("CARGO_MANIFEST_DIR"), &["src"]);
        assert_eq!(unnamed, Vec::<String>::new());
    }
}
