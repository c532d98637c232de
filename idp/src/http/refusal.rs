//! What people read when a request can't be answered. The descriptions of errors are for developers.

use axum::http::StatusCode;
use language::Message;
pub use language::Words;
use protocol::error::{ErrorCode, OAuthError};

use crate::flow::{refusals::Unredirectable, sessions::establish::SESSION_ENDED};

/// A refusal on one of this provider's own pages.
pub fn refused(error: &OAuthError) -> Words {
    let (heading, sentence) = match error.code {
        _ if *error == SESSION_ENDED => ("error-sign-in-again", "error-sign-in-again-text"),
        ErrorCode::AccessDenied => ("error-setup-link", "error-setup-link-text"),
        ErrorCode::TemporarilyUnavailable => ("error-one-moment", "error-later-text"),
        _ => ("error-did-not-work", "error-incomplete-text"),
    };
    Words::new(heading, Message::new(sentence))
}

/// A body that could not be read as a form.
pub fn bad_form(status: StatusCode) -> Words {
    let (heading, sentence) = match status {
        StatusCode::REQUEST_TIMEOUT => ("error-too-slow", "error-too-slow-text"),
        StatusCode::PAYLOAD_TOO_LARGE => ("error-too-large", "error-too-large-text"),
        _ => ("error-did-not-work", "error-bad-form-text"),
    };
    Words::new(heading, Message::new(sentence))
}

/// An authorization request that can't be answered by a redirect to the client (A2).
pub fn unredirectable(what: &Unredirectable, product: &str) -> Words {
    let sentence = match &what.client_name {
        None => Message::new("error-unknown-app-text").with("product", product),
        Some(client) if what.received.as_ref().is_none_or(|uri| !what.registered.contains(uri)) => {
            Message::new("error-unregistered-text").with("app", client)
        }
        Some(client) => Message::new("error-unanswerable-text").with("app", client),
    };
    Words::new("error-sign-in-link", sentence)
}

/// An error's description as a sentence. A first word that is a parameter's name keeps its small letter.
pub fn for_developers(description: &str) -> String {
    let names_a_parameter = description.split(' ').next().is_some_and(|word| word.contains('_'));
    if names_a_parameter {
        return format!("{description}.");
    }
    let mut chars = description.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn d11_a_sentence_starts_with_a_capital_unless_it_starts_with_a_parameter() {
        assert_eq!(for_developers("the code is not valid"), "The code is not valid.");
        assert_eq!(for_developers("redirect_uri is not registered"), "redirect_uri is not registered.");
        assert_eq!(for_developers(""), ".");
    }

    #[test]
    fn s34_an_apps_mistake_is_told_without_words_of_the_protocol() {
        let error = OAuthError::new(ErrorCode::InvalidRequest, "redirect_uri is missing");
        let registered = vec!["https://books.example/cb".to_owned()];
        let of = |client: Option<&str>, received: Option<&str>| {
            let what = Unredirectable {
                error,
                client_name: client.map(str::to_owned),
                received: received.map(str::to_owned),
                registered: registered.clone(),
            };
            words::in_english(&unredirectable(&what, "Harbour").sentence)
        };
        assert!(of(None, None).starts_with("The app that sent you here is not known to Harbour."));
        assert!(of(Some("Books"), Some("https://evil.example/")).contains("not registered for it"));
        assert!(of(Some("Books"), None).contains("not registered for it"));
        assert!(of(Some("Books"), Some("https://books.example/cb")).starts_with("Books asked for something"));
        for text in [of(None, None), of(Some("Books"), None)] {
            assert!(!text.contains("redirect_uri") && !text.contains("parameter"), "{text}");
        }
    }
}
