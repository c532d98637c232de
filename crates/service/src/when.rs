//! Points in time for people.

use time::OffsetDateTime;
use time::format_description::{BorrowedFormatItem, well_known::Rfc3339};
use time::macros::format_description;

const FOR_PEOPLE: &[BorrowedFormatItem<'_>] =
    format_description!("[day padding:none] [month repr:long] [year], [hour]:[minute] UTC");

/// A time as a `<time>` element needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// RFC 3339.
    pub iso: String,
    /// For people.
    pub text: String,
}

impl When {
    /// From Unix seconds; a time that no calendar has is empty.
    pub fn at(seconds: i64) -> Self {
        let time = OffsetDateTime::from_unix_timestamp(seconds).ok();
        let iso = time.and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_default();
        let text = time.and_then(|time| time.format(FOR_PEOPLE).ok()).unwrap_or_default();
        Self { iso, text }
    }
}

#[cfg(test)]
mod tests {
    use super::When;

    #[test]
    fn a_time_is_shown_in_utc() {
        let when = When::at(1_763_713_906);
        assert_eq!(
            (when.iso.as_str(), when.text.as_str()),
            ("2025-11-21T08:31:46Z", "21 November 2025, 08:31 UTC")
        );
        assert_eq!(When::at(i64::MAX).text, "");
    }
}
