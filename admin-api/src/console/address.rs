//! The address of a page and the language of its reader, known before its caller.

use axum::{extract::OriginalUri, http::request::Parts};
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
        // a form can't be sent again after signing in: return to the page that it was on
        let safe = parts.method.is_safe();
        let shown = uri.path().strip_suffix(paths::STATUS).unwrap_or(uri.path());
        let return_to = uri.path_and_query().filter(|_| safe).map_or(shown, |whole| whole.as_str());
        let language = language_of(parts);
        let RequestId(request_id) = parts.extensions.get().cloned().unwrap_or_default();
        Self { request_id, language, path: path.to_owned(), return_to: return_to.to_owned() }
    }
}
