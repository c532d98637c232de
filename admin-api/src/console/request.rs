//! A request for a page: its address and its caller.

use askama::Template;
use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::{Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use clock::when::When;
use commerce::content::Edit;
use language::Words;
use problem::Problem;
use protocol::params::Params;
use relying_party::{Absent, Caller, MaybeCaller, Refusal, form::CsrfTextForm};
use service::{CommonError, error_pages, page};

use super::{
    address::PageAddress,
    frame::{Frame, Person},
    message,
};
use crate::{access::Area, error::Error, realm::Admin, state::AppState, words::localizer};

/// A request for a page.
#[derive(Debug, Clone)]
pub struct PageRequest {
    /// The application.
    pub app: AppState,
    /// The caller, or why there is none, and the CSRF token for forms.
    pub sender: MaybeCaller<Admin>,
    address: PageAddress,
}

/// A form of one of this service's own pages; forged requests are refused before.
#[derive(Debug)]
pub struct Form {
    /// The request.
    pub request: PageRequest,
    /// The fields.
    pub params: Params,
}

impl PageRequest {
    fn new(app: &AppState, parts: &Parts, sender: MaybeCaller<Admin>) -> Self {
        Self { app: app.clone(), sender, address: PageAddress::of(parts, app) }
    }

    /// The caller, if they have the rights for the area.
    pub fn require(&self, area: Area) -> Result<&Caller<Admin>, Error> {
        let caller = self.sender.require()?;
        area.demand(caller)?;
        Ok(caller)
    }

    /// The path of this page inside the console.
    pub fn path(&self) -> &str {
        &self.address.path
    }

    /// The path that a sign-in returns to.
    pub fn return_to(&self) -> &str {
        &self.address.return_to
    }

    /// The author, time and request of a change to content.
    pub fn edit<'a>(&'a self, by: &'a str) -> Edit<'a> {
        Edit { by, at: self.app.now(), request_id: Some(&self.address.request_id), reason: None }
    }

    /// A point in time in the configured time zone, for people.
    pub fn when(&self, seconds: i64) -> When {
        self.app.when(seconds)
    }

    /// The frame of the page.
    pub fn frame(&self) -> Frame {
        let caller = self.sender.caller.as_ref();
        let person = caller.ok().map(|caller| Person::new(&self.app, caller, self.path()));
        Frame::new(&self.app, &self.address, &self.sender.csrf, person)
    }

    /// The frame of an error page. It also has a sign-out button if the session can't be checked because the realm is
    /// unreachable.
    pub fn error_frame(&self) -> Frame {
        let mut frame = self.frame();
        frame.can_sign_out |= matches!(self.sender.caller, Err(Absent::Unavailable));
        frame
    }

    /// Renders a page.
    pub fn render(&self, status: StatusCode, page: &impl Template) -> Result<Response, Error> {
        Ok(page::render(&self.app, status, &localizer(self.address.language), page)?)
    }

    /// Redirects the browser to a path of the console after a form (303, so that a reload doesn't send the form again).
    pub fn see_other(&self, path: &str) -> Response {
        let location = format!("{}{path}", self.app.config.base());
        (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
    }
}

impl error_pages::PageRequest<AppState> for PageRequest {
    async fn load(parts: &mut Parts, app: &AppState) -> Result<Self, CommonError> {
        let sender = MaybeCaller::from_request_parts(parts, app).await?;
        Ok(Self::new(app, parts, sender))
    }

    fn error_page(
        app: &AppState,
        parts: &Parts,
        request: Option<&Self>,
        problem: &Problem,
        words: &Words,
    ) -> Result<Response, CommonError> {
        match request {
            Some(request) => {
                message::error_page(app, request.error_frame(), request.return_to(), problem, words)
            }
            None => message::plain(app, parts, problem, words),
        }
    }
}

impl FromRequestParts<AppState> for PageRequest {
    type Rejection = CommonError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, CommonError> {
        error_pages::load(parts, app).await
    }
}

/// A form that is refused.
#[derive(Debug)]
pub struct RejectedForm {
    /// Why.
    pub refusal: Refusal,
    /// The fields of a form of this service's own page. Only to be displayed again, never to be acted on.
    pub kept: Option<Box<Form>>,
}

impl IntoResponse for RejectedForm {
    fn into_response(self) -> Response {
        self.refusal.into_response()
    }
}

impl FromRequest<AppState> for Form {
    type Rejection = RejectedForm;

    /// Requires somebody to be signed in; handlers check the rights.
    async fn from_request(request: Request, app: &AppState) -> Result<Self, RejectedForm> {
        let (mut parts, body) = request.into_parts();
        let request = Request::from_parts(parts.clone(), body);
        let refusal = match CsrfTextForm::<Admin>::from_request(request, app).await {
            Ok(form) => {
                let request = PageRequest::new(app, &parts, form.from);
                error_pages::note(&parts, Some(&request));
                let refusal = request.sender.require().err();
                let form = Self { request, params: form.params };
                return match refusal {
                    None => Ok(form),
                    Some(refusal) => Err(RejectedForm { refusal, kept: Some(Box::new(form)) }),
                };
            }
            Err(refusal) => refusal,
        };
        let address = PageAddress::of(&parts, app);
        let kept = match refusal.typed() {
            // the page changes nothing, whatever the request's method was
            Some(params) => {
                parts.method = Method::GET;
                MaybeCaller::from_request_parts(&mut parts, app).await.ok().map(|sender| {
                    let request = PageRequest { app: app.clone(), sender, address };
                    Box::new(Self { request, params: params.clone() })
                })
            }
            None => None,
        };
        error_pages::note(&parts, kept.as_ref().map(|form| &form.request));
        Err(RejectedForm { refusal, kept })
    }
}
