//! Numbers as they are written in a language. Digits are European ones in every language.

use crate::Language;

/// A number of the smallest units, such as cents, of which `places` digits stand behind the decimal mark.
pub(crate) fn decimal(language: Language, units: i64, places: u8) -> String {
    let (group, mark) = separators(language);
    let places = usize::from(places);
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = places + 1);
    let (whole, rest) = digits.split_at(digits.len() - places);
    // Spanish groups the digits of a number from five on
    let group = if language == Language::Spanish && whole.len() < 5 { "" } else { group };
    let sign = if units < 0 { "-" } else { "" };
    let mark = if places == 0 { "" } else { mark };
    [sign, &grouped(whole, group), mark, rest].concat()
}

/// What stands between three digits and three digits, and before the decimal places.
fn separators(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::English | Language::Arabic => (",", "."),
        Language::German | Language::Spanish => (".", ","),
        Language::French => ("\u{202f}", ","),
    }
}

fn grouped(digits: &str, separator: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s29_a_number_has_the_marks_of_its_language() {
        for (language, small, large) in [
            (Language::English, "1,234.50", "12,345,678.90"),
            (Language::German, "1.234,50", "12.345.678,90"),
            (Language::French, "1\u{202f}234,50", "12\u{202f}345\u{202f}678,90"),
            (Language::Spanish, "1234,50", "12.345.678,90"),
            (Language::Arabic, "1,234.50", "12,345,678.90"),
        ] {
            assert_eq!(decimal(language, 123_450, 2), small);
            assert_eq!(decimal(language, 1_234_567_890, 2), large);
        }
        for (units, places, text) in [
            (5, 2, "0.05"),
            (0, 2, "0.00"),
            (1250, 0, "1,250"),
            (1250, 3, "1.250"),
            (-1999, 2, "-19.99"),
            (i64::MIN, 2, "-92,233,720,368,547,758.08"),
        ] {
            assert_eq!(decimal(Language::English, units, places), text);
        }
    }
}
