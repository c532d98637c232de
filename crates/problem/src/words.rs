//! Texts of error pages: what happened and what to do next, in plain words.
//!
//! A [`Problem`](crate::Problem) is written for programs. A page never shows its title or detail, but its words, or by
//! default those of its status (S34).

use std::borrow::Cow;

use axum::http::StatusCode;

/// A heading and a sentence or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What happened, in a few words.
    pub heading: Cow<'static, str>,
    /// What it means and what to do.
    pub sentence: Cow<'static, str>,
}

impl Words {
    /// Words with this heading and sentence.
    pub fn new(heading: impl Into<Cow<'static, str>>, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self { heading: heading.into(), sentence: sentence.into() }
    }

    /// Words that fit every answer with this status.
    pub fn of(status: StatusCode) -> Self {
        let (heading, sentence) = match status.as_u16() {
            401 => ("Please sign in", "This page is for people who are signed in."),
            403 => ("You can't do this", "Your account isn't allowed to do this. Nothing was changed."),
            404 => ("This page does not exist", "Check the address, or start from the beginning."),
            405 => (
                "This is not a page",
                "This address only takes what a button on one of our pages sends. Start from the beginning.",
            ),
            408 => (
                "That took too long",
                "What you sent did not arrive in time. Check your connection, go back and try again.",
            ),
            409 | 412 | 428 => (
                "Something has changed meanwhile",
                "Nothing of yours was changed. Go back, load the page again and repeat what you wanted to do.",
            ),
            413 => ("That is too much", "What you sent is too long. Go back, shorten it and try again."),
            429 => {
                ("One moment, please", "You are faster than we can follow. Wait a moment, then try again.")
            }
            400..=499 => (
                "That did not work",
                "What arrived here was not complete, so nothing was changed. Go back, load the page again and try once \
                 more.",
            ),
            502..=504 => (
                "One moment, please",
                "This can't be done at the moment, and nothing was changed. Wait a moment, then try again.",
            ),
            _ => (
                "Something went wrong",
                "Something went wrong on our side. It is not your fault. If it happens again, tell us the request below.",
            ),
        };
        Self::new(heading, sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s34_no_words_of_a_status_are_those_of_an_interface() {
        for code in 400..600 {
            let words = Words::of(StatusCode::from_u16(code).unwrap());
            let text = format!("{} {}", words.heading, words.sentence).to_lowercase();
            for technical in
                ["parameter", "query", "token", "method", "body", "header", "invalid", "malformed"]
            {
                assert!(!text.contains(technical), "{code}: {text}");
            }
            assert!(words.sentence.ends_with('.'), "{code}");
        }
    }
}
