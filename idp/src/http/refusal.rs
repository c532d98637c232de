//! What people read when a request can't be answered. The descriptions of errors are for developers.

use std::borrow::Cow;

use problem::Words;
use protocol::error::{ErrorCode, OAuthError};

use crate::flow::{refusals::Unredirectable, sessions::establish::SESSION_ENDED};

/// A refusal on one of this provider's own pages.
pub fn refused(error: &OAuthError) -> Words {
    match error.code {
        _ if *error == SESSION_ENDED => Words::new(
            "Please sign in again",
            "You were signed out meanwhile, perhaps in another tab. Nothing was changed.",
        ),
        ErrorCode::AccessDenied => Words::new(
            "This setup link does not work any more",
            "A setup link works once and for a limited time. Ask whoever sent it to you for a new one.",
        ),
        ErrorCode::TemporarilyUnavailable => Words::of(axum::http::StatusCode::SERVICE_UNAVAILABLE),
        _ => Words::new(
            "That did not work",
            "What arrived here was not complete, so nothing was changed. Go back to the app and start again.",
        ),
    }
}

/// An authorization request that can't be answered by a redirect to the client (A2).
pub fn unredirectable(what: &Unredirectable, product: &str) -> Words {
    let sentence = match &what.client_name {
        None => format!(
            "The app that sent you here is not known to {product}. Go back to it and start again. If that doesn't \
             help, tell the people who run the app."
        ),
        Some(client) if what.received.as_ref().is_none_or(|uri| !what.registered.contains(uri)) => format!(
            "{client} wants you back at an address that is not registered for it. To protect you we stop here. Tell \
             the people who run the app."
        ),
        Some(client) => format!(
            "{client} asked for something that can't be answered. Go back to it and start again. If that doesn't \
             help, tell the people who run the app."
        ),
    };
    Words::new("This sign-in link does not work", Cow::Owned(sentence))
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
            unredirectable(&what, "Harbour").sentence.into_owned()
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
