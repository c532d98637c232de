//! Rules for the catalogue: nothing is missing, and nothing is there that no code names (S30).

use language::testing;

use super::*;

#[test]
fn s30_every_language_has_every_message_with_its_variables() {
    testing::same_in_every_language(&TEXTS);
}

#[test]
fn s30_every_message_is_named_by_code_or_a_template() {
    let unnamed = testing::unnamed(&TEXTS, env!("CARGO_MANIFEST_DIR"), &["src", "templates"]);
    assert_eq!(unnamed, Vec::<String>::new());
}

#[test]
fn s29_a_letter_is_in_the_language_of_its_reader() {
    let offered = [Language::German, Language::French];
    for (locale, request, language) in [
        (Some("fr-CA"), Some(Language::German), Language::French),
        (Some("es"), Some(Language::French), Language::French),
        (None, Some(Language::French), Language::French),
        (Some("es"), None, Language::German),
        (None, None, Language::German),
    ] {
        assert_eq!(of_account(&offered, locale, request), language, "{locale:?} {request:?}");
    }
}
