//! What every page request brings along, and how a page says no.

use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use commerce::content::Edit;
use protocol::params::Params;
use realm_guard::form::GuardedText;
use realm_guard::{Absent, Caller, MaybeCaller, Refusal};
use service::http::edge::RequestId;

use super::frame::Frame;
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
struct Spot {
    request_id: String,
    /// Path inside the console.
    path: String,
    /// Where to come back to after signing in.
    return_to: String,
}

impl Spot {
    fn of(parts: &Parts, app: &AppState) -> Spot {
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
        Forms { csrf: self.visitor.csrf.clone(), can_sign_out }
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
        Edit { by, at: self.app.now(), request_id: Some(&self.spot.request_id) }
    }

    /// The frame of the page.
    pub fn frame(&self) -> Frame {
        let caller = self.visitor.caller.as_ref().ok().map(|caller| (caller, self.spot.path.as_str()));
        Frame::new(&self.app, &self.spot.request_id, &self.visitor.csrf, caller)
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

fn respond(app: &AppState, status: StatusCode, html: String) -> Response {
    let mut response = (status, Html(html)).into_response();
    app.settings().policy.apply(response.headers_mut());
    response
}

/// A fault as a page.
#[derive(Debug)]
pub struct PageFault(Box<Refused>);

#[derive(Debug)]
struct Refused {
    app: AppState,
    spot: Spot,
    /// `None` when nothing is known of the browser: no form on the page would work.
    forms: Option<Forms>,
    fault: Fault,
}

/// What the forms on a page that says no may do.
#[derive(Clone, Debug)]
struct Forms {
    csrf: String,
    /// The realm can't be asked about the session: ending it is all that is left.
    can_sign_out: bool,
}

#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage {
    frame: Frame,
    heading: &'static str,
    sentence: String,
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
        let csrf = self.forms.as_ref().map(|forms| forms.csrf.as_str()).unwrap_or_default();
        let frame = Frame {
            can_sign_out: self.forms.as_ref().is_some_and(|forms| forms.can_sign_out),
            ..Frame::new(&self.app, &self.spot.request_id, csrf, None)
        };
        let sentence = problem.detail.unwrap_or_else(|| problem.title.to_owned());
        match (&self.fault, &self.forms) {
            (Fault::Refused(refusal), Some(_)) if refusal.wants_sign_in() => LandingPage {
                frame,
                notice: Some(sentence),
                return_to: self.spot.return_to.clone(),
                shop_url: self.app.settings().shop_url.clone(),
            }
            .render(),
            _ => MessagePage { frame, heading: problem.title, sentence, code: problem.code }.render(),
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
        if matches!(refused.fault, Fault::Unavailable) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}
