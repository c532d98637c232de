//! The texts that people read, in their language. They are in `idp/languages`, one folder per language; code has their
//! ids only.

use std::sync::LazyLock;

pub use language::filters;
use language::{Catalogue, Language, Localizer, Message, Texts};

const TEXTS: Texts = language::texts!("../../languages": "common", "sign-in", "account", "upstream", "fields", "mail", "letters", "errors");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(&[&TEXTS]));

/// What templates are rendered with.
pub fn localizer(language: Language) -> Localizer {
    CATALOGUE.localizer(language)
}

/// A message as plain text.
pub fn say(language: Language, message: &Message) -> String {
    CATALOGUE.say(language, message)
}

/// A message in the language of commands, logs and copies of data.
pub fn in_english(message: &Message) -> String {
    say(Language::English, message)
}

/// The language of a mail to the owner of an account: that of the account, or that of the request by which the
/// mail was asked for, or else the realm's first.
pub fn of_account(offered: &[Language], account: Option<&str>, request: Option<Language>) -> Language {
    let own = account.and_then(Language::of_tag).filter(|language| offered.contains(language));
    own.or(request).or_else(|| offered.first().copied()).unwrap_or(Language::English)
}

#[cfg(test)]
mod tests;
