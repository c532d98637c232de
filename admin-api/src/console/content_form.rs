//! The form on which content is written: what was typed or stored, and what is said about it.

use commerce::content::{FieldError, Page};
use protocol::params::Params;

/// The text in the form's fields, as typed.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
}

impl Input {
    /// What the browser sent.
    pub fn sent(params: &Params) -> Input {
        let field = |name| params.first(name).unwrap_or_default().to_owned();
        Input { slug: field("slug"), title: field("title"), body: field("body").replace("\r\n", "\n") }
    }

    /// What is stored.
    pub fn stored(page: &Page) -> Input {
        Input { slug: page.slug.clone(), title: page.title.clone(), body: page.body.clone() }
    }
}

/// Everything a rendering of the form depends on.
#[derive(Debug, Default)]
pub struct View<'p> {
    /// The page as it is stored; `None` for one that doesn't exist yet.
    pub page: Option<&'p Page>,
    /// The text in the fields.
    pub input: Input,
    /// The version that the next save is meant for.
    pub version: i64,
    /// What has to be corrected.
    pub errors: Vec<FieldError>,
    /// Whether the stored page is somebody else's newer version (C3).
    pub conflict: bool,
    /// What was just done.
    pub done: Option<&'static str>,
    /// Whether taking the page off the storefront is asked about first, and what is wrong with the reason given.
    pub question: Option<Question>,
    /// Why the text isn't saved, when the stored page doesn't matter for it.
    pub unsaved: Option<Unsaved>,
}

/// The question before a page is taken off the storefront.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The reason as typed.
    pub reason: String,
    /// What is wrong with it.
    pub error: Option<&'static str>,
}

/// Why a text isn't saved, and the way on.
#[derive(Debug, Clone)]
pub struct Unsaved {
    /// Where its form leads, inside the console.
    pub path: String,
    /// In a sentence or two.
    pub sentence: String,
    /// The stable word.
    pub code: &'static str,
    /// Where a sign-in returns to; `None` offers none.
    pub sign_in: Option<String>,
}
