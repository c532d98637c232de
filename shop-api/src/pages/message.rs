//! Pages that say one thing: errors among them, with a stable code, the request's id (D11), and a sign-in button where
//! that is the way on.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use problem::Problem;
use service::{CommonError, page};

use super::frame::Frame;
use crate::state::AppState;

/// A page that says one thing.
#[derive(Debug, Template)]
#[template(path = "message.html")]
pub struct Message<'a> {
    /// The frame.
    pub frame: &'a Frame,
    /// Id of the section.
    pub id: &'static str,
    /// In a few words.
    pub heading: &'a str,
    /// In a sentence.
    pub sentence: &'a str,
    /// Where a sign-in from here returns to; `None` offers none.
    pub sign_in: Option<&'a str>,
    /// The stable word of an error.
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

/// The page of a request whose handler panicked: it asks nobody anything.
pub fn panicked(app: &AppState, request_id: &str) -> Response {
    let frame = Frame::plain(app, request_id.to_owned());
    error_page(app, &frame, &CommonError::Internal.problem()).unwrap_or_else(IntoResponse::into_response)
}
