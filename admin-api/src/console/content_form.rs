//! The data of the content form: the typed or stored text, and messages about it.

use commerce::content::{FieldError, Page};
use language::Message;
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
    /// The text that the browser sent.
    pub fn sent(params: &Params) -> Input {
        let field = |name| params.first(name).unwrap_or_default().to_owned();
        Input { slug: field("slug"), title: field("title"), body: field("body").replace("\r\n", "\n") }
    }

    /// The stored text.
    pub fn stored(page: &Page) -> Input {
        Input { slug: page.slug.clone(), title: page.title.clone(), body: page.body.clone() }
    }
}

/// The data for rendering the form.
#[derive(Debug, Default)]
pub struct View<'p> {
    /// The stored page; `None` for a new page.
    pub page: Option<&'p Page>,
    /// The text in the fields.
    pub input: Input,
    /// The version that the next save replaces.
    pub version: i64,
    /// Mistakes to correct.
    pub errors: Vec<FieldError>,
    /// Whether the stored page is a newer version by somebody else (C3).
    pub conflict: bool,
    /// A message about the change that was just made.
    pub done: Option<&'static str>,
    /// The confirmation of unpublishing, if it is asked for.
    pub question: Option<Question>,
    /// Why the text isn't saved, for reasons other than the stored page.
    pub unsaved: Option<Unsaved>,
}

/// The confirmation before a page is unpublished.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The reason as typed.
    pub reason: String,
    /// What is wrong with the reason.
    pub error: Option<Message>,
}

/// Why a text isn't saved, and what the person can do.
#[derive(Debug, Clone)]
pub struct Unsaved {
    /// The path that the form is sent to, inside the console.
    pub path: String,
    /// A sentence or two.
    pub sentence: Message,
    /// The stable code.
    pub code: &'static str,
    /// The path that a sign-in returns to; `None` for no sign-in button.
    pub sign_in: Option<String>,
}
