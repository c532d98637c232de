//! What staff read about a content page: the ids of the messages, and colours by meaning.

use commerce::content::{State, history::What};

/// The state in words, and the CSS class that colours it.
pub fn state(state: State) -> (&'static str, &'static str) {
    match state {
        State::Draft => ("state-draft", "neutral"),
        State::Published => ("state-published", "good"),
        State::Changed => ("state-changed", "warn"),
    }
}

/// An event of the history.
pub fn event(what: What) -> &'static str {
    match what {
        What::Created => "event-created",
        What::Saved => "event-saved",
        What::SavedAndPublished => "event-saved-published",
        What::Published => "event-published",
        What::Unpublished => "event-unpublished",
    }
}

/// What a change led to, by the word in the address of the page that follows it.
pub fn done(word: &str) -> Option<&'static str> {
    match word {
        "created" => Some("done-created"),
        "saved" => Some("done-saved"),
        "published" => Some("done-published"),
        "unpublished" => Some("done-unpublished"),
        _ => None,
    }
}
