//! Refusals on the way become pages: those of the guard's own routes, and of the allow-list (D11).

use axum::extract::{FromRequestParts, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use problem::Problem;

use super::desk::Desk;
use super::fault::PageFault;
use crate::app::AppState;
use crate::error::Fault;

/// Middleware of the guard's routes for browsers: an answer that carries a problem becomes a page with its status and
/// headers.
pub async fn as_pages(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut asked = parts.clone();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if is_for_programs(asked.uri.path()) {
        return response;
    }
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    // the page only shows something, whatever the request wanted to change
    asked.method = Method::GET;
    let fault = Fault::Told(Box::new(problem));
    let page = match Desk::from_request_parts(&mut asked, &app).await {
        Ok(desk) => desk.fault(fault),
        Err(_) => PageFault::plain(&app, &asked, fault),
    };
    let mut page = page.into_response();
    relying_party::refusal::keep_headers(&response, &mut page);
    page
}

/// The answer to somebody of whom nothing should be looked up.
pub fn refusal(app: &AppState, asked: &Parts, fault: Fault) -> Response {
    if is_for_programs(asked.uri.path()) {
        return fault.into_response();
    }
    PageFault::plain(app, asked, fault).into_response()
}

/// Where answers are JSON, whatever they say.
pub fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path.starts_with("/.well-known/")
}
