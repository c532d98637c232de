//! Words for whoever started the program. `println!` panics when nobody reads any more or the disk is full: these don't.

use std::{
    fmt::Display,
    io::{self, Write as _},
};

/// Writes a text and a line end to standard output, at once.
///
/// # Errors
/// When it can't be written: nobody reads any more, or the disk is full.
pub fn answer(text: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Writes a text and a line end to standard error. Where that can't be written to there is nobody to tell.
pub fn complain(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A text of somebody else's as a part of one line: nothing in it starts a new one, colours the terminal or turns the
/// direction of writing.
pub fn printable(text: &str) -> String {
    let shown = |c: char| {
        if c.is_control() || is_hidden(c) { c.escape_default().to_string() } else { c.to_string() }
    };
    text.chars().map(shown).collect()
}

/// DEL, C1 controls, line and paragraph separators, bidirectional controls. (JSON itself escapes C0.)
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
