//! The texts that people read, in their language. They are in `idp/languages`, one folder per language; code has their
//! ids only.

use std::sync::LazyLock;

pub use language::filters;
use language::{Catalogue, Language, Localizer, Message};

/// The files of one language, compiled in.
macro_rules! files {
    ($tag:literal) => {
        &[
            include_str!(concat!("../../languages/", $tag, "/common.ftl")),
            include_str!(concat!("../../languages/", $tag, "/sign-in.ftl")),
            include_str!(concat!("../../languages/", $tag, "/account.ftl")),
            include_str!(concat!("../../languages/", $tag, "/upstream.ftl")),
            include_str!(concat!("../../languages/", $tag, "/fields.ftl")),
            include_str!(concat!("../../languages/", $tag, "/mail.ftl")),
            include_str!(concat!("../../languages/", $tag, "/letters.ftl")),
            include_str!(concat!("../../languages/", $tag, "/errors.ftl")),
        ]
    };
}

const FILES: [(Language, &[&str]); 5] = [
    (Language::English, files!("en")),
    (Language::German, files!("de")),
    (Language::French, files!("fr")),
    (Language::Spanish, files!("es")),
    (Language::Arabic, files!("ar")),
];

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(&FILES).0);

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
