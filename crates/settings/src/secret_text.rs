//! Parses a secret from text. Additions of editors and shells are removed, or refused if they could be part of the
//! secret.

/// Why a text is not a usable secret. Contains nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// Nothing but white space.
    #[error("is empty")]
    Empty,
    /// Editors on Windows may add one.
    #[error("begins with a byte-order mark: save it as UTF-8 without one")]
    ByteOrderMark,
    /// In a shell, quotes would not be part of the value.
    #[error("has quotes around the value: leave them away")]
    Quoted,
    /// Only one of the lines would be used.
    #[error("has more than one line: keep the secret alone, with one line end at most")]
    Lines,
    /// An invisible character can't have been intended.
    #[error("holds a control or invisible character")]
    Invisible,
}

/// The secret in a text, without surrounding white space and one final line end.
///
/// # Errors
/// [`Unclear`].
pub fn read(text: &str) -> Result<&str, Unclear> {
    if text.starts_with('\u{feff}') {
        return Err(Unclear::ByteOrderMark);
    }
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.trim().is_empty() {
        return Err(Unclear::Empty);
    }
    if line.contains(['\n', '\r']) {
        return Err(Unclear::Lines);
    }
    let secret = line.trim();
    if secret.contains(is_invisible) {
        return Err(Unclear::Invisible);
    }
    if QUOTES
        .iter()
        .any(|(open, close)| secret.len() > 1 && secret.starts_with(*open) && secret.ends_with(*close))
    {
        return Err(Unclear::Quoted);
    }
    Ok(secret)
}

const QUOTES: [(char, char); 6] = [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('„', '“'), ('‘', '’')];

/// Control characters and characters without width.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pool7_outer_blanks_and_one_line_end_are_no_part_of_a_secret() {
        for text in ["s3 cret", "s3 cret\n", "s3 cret\r\n", "  s3 cret\t\n", "\u{a0}s3 cret "] {
            assert_eq!(read(text), Ok("s3 cret"), "{text:?}");
        }
        assert_eq!(read("it's \"5"), Ok("it's \"5"), "quotes inside belong to it");
    }

    #[test]
    fn pool7_what_nobody_can_have_meant_is_refused_with_what_is_wrong() {
        for (text, fault) in [
            ("", Unclear::Empty),
            (" \n", Unclear::Empty),
            ("\u{feff}s3cret", Unclear::ByteOrderMark),
            ("\"s3cret\"", Unclear::Quoted),
            (" 's3cret' \n", Unclear::Quoted),
            ("“s3cret”", Unclear::Quoted),
            ("s3cret\n\n", Unclear::Lines),
            ("s3cret\nother\n", Unclear::Lines),
            ("s3\rcret", Unclear::Lines),
            ("s3\0cret", Unclear::Invisible),
            ("s3\tcret", Unclear::Invisible),
            ("s3\u{200b}cret", Unclear::Invisible),
            ("s3cret\u{feff}", Unclear::Invisible),
        ] {
            assert_eq!(read(text), Err(fault), "{text:?}");
            assert!(!fault.to_string().contains("cret\u{0}"));
        }
    }
}
