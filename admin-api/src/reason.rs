//! The reason for a change that can't be undone, in the author's own words.

use language::Message;
use protocol::typed;

/// Longest reason, in code points.
pub const LONGEST_REASON: usize = 500;

/// The typed reason without surrounding white space, or what is wrong with it.
pub fn read(text: &str) -> Result<&str, Message> {
    let reason = text.trim();
    if typed::without_hidden(reason).is_err() {
        return Err(Message::new("reason-hidden"));
    }
    match reason.chars().count() {
        0 => Err(Message::new("reason-missing")),
        1..=LONGEST_REASON => Ok(reason),
        _ => Err(Message::new("reason-too-long").with("most", LONGEST_REASON)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_words_and_an_end() {
        assert_eq!(read("  Sold out  "), Ok("Sold out"));
        assert_eq!(read(&"a".repeat(LONGEST_REASON)).map(str::len), Ok(LONGEST_REASON));
        for bad in ["", "   ", &"a".repeat(LONGEST_REASON + 1)] {
            assert!(read(bad).is_err(), "{}", bad.len());
        }
    }

    #[test]
    fn e5_a_reason_is_a_line_of_characters_that_can_be_seen() {
        for bad in ["a\0", "a\u{1b}[31m", "a\nb", "a\u{202e}b", "a\u{200b}b", "\u{200b}", "a\u{85}b"] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
