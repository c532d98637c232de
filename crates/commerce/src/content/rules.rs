//! The rules for a draft.

/// Longest slug, in bytes (it is ASCII).
pub const MAX_SLUG: usize = 80;
/// Longest title, in code points.
pub const MAX_TITLE: usize = 150;
/// Longest body, in bytes: percent-encoded, it still fits into the 64 KiB of a form.
pub const MAX_BODY: usize = 20_000;

/// One mistake in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the input field: `slug`, `title` or `body`.
    pub field: &'static str,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a field of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is no slug.
    SlugMissing,
    /// The slug is longer than [`MAX_SLUG`].
    SlugTooLong,
    /// The slug isn't words of small letters and digits, joined by single hyphens.
    SlugMalformed,
    /// Another page has the slug.
    SlugTaken,
    /// The page is on the storefront under another slug.
    SlugInUse,
    /// There is no title.
    TitleMissing,
    /// The title is longer than [`MAX_TITLE`].
    TitleTooLong,
    /// The title has a character that nobody sees, or a line break.
    TitleHidden,
    /// The body is longer than [`MAX_BODY`].
    BodyTooLong,
    /// The body has a character that nobody sees.
    BodyHidden,
}

/// The text of a page that passed every rule; only [`Draft::new`] creates one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    slug: String,
    title: String,
    body: String,
}

impl Draft {
    /// Checks the three fields and reports all mistakes together. Line ends become LF, and spaces around the slug and
    /// the title are removed; nothing else is changed.
    pub fn new(slug: &str, title: &str, body: &str) -> Result<Draft, Vec<FieldError>> {
        let draft = Draft {
            slug: slug.trim().to_owned(),
            title: title.trim().to_owned(),
            body: body.replace("\r\n", "\n").replace('\r', "\n"),
        };
        let faults = [
            ("slug", slug_fault(&draft.slug)),
            ("title", title_fault(&draft.title)),
            ("body", body_fault(&draft.body)),
        ];
        let errors: Vec<FieldError> = faults
            .into_iter()
            .filter_map(|(field, fault)| fault.map(|fault| FieldError { field, fault }))
            .collect();
        if errors.is_empty() { Ok(draft) } else { Err(errors) }
    }

    /// Last segment of the page's address.
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// Title, on one line.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Text, lines separated by LF.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The text that a search is matched against, case-folded here because the two databases fold differently.
    pub(super) fn search_text(&self) -> String {
        fold(&format!("{} {}", self.slug, self.title))
    }
}

/// Case folding for [`Draft::search_text`] and search words.
pub(super) fn fold(text: &str) -> String {
    text.to_lowercase()
}

fn slug_fault(slug: &str) -> Option<Fault> {
    let plain =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if slug.is_empty() {
        Some(Fault::SlugMissing)
    } else if slug.len() > MAX_SLUG {
        Some(Fault::SlugTooLong)
    } else if !slug.split('-').all(plain) {
        Some(Fault::SlugMalformed)
    } else {
        None
    }
}

fn title_fault(title: &str) -> Option<Fault> {
    if title.is_empty() {
        Some(Fault::TitleMissing)
    } else if title.chars().count() > MAX_TITLE {
        Some(Fault::TitleTooLong)
    } else if title.chars().any(is_unwanted) {
        Some(Fault::TitleHidden)
    } else {
        None
    }
}

fn body_fault(body: &str) -> Option<Fault> {
    if body.len() > MAX_BODY {
        Some(Fault::BodyTooLong)
    } else if body.chars().any(|c| c != '\n' && c != '\t' && is_unwanted(c)) {
        Some(Fault::BodyHidden)
    } else {
        None
    }
}

/// C0 and C1 control characters, and characters that change the direction of text (E5).
fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(slug: &str, title: &str, body: &str) -> Vec<&'static str> {
        Draft::new(slug, title, body).err().unwrap_or_default().iter().map(|e| e.field).collect()
    }

    #[test]
    fn h7_all_mistakes_are_reported_together() {
        assert_eq!(fields("Not A Slug", "", "bell \u{7}"), ["slug", "title", "body"]);
    }

    #[test]
    fn h7_a_slug_is_lower_case_words_joined_by_hyphens() {
        for good in ["a", "about-us", "2026", "a-1-b"] {
            assert!(fields(good, "t", "").is_empty(), "{good}");
        }
        let long = "a".repeat(MAX_SLUG + 1);
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "a/b", "..", "é", "a b", &long] {
            assert_eq!(fields(bad, "t", ""), ["slug"], "{bad}");
        }
    }

    #[test]
    fn e5_controls_and_bidi_overrides_are_refused() {
        for bad in ["\0", "\u{1b}[0m", "\u{85}", "\u{202E}", "\u{2066}"] {
            assert_eq!(fields("a", &format!("t{bad}t"), bad), ["title", "body"], "{bad:?}");
        }
        assert_eq!(fields("a", "two\nlines", "two\nlines"), ["title"]);
    }

    #[test]
    fn h7_a_title_is_measured_in_code_points_and_a_body_in_bytes() {
        assert!(fields("a", &"é".repeat(MAX_TITLE), &"é".repeat(MAX_BODY / 2)).is_empty());
        assert_eq!(fields("a", &"é".repeat(MAX_TITLE + 1), &"é".repeat(MAX_BODY / 2 + 1)), ["title", "body"]);
    }

    #[test]
    fn h7_line_ends_become_lf() {
        let draft = Draft::new(" a ", " t ", "one\r\ntwo\rthree\n").unwrap();
        assert_eq!((draft.slug(), draft.title(), draft.body()), ("a", "t", "one\ntwo\nthree\n"));
    }
}
