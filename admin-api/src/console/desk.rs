//! What every page request brings along.

use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use clock::when::When;
use commerce::content::Edit;
use protocol::params::Params;
use relying_party::form::GuardedText;
use relying_party::{Absent, Caller, MaybeCaller, Refusal};
use web::edge::RequestId;

use super::fault::{Forms, PageFault, Refused, respond};
use super::frame::{Frame, Person};
use crate::access::{Admin, Area};
use crate::app::AppState;
use crate::error::Fault;

/// A page request: where it is, and who sits there.
#[derive(Debug)]
pub struct Desk {
    /// The application.
    pub app: AppState,
    /// Who, if signed in, and the token for forms.
    pub visitor: MaybeCaller<Admin>,
    spot: Spot,
}

/// A form posted by one of our own pages; forgeries never get here.
#[derive(Debug)]
pub struct Form {
    /// The page request.
    pub desk: Desk,
    /// The fields.
    pub params: Params,
}

/// Where a request is, known before who sends it.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub request_id: String,
    /// Path inside the console.
    path: String,
    /// Where to come back to after signing in.
    pub return_to: String,
}

impl Spot {
    pub fn of(parts: &Parts, app: &AppState) -> Spot {
        let uri =
            parts.extensions.get::<axum::extract::OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let base = &app.settings().base;
        let path = uri.path().strip_prefix(base.as_str()).unwrap_or(uri.path());
        // a form can't be posted again after signing in: come back to the page it was on
        let safe = parts.method.is_safe();
        let return_to = uri.path_and_query().filter(|_| safe).map_or(uri.path(), |whole| whole.as_str());
        let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        Spot { request_id, path: path.to_owned(), return_to: return_to.to_owned() }
    }

    fn refused(self, app: &AppState, refusal: Refusal) -> PageFault {
        PageFault(Box::new(Refused { app: app.clone(), spot: self, forms: None, fault: refusal.into() }))
    }
}

impl Desk {
    /// The caller, if they may act in the area.
    pub fn staff(&self, area: Area) -> Result<&Caller<Admin>, PageFault> {
        let caller = self.visitor.require().map_err(|refusal| self.fault(refusal))?;
        area.demand(caller).map_err(|refusal| self.fault(refusal))?;
        Ok(caller)
    }

    /// Answers this request with a fault.
    pub fn fault(&self, fault: impl Into<Fault>) -> PageFault {
        let (app, spot) = (self.app.clone(), self.spot.clone());
        PageFault(Box::new(Refused { app, spot, forms: Some(self.forms()), fault: fault.into() }))
    }

    fn forms(&self) -> Forms {
        let can_sign_out = matches!(self.visitor.caller, Err(Absent::Unavailable));
        let caller = self.visitor.caller.as_ref().ok();
        let person = caller.map(|caller| Person::new(&self.app, caller, &self.spot.path));
        Forms { csrf: self.visitor.csrf.clone(), can_sign_out, person }
    }

    /// The path of this page inside the console.
    pub fn path(&self) -> &str {
        &self.spot.path
    }

    /// Where to come back to after signing in.
    pub fn return_to(&self) -> &str {
        &self.spot.return_to
    }

    /// A change of content that this request makes.
    pub fn edit<'a>(&'a self, by: &'a str) -> Edit<'a> {
        Edit { by, at: self.app.now(), request_id: Some(&self.spot.request_id), reason: None }
    }

    /// A point in time, as people read it here.
    pub fn when(&self, seconds: i64) -> When {
        self.app.settings().zone.at(seconds)
    }

    /// The frame of the page.
    pub fn frame(&self) -> Frame {
        let caller = self.visitor.caller.as_ref().ok();
        let person = caller.map(|caller| Person::new(&self.app, caller, &self.spot.path));
        Frame::new(&self.app, &self.spot.request_id, &self.visitor.csrf, person)
    }

    /// Renders a page.
    pub fn page(&self, status: StatusCode, page: &impl Template) -> Result<Response, PageFault> {
        let html = page.render().map_err(|error| self.fault(error))?;
        Ok(respond(&self.app, status, html))
    }

    /// Sends the browser to a path of the console after a form was done (303, so that a reload doesn't post again).
    pub fn see_other(&self, path: &str) -> Response {
        let location = format!("{}{path}", self.app.settings().base);
        (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
    }
}

impl FromRequestParts<AppState> for Desk {
    type Rejection = PageFault;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, PageFault> {
        let spot = Spot::of(parts, app);
        match MaybeCaller::from_request_parts(parts, app).await {
            Ok(visitor) => Ok(Desk { app: app.clone(), visitor, spot }),
            Err(refusal) => Err(spot.refused(app, refusal)),
        }
    }
}

/// A form that isn't accepted.
#[derive(Debug)]
pub struct Unaccepted {
    /// The answer.
    pub fault: PageFault,
    /// What a page of ours sent, to be shown again and never to be acted on, and why it isn't accepted.
    pub kept: Option<Box<(Desk, Params, Refusal)>>,
}

impl IntoResponse for Unaccepted {
    fn into_response(self) -> Response {
        self.fault.into_response()
    }
}

impl FromRequest<AppState> for Form {
    type Rejection = Unaccepted;

    /// Somebody has to be signed in: what they may do is the handler's to ask.
    async fn from_request(request: Request, app: &AppState) -> Result<Self, Unaccepted> {
        let (mut parts, body) = request.into_parts();
        let spot = Spot::of(&parts, app);
        let request = Request::from_parts(parts.clone(), body);
        let (desk, params, refusal) = match GuardedText::<Admin>::from_request(request, app).await {
            Ok(form) => {
                let desk = Desk { app: app.clone(), visitor: form.from, spot };
                match desk.visitor.require() {
                    Ok(_) => return Ok(Form { desk, params: form.params }),
                    Err(refusal) => (desk, form.params, refusal),
                }
            }
            Err(refusal) => {
                // the page only shows something, whatever the request wanted to change
                parts.method = Method::GET;
                match (refusal.typed(), MaybeCaller::from_request_parts(&mut parts, app).await) {
                    (Some(typed), Ok(visitor)) => {
                        (Desk { app: app.clone(), visitor, spot }, typed.clone(), refusal)
                    }
                    _ => return Err(Unaccepted { fault: spot.refused(app, refusal), kept: None }),
                }
            }
        };
        let fault = desk.fault(refusal.clone());
        Err(Unaccepted { fault, kept: Some(Box::new((desk, params, refusal))) })
    }
}
