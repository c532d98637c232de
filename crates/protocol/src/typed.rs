//! Text that people type or paste into a field. Text copied from office programs, chats and phones contains invisible
//! characters. They are removed where they can't be intended, and reported where they might be.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// An identifier such as an e-mail address or a login hint, without invisible characters and without blanks around it.
pub fn identifier(typed: &str) -> String {
    let visible: String = typed.chars().filter(|c| !is_invisible(*c)).collect();
    visible.trim().to_owned()
}

/// A one-time or recovery code: without blanks, dashes and invisible characters, and with the digits of every script
/// and wide letters as ASCII. It isn't checked whether this is a possible code.
pub fn code(typed: &str) -> String {
    let meant = |c: &char| !(is_invisible(*c) || c.is_whitespace() || c.is_control() || is_dash(*c));
    let characters: String = typed.nfkc().filter(meant).map(|c| digit(c).unwrap_or(c)).collect();
    // a removed character may have separated a letter from its accent
    characters.nfc().collect()
}

/// A name without blanks and invisible characters around it.
///
/// # Errors
/// There is an invisible character inside the name. Only the person can say what was intended.
pub fn name(typed: &str) -> Result<String, Hidden> {
    let name = typed.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let name: String = name.nfc().collect();
    without_hidden(&name)?;
    Ok(name)
}

/// Checks that a text that is used unchanged, such as a password, contains no invisible character.
///
/// # Errors
/// It contains one.
pub fn without_hidden(text: &str) -> Result<(), Hidden> {
    if visible(text) == text { Ok(()) } else { Err(Hidden) }
}

/// The visible part of a text, to show it again.
pub fn visible(text: &str) -> String {
    let mut before = None;
    let seen = |c: &char| {
        let seen = !is_break(*c) && (!is_invisible(*c) || is_joined(before, *c));
        before = Some(*c);
        seen
    };
    text.chars().filter(seen).collect()
}

/// The text contains an invisible character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a character that can't be seen")]
pub struct Hidden;

/// Whether a character is a control or a line end. A field with one line contains none.
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether an invisible character has a meaning for the one before it: joiners in Persian and Hindi, the parts of an
/// emoji. After a Latin letter or at the beginning it has none.
fn is_joined(before: Option<char>, c: char) -> bool {
    let joins = matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e007f}');
    joins && before.is_some_and(|before| !before.is_ascii_alphabetic() && !before.is_whitespace())
}

/// Whether a character has no glyph: those that every renderer ignores (Unicode's `Default_Ignorable_Code_Point`, among
/// them zero-width characters, the byte-order mark and direction marks), and the leftovers of anchors in office
/// documents.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffc}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Every kind of hyphen and dash, and the minus sign.
fn is_dash(c: char) -> bool {
    c == '\u{2212}' || c.general_category() == GeneralCategory::DashPunctuation
}

/// The ASCII digit for a decimal digit of any script. In Unicode such digits are in runs of ten, from zero to nine.
fn digit(c: char) -> Option<char> {
    let is_digit = |c: char| c.general_category() == GeneralCategory::DecimalNumber;
    if c.is_ascii() || !is_digit(c) {
        return None;
    }
    let before = (0..u32::from(c)).rev().map_while(char::from_u32).take_while(|c| is_digit(*c)).count();
    char::from_digit(u32::try_from(before % 10).ok()?, 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Characters that office programs, chats and right-to-left pages put around and into copied text.
    const INVISIBLE: [char; 12] = [
        '\u{feff}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}',
        '\u{2066}', '\u{2069}', '\u{ad}', '\u{2060}',
    ];

    #[test]
    fn s35_digits_of_every_script_are_digits() {
        for typed in ["123456", "１２３４５６", "١٢٣٤٥٦", "۱۲۳۴۵۶", "१२३४५६", "𝟏𝟐𝟑𝟒𝟓𝟔", "𝟙𝟚𝟛𝟜𝟝𝟞", "๑๒๓๔๕๖"]
        {
            assert_eq!(code(typed), "123456", "{typed}");
        }
        assert_eq!(code("٠９0"), "090");
    }

    #[test]
    fn s35_blanks_and_dashes_in_a_code_are_nothing() {
        for typed in [
            "123 456",
            "123-456",
            "123–456",
            "123—456",
            "123\u{2011}456",
            "123−456",
            "123\u{a0}456\r\n",
            "\t123　456",
        ] {
            assert_eq!(code(typed), "123456", "{typed:?}");
        }
        assert_eq!(code("ＡＢ1２-cd"), "AB12cd");
        assert_eq!(code("C¸"), "Ç", "a cedilla that stands alone is a blank with a cedilla");
        assert_ne!(code("123.456"), "123456", "what else stands between is not guessed at");
    }

    #[test]
    fn s35_a_name_keeps_what_spells_it() {
        for (typed, meant) in [
            (" Ada Lovelace\t", "Ada Lovelace"),
            ("\u{feff}\u{200e}Ada\u{200f} ", "Ada"),
            ("علی\u{200c}رضا", "علی\u{200c}رضا"),
            ("क्\u{200d}ष", "क्\u{200d}ष"),
            ("Ada ❤\u{fe0f} 👩\u{200d}💻", "Ada ❤\u{fe0f} 👩\u{200d}💻"),
            ("Zoe\u{308}", "Zoë"),
            ("Å", "Å"),
            ("", ""),
        ] {
            assert_eq!(name(typed).as_deref(), Ok(meant), "{typed:?}");
        }
    }

    #[test]
    fn s35_what_nobody_sees_inside_a_name_or_a_password_is_told() {
        for hidden in INVISIBLE.into_iter().chain(['\t', '\n', '\u{2028}', '\u{7f}']) {
            assert_eq!(name(&format!("Ada{hidden}Lovelace")), Err(Hidden), "{hidden:?}");
            assert_eq!(without_hidden(&format!("{hidden}velvet tundra")), Err(Hidden), "{hidden:?}");
        }
        assert_eq!(name("\u{212a}\u{200d}a"), Err(Hidden), "a Kelvin sign is a K");
        assert_eq!(visible("Ada\u{200b}\t Love\u{202e}lace"), "Ada Lovelace");
        assert_eq!(without_hidden("velvet tundra 👩\u{200d}💻"), Ok(()));
        assert_eq!(without_hidden("  velvet  tundra "), Ok(()), "blanks of a password count");
    }

    proptest! {
        #[test]
        fn s35_invisible_characters_never_change_an_identifier(
            text in "\\PC{0,20}",
            marks in prop::collection::vec((0_usize..24, prop::sample::select(&INVISIBLE[..])), 0..8),
        ) {
            let mut chars: Vec<char> = text.chars().collect();
            for (at, mark) in marks {
                chars.insert(at.min(chars.len()), mark);
            }
            let pasted = format!("\u{feff} {}\t\r\n", chars.into_iter().collect::<String>());
            prop_assert_eq!(identifier(&pasted), identifier(&text));
        }

        #[test]
        fn s35_what_was_cleaned_stays_as_it_is(text in "\\PC{0,20}|[\\x00-\\u{2fff}]{0,20}") {
            let once = identifier(&text);
            prop_assert_eq!(identifier(&once), once.clone());
            let once = code(&text);
            prop_assert_eq!(code(&once), once.clone());
            if let Ok(once) = name(&text) {
                prop_assert_eq!(name(&once), Ok(once.clone()));
            }
        }

        #[test]
        fn s35_a_code_survives_every_way_of_writing_it(digits in "[0-9]{6}", zero in prop::sample::select(vec!['0', '０', '٠', '۰', '०', '𝟎'])) {
            let written: String = digits
                .chars()
                .filter_map(|c| char::from_u32(u32::from(zero) + c.to_digit(10)?))
                .flat_map(|c| [c, ' ', '‑'])
                .collect();
            prop_assert_eq!(code(&written), digits);
        }
    }
}
