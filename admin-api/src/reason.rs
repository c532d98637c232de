//! The reason for a change that can't be undone, in the author's own words.

/// Longest reason, in code points.
pub const LONGEST_REASON: usize = 500;

/// The typed reason without surrounding white space, or what is wrong with it.
pub fn read(typed: &str) -> Result<&str, &'static str> {
    let reason = typed.trim();
    match reason.chars().count() {
        0 => Err("Say in a few words why."),
        1..=LONGEST_REASON => Ok(reason),
        _ => Err("Say it in at most 500 characters."),
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
}
