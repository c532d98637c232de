//! Pages with one message. An error has its stable code, the request's id (D11), and a sign-in button if signing in
//! helps.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use problem::Problem;
use service::{CommonError, page};

use super::frame::Frame;
use crate::state::AppState;

/// A page with one message.
#[derive(Debug, Template)]
#[template(path = "message.html")]
pub struct Message<'a> {
    /// The frame.
    pub frame: &'a Frame,
    /// The `id` attribute of the section.
    pub id: &'static str,
    /// Heading.
    pub heading: &'a str,
    /// A sentence.
    pub sentence: &'a str,
    /// The path that a sign-in from here returns to; `None` for no sign-in button.
    pub sign_in: Option<&'a str>,
    /// The stable code of an error.
    pub code: Option<&'a str>,
}

/// The page of an error.
pub fn error_page(app: &AppState, frame: &Frame, problem: &Problem) -> Result<Response, CommonError> {
    let wants_sign_in = problem.status == StatusCode::UNAUTHORIZED || problem.wants_sign_in;
    let words = problem.for_people();
    let message = Message {
        frame,
        id: "error-page",
        heading: &words.heading,
        sentence: &words.sentence,
        sign_in: (wants_sign_in && !frame.csrf.is_empty()).then_some(frame.path.as_str()),
        code: Some(problem.code),
    };
    page::render(app, problem.status, &message)
}

/// The page of a request whose handler panicked. Needs no database and no realm.
pub fn panicked(app: &AppState, request_id: &str) -> Response {
    let frame = Frame::plain(app, request_id.to_owned());
    error_page(app, &frame, &CommonError::Internal.problem()).unwrap_or_else(IntoResponse::into_response)
}
