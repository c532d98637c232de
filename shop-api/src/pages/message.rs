//! Pages with one message. An error has its stable code, the request's id (D11), and a sign-in button if signing in
//! helps.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use language::{Message, Words};
use problem::Problem;
use service::{CommonError, filters, words};

use super::frame::Frame;
use crate::state::AppState;

/// A page with one message.
#[derive(Debug, Template)]
#[template(path = "message.html")]
pub struct MessagePage<'a> {
    /// The frame.
    pub frame: &'a Frame,
    /// The `id` attribute of the section.
    pub id: &'static str,
    /// Heading.
    pub heading: &'a Message,
    /// A sentence.
    pub sentence: &'a Message,
    /// The path that a sign-in from here returns to; `None` for no sign-in button.
    pub sign_in: Option<&'a str>,
    /// The stable code of an error.
    pub code: Option<&'a str>,
}

/// The page of an error.
pub fn error_page(
    app: &AppState,
    frame: &Frame,
    problem: &Problem,
    Words { heading, sentence }: &Words,
) -> Result<Response, CommonError> {
    let wants_sign_in = problem.status == StatusCode::UNAUTHORIZED || problem.wants_sign_in;
    let page = MessagePage {
        frame,
        id: "error-page",
        heading,
        sentence,
        sign_in: (wants_sign_in && !frame.csrf.is_empty()).then_some(frame.path.as_str()),
        code: Some(problem.code),
    };
    frame.render(app, problem.status, &page)
}

/// The page of a request whose handler panicked. Needs no database and no realm, and is in the shop's own language.
pub fn panicked(app: &AppState, request_id: &str) -> Response {
    let frame = Frame::plain(app, app.service().language(), request_id.to_owned());
    let problem = CommonError::Internal.problem();
    let page = error_page(app, &frame, &problem, &words::of(problem.status));
    page.unwrap_or_else(IntoResponse::into_response)
}
