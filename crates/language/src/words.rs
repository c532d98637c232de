//! What a page with one message says.

use crate::Message;

/// A heading, and a sentence or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What happened, in a few words.
    pub heading: Message,
    /// What it means and what to do.
    pub sentence: Message,
}

impl Words {
    /// Words with this heading and sentence.
    pub fn new(heading: impl Into<Message>, sentence: impl Into<Message>) -> Self {
        Self { heading: heading.into(), sentence: sentence.into() }
    }
}
