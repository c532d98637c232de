//! The texts that people read, in their language. They are in `admin-api/languages`, one folder per language; those
//! that the storefront has too are in the crates below.

use std::sync::LazyLock;

use language::{Catalogue, Language, Localizer, Message, Texts};

/// The texts of the console.
pub(crate) const TEXTS: Texts = language::texts!("../languages": "console", "content", "orders");

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| service::words::catalogue(&TEXTS));

/// What templates are rendered with.
pub fn localizer(language: Language) -> Localizer {
    CATALOGUE.localizer(language)
}

/// A message in the language of answers for programs.
pub fn in_english(message: &Message) -> String {
    CATALOGUE.say(Language::English, message)
}
