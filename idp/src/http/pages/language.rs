//! The page on which people choose the language of the pages.

use ::language::Language;
use askama::Template;

use super::{Frame, filters};

/// Every language that the realm offers, by its own name. Posts `language` and `back`.
#[derive(Debug, Clone, Template)]
#[template(path = "language.html")]
pub struct LanguagePage {
    pub frame: Frame,
    /// Where the form posts to.
    pub action: String,
    pub csrf: String,
    /// The languages.
    pub languages: Vec<Language>,
    /// The page that the person came from.
    pub back: String,
}
