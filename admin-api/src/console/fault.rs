//! How a page says no.

use std::borrow::Cow;

use askama::Template;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use problem::Words;

use super::desk::Spot;
use super::frame::{Frame, Person};
use crate::app::AppState;
use crate::error::Fault;

pub(super) fn respond(app: &AppState, status: StatusCode, html: String) -> Response {
    let mut response = (status, Html(html)).into_response();
    app.settings().policy.apply(response.headers_mut());
    response
}

/// A fault as a page.
#[derive(Debug)]
pub struct PageFault(pub(super) Box<Refused>);

#[derive(Debug)]
pub(super) struct Refused {
    pub app: AppState,
    pub spot: Spot,
    /// `None` when nothing is known of the browser: no form on the page would work.
    pub forms: Option<Forms>,
    pub fault: Fault,
}

/// What the forms on a page that says no may do.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    pub csrf: String,
    /// The realm can't be asked about the session: ending it is all that is left.
    pub can_sign_out: bool,
    /// Who is signed in, with the way to everything else (C7).
    pub person: Option<Person>,
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage {
    frame: Frame,
    heading: Cow<'static, str>,
    sentence: Cow<'static, str>,
    code: &'static str,
}

#[derive(Template)]
#[template(path = "landing.html")]
pub(super) struct LandingPage {
    pub frame: Frame,
    pub notice: Option<String>,
    pub return_to: String,
    pub shop_url: Option<String>,
}

impl Refused {
    fn html(&self) -> Result<String, askama::Error> {
        let problem = self.fault.problem();
        let (csrf, can_sign_out, person) = match &self.forms {
            Some(forms) => (forms.csrf.as_str(), forms.can_sign_out, forms.person.clone()),
            None => ("", false, None),
        };
        let mut frame = Frame::new(&self.app, &self.spot.request_id, csrf, person);
        frame.can_sign_out |= can_sign_out;
        let Words { heading, sentence } = problem.for_people();
        match (&self.fault, &self.forms) {
            (Fault::Refused(refusal), Some(_)) if refusal.wants_sign_in() => LandingPage {
                frame,
                notice: Some(format!("{heading}. {sentence}")),
                return_to: self.spot.return_to.clone(),
                shop_url: self.app.settings().shop_url.clone(),
            }
            .render(),
            _ => MessagePage { frame, heading, sentence, code: problem.code }.render(),
        }
    }
}

impl IntoResponse for PageFault {
    fn into_response(self) -> Response {
        match self.0.html() {
            Ok(html) => self.dress(respond(&self.0.app, self.0.fault.problem().status, html)),
            Err(error) => Fault::from(error).into_response(),
        }
    }
}

impl PageFault {
    /// A fault of a request whose browser nobody looked up.
    pub fn plain(app: &AppState, parts: &Parts, fault: Fault) -> PageFault {
        PageFault(Box::new(Refused { app: app.clone(), spot: Spot::of(parts, app), forms: None, fault }))
    }

    /// Adds the headers of this fault to a page that says it.
    pub fn dress(&self, mut response: Response) -> Response {
        let PageFault(refused) = self;
        if let Fault::Refused(refusal) = &refused.fault {
            let challenge = refusal.challenge().and_then(|text| HeaderValue::from_str(&text).ok());
            response.headers_mut().extend(challenge.map(|value| (header::WWW_AUTHENTICATE, value)));
            if refused.forms.is_none() && refusal.wants_sign_in() {
                // a session that can never do here: forget it, or the person couldn't start again
                response
                    .headers_mut()
                    .append(header::SET_COOKIE, refused.app.guard().config().session.cookie.clear());
            }
        }
        if let Fault::Refused(refusal) = &refused.fault
            && let Some(seconds) = refusal.retry_seconds()
        {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if matches!(refused.fault, Fault::Unavailable) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}
