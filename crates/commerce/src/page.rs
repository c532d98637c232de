//! Cursors for lists. Every list is ordered by an id that grows with time, newest or oldest first.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;

/// The most rows in one answer.
pub const MAX_LIMIT: i64 = 100;

/// The position in a list after which the next page begins; opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// After the row `id`.
    pub fn after(id: &str) -> Self {
        Self(id.to_owned())
    }

    /// Parses a cursor that a client sent back; `None` when the text isn't one.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let id = String::from_utf8(bytes).ok()?;
        let id = id.strip_prefix(PREFIX)?;
        is_id(id).then(|| Self(id.to_owned()))
    }

    pub(crate) fn id(&self) -> &str {
        &self.0
    }
}

/// Distinguishes a cursor from other base64url texts, and this version of cursors from later ones.
const PREFIX: &str = "1:";

/// Whether the text has the form of an id: a UUID in lower case.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(format!("{PREFIX}{}", self.0)))
    }
}

/// The requested part of a list.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// The position to start after; `None` starts at the beginning.
    pub after: Option<Cursor>,
    /// The most rows, from 1 to [`MAX_LIMIT`]; other values are clamped to that range.
    pub limit: i64,
}

impl Window {
    /// The first `limit` rows.
    pub fn first(limit: i64) -> Self {
        Self { after: None, limit }
    }

    pub(crate) fn limit(&self) -> i64 {
        self.limit.clamp(1, MAX_LIMIT)
    }

    pub(crate) fn after_id(&self) -> Option<&str> {
        self.after.as_ref().map(Cursor::id)
    }

    /// Makes a page from rows that were read with one more than the limit.
    pub(crate) fn page<T>(&self, mut rows: Vec<T>, id: impl Fn(&T) -> &str) -> Page<T> {
        let limit = usize::try_from(self.limit()).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = more.then(|| rows.last().map(|row| Cursor::after(id(row)))).flatten();
        Page { items: rows, next }
    }
}

/// Part of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Cursor of the next page, when there is one.
    pub next: Option<Cursor>,
}

impl Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0192f0c1-7a00-7abc-8def-0123456789ab";

    #[test]
    fn r6_a_cursor_comes_back_as_it_went_out() {
        let cursor = Cursor::after(ID);
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
    }

    #[test]
    fn z16_anything_else_is_no_cursor() {
        let foreign = URL_SAFE_NO_PAD.encode("1:' OR 1=1");
        let unprefixed = URL_SAFE_NO_PAD.encode(ID);
        let upper = URL_SAFE_NO_PAD.encode(format!("1:{}", ID.to_uppercase()));
        let padded = format!("{}=", Cursor::after(ID));
        for text in ["", "x", ID, &foreign, &unprefixed, &upper, &padded, "é"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }

    #[test]
    fn r6_a_limit_is_bounded() {
        assert_eq!(Window::first(0).limit(), 1);
        assert_eq!(Window::first(i64::MAX).limit(), MAX_LIMIT);
    }

    #[test]
    fn a_page_has_a_next_cursor_only_when_rows_are_left() {
        let row = |n: u8| format!("0192f0c1-7a00-7abc-8def-0123456789{n:02x}");
        let page = Window::first(2).page(vec![row(1), row(2), row(3)], String::as_str);
        assert_eq!(page.items.len(), 2);
        assert_eq!(page.next, Some(Cursor::after(&row(2))));
        assert_eq!(Window::first(2).page(vec![row(1), row(2)], String::as_str).next, None);
    }
}
