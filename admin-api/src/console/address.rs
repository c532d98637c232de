//! The address of a page and the language of its reader, known before its caller.

use axum::{
    extract::OriginalUri,
    http::{Uri, request::Parts},
};
use language::Language;
use service::language::language_of;
use web::edge::RequestId;

use crate::{paths, state::AppState};

/// The address of a page, known before its caller.
#[derive(Debug, Clone)]
pub(super) struct PageAddress {
    pub request_id: String,
    /// The language of the page.
    pub language: Language,
    /// Path inside the console.
    pub path: String,
    /// The path that a sign-in, or the choice of a language, returns to.
    pub return_to: String,
}

impl PageAddress {
    pub fn of(parts: &Parts, app: &AppState) -> Self {
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let path = uri.path().strip_prefix(app.config.base()).unwrap_or(uri.path());
        let return_to = return_to(app.config.base(), path, uri, parts.method.is_safe());
        let language = language_of(app, parts);
        let RequestId(request_id) = parts.extensions.get().cloned().unwrap_or_default();
        Self { request_id, language, path: path.to_owned(), return_to }
    }
}

/// Where a sign-in from an address, or the choice of a language at it, returns to. `path` is the address inside the
/// console.
fn return_to(base: &str, path: &str, uri: &Uri, is_page: bool) -> String {
    // a form can't be sent again after signing in: return to the page that it was on
    let shown = uri.path().strip_suffix(paths::STATUS).unwrap_or(uri.path());
    match path {
        // parts of signing in or out, and of choosing a language; the query of the callback has a code
        paths::LOGIN | paths::LOGOUT | paths::CALLBACK | paths::SIGNED_OUT | paths::LANGUAGE => {
            format!("{base}{}", paths::HOME)
        }
        _ => uri.path_and_query().filter(|_| is_page).map_or(shown, |whole| whole.as_str()).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s29_pages_are_returned_to_with_their_query_and_a_callback_never_is() {
        for (path, address, is_page, back) in [
            ("/content", "/content?q=a", true, "/content?q=a"),
            ("/content", "/content?q=a", false, "/content"),
            ("/orders/1/status", "/orders/1/status", false, "/orders/1"),
            ("/callback", "/callback?code=c&state=s", true, "/"),
            ("/login", "/login", false, "/"),
            ("/logout", "/logout", false, "/"),
            ("/signed-out", "/signed-out", true, "/"),
            ("/language", "/language?back=%2Forders", true, "/"),
        ] {
            for base in ["", "/admin"] {
                let uri = format!("{base}{address}").parse().unwrap();
                assert_eq!(return_to(base, path, &uri, is_page), format!("{base}{back}"), "{base}{address}");
            }
        }
    }
}
