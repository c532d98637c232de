//! Messages on the terminal. Unlike `println!`, these functions don't panic when the pipe is closed or the disk is
//! full.

use std::{
    fmt::Display,
    io::{self, Write as _},
};

/// Writes a text and a line end to standard output, and flushes it.
///
/// # Errors
/// The text can't be written: the pipe is closed, or the disk is full.
pub fn answer(text: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Writes a text and a line end to standard error. A failure is ignored, because there is no other place to report it.
pub fn complain(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Escapes a foreign text for use in one line: no character of it can begin a new line, colour the terminal or change
/// the writing direction.
pub fn printable(text: &str) -> String {
    let shown = |c: char| {
        if c.is_control() || is_hidden(c) { c.escape_default().to_string() } else { c.to_string() }
    };
    text.chars().map(shown).collect()
}

/// Whether a character is DEL, a C1 control, a line or paragraph separator, or a bidirectional control. (JSON itself
/// escapes C0 controls.)
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn z18_a_name_can_neither_start_a_line_nor_colour_a_terminal() {
        assert_eq!(printable("Ünal O'Neil 李"), "Ünal O'Neil 李");
        assert_eq!(printable("a\nb\u{1b}[31m\u{202e}c"), "a\\nb\\u{1b}[31m\\u{202e}c");
    }
}
