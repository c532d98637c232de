//! Pages with one message: errors, and the invitation to sign in.

use askama::Template;
use axum::{
    http::{header::SET_COOKIE, request::Parts},
    response::Response,
};
use language::{Message, Words};
use problem::Problem;
use service::{CommonError, filters, page};

use super::{address::PageAddress, frame::Frame};
use crate::{state::AppState, words::localizer};

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage<'a> {
    frame: Frame,
    heading: &'a Message,
    sentence: &'a Message,
    code: &'static str,
}

/// The invitation to sign in.
#[derive(Debug, Template)]
#[template(path = "landing.html")]
pub struct LandingPage<'a> {
    /// The frame.
    pub frame: Frame,
    /// A message for the person.
    pub notice: Option<Message>,
    /// The path that the sign-in returns to.
    pub return_to: &'a str,
    /// URL of the storefront.
    pub shop_url: &'a str,
}

/// A heading and a sentence on one line.
pub fn notice(Words { heading, sentence }: &Words) -> Message {
    Message::new("notice").with("heading", heading).with("sentence", sentence)
}

/// The page of an error. If signing in helps, it is the invitation to sign in.
pub fn error_page(
    app: &AppState,
    frame: Frame,
    return_to: &str,
    problem: &Problem,
    words: &Words,
) -> Result<Response, CommonError> {
    let reader = localizer(frame.language);
    if problem.wants_sign_in {
        let (notice, shop_url) = (Some(notice(words)), &app.service().other.url);
        let page = LandingPage { frame, notice, return_to, shop_url };
        return page::render(app, problem.status, &reader, &page);
    }
    let Words { heading, sentence } = words;
    page::render(app, problem.status, &reader, &MessagePage { frame, heading, sentence, code: problem.code })
}

/// The page of an error when the browser is unknown: it has no forms, because they wouldn't work.
pub fn plain(
    app: &AppState,
    parts: &Parts,
    problem: &Problem,
    words: &Words,
) -> Result<Response, CommonError> {
    without_forms(app, plain_frame(app, parts), problem, words)
}

/// The page for a network from which no page of the console can be used, so it doesn't link to the choice of a language
/// either.
pub fn not_from_here(
    app: &AppState,
    parts: &Parts,
    problem: &Problem,
    words: &Words,
) -> Result<Response, CommonError> {
    let frame = Frame { language_url: None, ..plain_frame(app, parts) };
    without_forms(app, frame, problem, words)
}

fn plain_frame(app: &AppState, parts: &Parts) -> Frame {
    Frame::new(app, &PageAddress::of(parts, app), "", None)
}

fn without_forms(
    app: &AppState,
    frame: Frame,
    problem: &Problem,
    Words { heading, sentence }: &Words,
) -> Result<Response, CommonError> {
    let reader = localizer(frame.language);
    let message = MessagePage { frame, heading, sentence, code: problem.code };
    let mut page = page::render(app, problem.status, &reader, &message)?;
    if problem.wants_sign_in {
        // clears the cookie of a session that can't be used here: otherwise the person couldn't start a new sign-in
        let forget = app.relying_party.config().session.cookie.clear();
        page.headers_mut().append(SET_COOKIE, forget);
    }
    Ok(page)
}
