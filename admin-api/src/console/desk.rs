//! What every page request brings along, and how a page says no.

use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
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

impl FromRequest<AppState> for Form {
    type Rejection = PageFault;

    async fn from_request(request: Request, app: &AppState) -> Result<Self, PageFault> {
        let (parts, body) = request.into_parts();
        let spot = Spot::of(&parts, app);
        match GuardedText::<Admin>::from_request(Request::from_parts(parts, body), app).await {
            Ok(form) => {
                let desk = Desk { app: app.clone(), visitor: form.from, spot };
                Ok(Form { desk, params: form.params })
            }
            Err(refusal) => Err(spot.refused(app, refusal)),
        }
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
        let PageFault(refused) = self;
        let (status, html) = match refused.html() {
            Ok(html) => (refused.fault.problem().status, html),
            Err(error) => return Fault::from(error).into_response(),
        };
        let mut response = respond(&refused.app, status, html);
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
