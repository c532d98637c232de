//! Content pages of the storefront, edited by staff (H7, C3, C4).
//!
//! A page is one row with two copies of its text: the *draft*, which staff edit, and the *published* copy, which the
//! storefront shows. Publishing copies the draft over the published text. Every change names the version that its
//! author saw and is one guarded statement, so that two people who save at once can't overwrite each other unnoticed.
//!
//! - [`rules`]: the rules for a draft; a [`Draft`] can only be created by passing them.
//! - [`body`]: the body format, from text to blocks that a template escapes.
//! - [`store`]: the statements. [`history`]: the events of a page. [`list`]: filters and keyset pages.

pub mod body;
pub mod history;
pub mod list;
pub mod rules;
pub mod store;
#[cfg(test)]
mod tests;

pub use rules::{Draft, Fault, FieldError};

database::record! {
    /// A page as staff see it: the draft and the published copy.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Page {
        /// Opaque identifier, never reused.
        pub id: String,
        /// Last segment of the page's address on the storefront; unique.
        pub slug: String,
        /// Title of the draft.
        pub title: String,
        /// Text of the draft, lines separated by LF; see [`body`].
        pub body: String,
        /// Title on the storefront, if published.
        pub published_title: Option<String>,
        /// Text on the storefront, if published.
        pub published_body: Option<String>,
        /// Unix seconds when the present copy was published.
        pub published_at: Option<i64>,
        /// Who published it (subject in the staff realm).
        pub published_by: Option<String>,
        /// Grows by one with each change; every change names the version that it replaces.
        pub version: i64,
        /// Unix seconds.
        pub created_at: i64,
        /// Unix seconds of the last change of any kind.
        pub updated_at: i64,
        /// Who made the last change (subject in the staff realm).
        pub updated_by: String,
    }
}

impl Page {
    /// Whether the page is published, and with which text.
    pub fn state(&self) -> State {
        if self.published_at.is_none() {
            State::Draft
        } else if self.published_title.as_ref() == Some(&self.title)
            && self.published_body.as_ref() == Some(&self.body)
        {
            State::Published
        } else {
            State::Changed
        }
    }
}

/// Whether a page is published, and with which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The storefront doesn't show it.
    Draft,
    /// The storefront shows exactly the draft.
    Published,
    /// The storefront shows an older text than the draft.
    Changed,
}

impl State {
    /// The stable word used in URLs and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Published => "published",
            State::Changed => "changed",
        }
    }

    /// The inverse of [`State::as_str`].
    pub fn parse(word: &str) -> Option<State> {
        [State::Draft, State::Published, State::Changed].into_iter().find(|state| state.as_str() == word)
    }
}

/// The author, time and reason of a change to a page.
#[derive(Debug, Clone, Copy)]
pub struct Edit<'a> {
    /// Subject in the staff realm.
    pub by: &'a str,
    /// Unix seconds.
    pub at: i64,
    /// The id of the request that makes the change, for the history.
    pub request_id: Option<&'a str>,
    /// The author's reason, for the history.
    pub reason: Option<&'a str>,
}

/// Why a page was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// No page has this id.
    #[error("no such page")]
    NotFound,
    /// Somebody else has changed the page since the caller read it; the value is the page now.
    #[error("the page is at version {}", .0.version)]
    Stale(Box<Page>),
    /// Another page has this slug.
    #[error("another page has this slug")]
    SlugTaken,
    /// The change would give a published page another slug, and break an address that customers know.
    #[error("the page is published under another slug")]
    SlugInUse,
    /// The database failed; the cause is only for the log.
    #[error(transparent)]
    Database(#[from] database::Error),
}

impl ContentError {
    /// The input field and its fault, for mistakes that a person can correct.
    pub fn field(&self) -> Option<FieldError> {
        let fault = match self {
            ContentError::SlugTaken => Fault::SlugTaken,
            ContentError::SlugInUse => Fault::SlugInUse,
            _ => return None,
        };
        Some(FieldError { field: "slug", fault })
    }
}
