//! Pages with one message: errors, and the invitation to sign in.

use std::borrow::Cow;

use askama::Template;
use axum::{http::header::SET_COOKIE, response::Response};
use problem::{Problem, Words};
use service::{CommonError, page};

use super::frame::Frame;
use crate::state::AppState;

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage {
    frame: Frame,
    heading: Cow<'static, str>,
    sentence: Cow<'static, str>,
    code: &'static str,
}

/// The invitation to sign in.
#[derive(Debug, Template)]
#[template(path = "landing.html")]
pub struct LandingPage<'a> {
    /// The frame.
    pub frame: Frame,
    /// A message for the person.
    pub notice: Option<String>,
    /// The path that the sign-in returns to.
    pub return_to: &'a str,
    /// URL of the storefront.
    pub shop_url: &'a str,
}

/// The page of an error. If signing in helps, it is the invitation to sign in.
pub fn error_page(
    app: &AppState,
    frame: Frame,
    return_to: &str,
    problem: &Problem,
) -> Result<Response, CommonError> {
    let Words { heading, sentence } = problem.for_people();
    if problem.wants_sign_in {
        let notice = Some(format!("{heading}. {sentence}"));
        let shop_url = &app.service().other.url;
        return page::render(app, problem.status, &LandingPage { frame, notice, return_to, shop_url });
    }
    page::render(app, problem.status, &MessagePage { frame, heading, sentence, code: problem.code })
}

/// The page of an error when the browser is unknown: it has no forms, because they wouldn't work.
pub fn plain(app: &AppState, request_id: &str, problem: &Problem) -> Result<Response, CommonError> {
    let Words { heading, sentence } = problem.for_people();
    let frame = Frame::new(app, request_id, "", None);
    let message = MessagePage { frame, heading, sentence, code: problem.code };
    let mut page = page::render(app, problem.status, &message)?;
    if problem.wants_sign_in {
        // clears the cookie of a session that can't be used here: otherwise the person couldn't start a new sign-in
        let forget = app.relying_party.config().session.cookie.clear();
        page.headers_mut().append(SET_COOKIE, forget);
    }
    Ok(page)
}
