//! What people read, in their language.
//!
//! Code names a text by the id of a [`Message`]. A [`Catalogue`] has the texts of a program in every [`Language`], in
//! the format of Project Fluent, and templates ask it through the [`filters`].

mod catalogue;
pub mod filters;
mod markup;
mod message;
mod moment;
mod negotiate;
mod number;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod texts;
mod words;

pub use catalogue::{Catalogue, Localizer};
pub use message::{Message, Value};
pub use moment::moment;
pub use negotiate::{accepted, wanted};
pub use texts::Texts;
pub use words::Words;

/// A language that pages and mails are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Arabic, written from right to left.
    Arabic,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 5] = [Self::English, Self::German, Self::French, Self::Spanish, Self::Arabic];

    /// Its tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Arabic => "ar",
        }
    }

    /// Its own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
            Self::Spanish => "Español",
            Self::Arabic => "العربية",
        }
    }

    /// `ltr` or `rtl`, as HTML's attribute `dir` has it.
    pub const fn direction(self) -> &'static str {
        if self.is_right_to_left() { "rtl" } else { "ltr" }
    }

    /// Whether it is written from right to left.
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic)
    }

    /// The language of a tag, whatever the tag says about region or script: `de-AT` is German.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s29_a_tag_means_its_language_in_every_region() {
        for (tag, language) in [
            ("en", Some(Language::English)),
            ("de-AT", Some(Language::German)),
            ("FR_ca", Some(Language::French)),
            ("es-419", Some(Language::Spanish)),
            ("ar-EG", Some(Language::Arabic)),
            ("den", None),
            ("", None),
            ("*", None),
        ] {
            assert_eq!(Language::of_tag(tag), language, "{tag}");
        }
    }

    #[test]
    fn s30_one_language_is_written_from_right_to_left() {
        let directions: Vec<_> = Language::ALL.map(Language::direction).to_vec();
        assert_eq!(directions, ["ltr", "ltr", "ltr", "ltr", "rtl"]);
    }
}
