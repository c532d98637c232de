//! Turns an error into a page: a plain sentence, a stable code and the request's id, with the same status and headers
//! (D11).
//!
//! Every failure answers with a [`Problem`], and with [`Words`] beside it where those of its status are too general. The
//! middleware [`error_pages`] around all routes of pages shows them as a page of the service, except on paths for
//! programs.

use std::sync::{Arc, OnceLock};

use axum::{
    extract::{Request, State},
    http::{
        HeaderName, Method,
        header::{ALLOW, RETRY_AFTER, SET_COOKIE, WWW_AUTHENTICATE},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use language::Words;
use problem::Problem;

use crate::{error::CommonError, words};

/// Headers of a problem that its page keeps: for the next step, and cookies.
const KEPT: [HeaderName; 4] = [WWW_AUTHENTICATE, ALLOW, RETRY_AFTER, SET_COOKIE];

/// A request for a page of the service with the state `S`: its caller, and the data that every page shows.
pub trait PageRequest<S>: Clone + Sized + Send + Sync + 'static {
    /// Identifies the caller.
    fn load(parts: &mut Parts, app: &S) -> impl Future<Output = Result<Self, CommonError>> + Send;

    /// The page of a problem, which shows the words. Without `request` the browser is unknown, so no form on the page would work.
    fn error_page(
        app: &S,
        parts: &Parts,
        request: Option<&Self>,
        problem: &Problem,
        words: &Words,
    ) -> Result<Response, CommonError>;
}

/// The caller as the handler's extractor found it, kept for an error page so that it is identified only once.
#[derive(Debug, Clone)]
struct Found<P>(Arc<OnceLock<Option<P>>>);

/// Identifies the caller for the handler, and notes the result for a possible error page. Called by extractors.
///
/// # Errors
/// Those of [`PageRequest::load`].
pub async fn load<S: Sync, P: PageRequest<S>>(parts: &mut Parts, app: &S) -> Result<P, CommonError> {
    let loaded = P::load(parts, app).await;
    note(parts, loaded.as_ref().ok());
    loaded
}

/// Notes the caller for a possible error page; `None` if it can't be identified.
pub fn note<P: Clone + Send + Sync + 'static>(parts: &Parts, request: Option<&P>) {
    if let Some(Found(found)) = parts.extensions.get::<Found<P>>() {
        // the first note counts
        let _ = found.set(request.cloned());
    }
}

/// Middleware that turns an answer with a problem into a page.
pub async fn error_pages<S, P>(State(app): State<S>, request: Request, next: Next) -> Response
where
    S: Clone + Send + Sync + 'static,
    P: PageRequest<S>,
{
    let (mut parts, body) = request.into_parts();
    if is_for_programs(parts.uri.path()) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let found = Found::<P>(Arc::default());
    parts.extensions.insert(found.clone());
    let mut asked = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    // the error page changes nothing, whatever the request's method was
    asked.method = Method::GET;
    if found.0.get().is_none() {
        // `load` notes the result
        let _ = load::<S, P>(&mut asked, &app).await;
    }
    let request = found.0.get().and_then(Option::as_ref);
    let words = response.extensions_mut().remove().unwrap_or_else(|| words::of(problem.status));
    match P::error_page(&app, &asked, request, &problem, &words) {
        Ok(mut page) => {
            keep_headers(&response, &mut page);
            page
        }
        Err(_) => problem.into_response(),
    }
}

/// Copies the headers of the problem to its page.
pub fn keep_headers(problem: &Response, page: &mut Response) {
    for name in KEPT {
        for value in problem.headers().get_all(&name) {
            page.headers_mut().append(&name, value.clone());
        }
    }
}

/// Whether the path is for programs: its answers are always JSON.
pub fn is_for_programs(path: &str) -> bool {
    let below =
        |folder| path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    ["/api", "/.well-known", "/health"].into_iter().any(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web10_programs_get_json_below_their_own_folders_only() {
        for path in ["/api", "/api/", "/api/orders", "/.well-known/x", "/health/live"] {
            assert!(is_for_programs(path), "{path}");
        }
        for path in ["/", "/apis", "/orders/api", "/healthy", "/admin/api/orders"] {
            assert!(!is_for_programs(path), "{path}");
        }
    }
}
