//! Every way to say no: the only place of this crate that knows statuses, challenges and wording.
//!
//! RFC 6750 section 3 (Bearer), RFC 9470 (step-up), RFC 9728 section 5.1 (`resource_metadata`), RFC 9457 (bodies).

use crate::config::OtherSide;
use axum::response::{IntoResponse, Response};
use http::header::{ALLOW, RETRY_AFTER, SET_COOKIE, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use protocol::params::Params;
use service::problem::Problem;
use service::words::Words;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No credential at all: sign in, or send a token (R1).
    NoCredential,
    /// More than one credential (RS5).
    TwoCredentials,
    /// The bearer token doesn't hold (RS1).
    InvalidToken,
    /// The bearer token names the other side's issuer (H8).
    OtherSideToken,
    /// Only the other side's session cookie came (P2).
    OtherSideSession,
    /// The sign-in is too weak or too old (RFC 9470): what would do.
    InsufficientAuthentication {
        /// The `acr` that is demanded.
        acr: Option<String>,
        /// Greatest age of the sign-in in seconds.
        max_age: Option<i64>,
    },
    /// The token lacks this scope.
    MissingScope(String),
    /// The token lacks this permission.
    MissingPermission(String),
    /// A cookie authenticates an unsafe request that this side's own page didn't make (R9, RP4).
    Forgery,
    /// A form of this side's own page came without any cookie of this side: the browser keeps none, or not any more.
    CookiesBlocked,
    /// The body isn't a well-formed form.
    BadForm {
        /// 400, 413 or 415.
        status: StatusCode,
        /// What was wrong with it.
        detail: String,
    },
    /// The caller makes more requests than anybody may.
    TooMany {
        /// Seconds after which one is answered again at the latest.
        retry: i64,
    },
    /// The realm or the database can't be asked now.
    Unavailable,
    /// A defect, already logged.
    Internal,
}

/// A reason with what its answer has to name. As a response: problem+json with the challenge.
#[derive(Debug, Clone)]
pub struct Refusal {
    reason: Reason,
    resource_metadata: String,
    other: (String, String),
    typed: Option<Box<Params>>,
}

impl Refusal {
    pub(crate) fn new(reason: Reason, resource_metadata: String, other: &OtherSide) -> Self {
        Self { reason, resource_metadata, other: (other.name.clone(), other.url.clone()), typed: None }
    }

    /// The fields of a refused form that a page of this origin sent: to be shown again, never to be acted on.
    pub fn typed(&self) -> Option<&Params> {
        self.typed.as_deref()
    }

    pub(crate) fn with_typed(self, params: Params) -> Self {
        Self { typed: Some(Box::new(params)), ..self }
    }

    /// Why.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Whether signing in here (again) is the way on; a page then offers that.
    pub fn wants_sign_in(&self) -> bool {
        use Reason::{InsufficientAuthentication, NoCredential, OtherSideSession};
        matches!(self.reason, NoCredential | OtherSideSession | InsufficientAuthentication { .. })
    }

    /// Seconds after which it makes sense to try again, if that is known.
    pub fn retry_seconds(&self) -> Option<i64> {
        match self.reason {
            Reason::TooMany { retry } => Some(retry),
            _ => None,
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match &self.reason {
            Reason::NoCredential
            | Reason::InvalidToken
            | Reason::OtherSideToken
            | Reason::InsufficientAuthentication { .. } => StatusCode::UNAUTHORIZED,
            Reason::TwoCredentials => StatusCode::BAD_REQUEST,
            Reason::OtherSideSession
            | Reason::MissingScope(_)
            | Reason::MissingPermission(_)
            | Reason::CookiesBlocked
            | Reason::Forgery => StatusCode::FORBIDDEN,
            Reason::BadForm { status, .. } => *status,
            Reason::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Reason::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Reason::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable word for machines.
    pub fn code(&self) -> &'static str {
        match &self.reason {
            Reason::NoCredential => "sign_in_required",
            Reason::TwoCredentials | Reason::BadForm { .. } => "invalid_request",
            Reason::InvalidToken | Reason::OtherSideToken => "invalid_token",
            Reason::OtherSideSession => "wrong_side",
            Reason::InsufficientAuthentication { .. } => "insufficient_user_authentication",
            Reason::MissingScope(_) | Reason::MissingPermission(_) => "insufficient_scope",
            Reason::Forgery => "csrf",
            Reason::CookiesBlocked => "cookies_blocked",
            Reason::TooMany { .. } => "too_many_requests",
            Reason::Unavailable => "temporarily_unavailable",
            Reason::Internal => "server_error",
        }
    }

    /// What a page says of it.
    pub fn words(&self) -> Words {
        let (name, url) = &self.other;
        match &self.reason {
            Reason::NoCredential => {
                Words::new("Please sign in", "This page is for people who are signed in.")
            }
            Reason::OtherSideSession => Words::new(
                format!("You are signed in on the {name} side"),
                format!("That sign-in, at {url}, is not valid here."),
            ),
            Reason::InsufficientAuthentication { max_age: None, .. } => Words::new(
                "Please sign in with your second factor",
                "This needs a sign-in with a code from your authenticator app.",
            ),
            Reason::InsufficientAuthentication { .. } => {
                Words::new("Please sign in again", "For your safety, this needs a sign-in from a moment ago.")
            }
            Reason::MissingPermission(permission) => Words::new(
                "You can't do this",
                format!(
                    "Your account doesn't have the permission \u{201c}{}\u{201d}. Ask a colleague who manages accounts \
                     for a role that has it.",
                    permission.replace('_', " ")
                ),
            ),
            Reason::MissingScope(_) => Words::new(
                "You can't do this",
                "Your sign-in doesn't include this part. Sign out and in again; if that doesn't help, tell whoever \
                 runs this service.",
            ),
            Reason::Forgery => Words::new(
                "Please try again",
                "This page was out of date, so nothing was changed. Go back, load it again and repeat what you did.",
            ),
            Reason::CookiesBlocked => Words::new(
                "Cookies are blocked",
                "This browser did not send the cookie that tells you from other people. Allow cookies for this site, \
                 then load the page again and repeat what you did.",
            ),
            Reason::TooMany { .. } => Words::of(StatusCode::TOO_MANY_REQUESTS),
            Reason::Unavailable => Words::new(
                "One moment, please",
                "The sign-in service can't be reached at the moment. Wait a moment, then try again.",
            ),
            Reason::BadForm { .. }
            | Reason::TwoCredentials
            | Reason::InvalidToken
            | Reason::OtherSideToken
            | Reason::Internal => Words::of(self.status()),
        }
    }

    /// One sentence for the developer; never repeats what was sent.
    pub fn detail(&self) -> String {
        let (name, url) = &self.other;
        match &self.reason {
            Reason::NoCredential => "Sign in, or send a bearer token.".to_owned(),
            Reason::TwoCredentials => {
                "Send exactly one bearer token, in the Authorization header.".to_owned()
            }
            Reason::InvalidToken => {
                "The access token is expired, malformed or not meant for this service.".to_owned()
            }
            Reason::OtherSideToken => {
                format!("This token belongs to the {name} side. It is accepted at {url}, not here.")
            }
            Reason::OtherSideSession => {
                format!("You are signed in on the {name} side, {url}. That sign-in is not valid here.")
            }
            Reason::InsufficientAuthentication { max_age: None, .. } => {
                "This needs a sign-in with a second factor.".to_owned()
            }
            Reason::InsufficientAuthentication { .. } => {
                "This needs a recent sign-in: sign in again.".to_owned()
            }
            Reason::MissingScope(scope) => format!("The access token lacks the scope {scope}."),
            Reason::MissingPermission(name) => format!("This needs the permission {name}."),
            Reason::Forgery => {
                "The form is out of date or came from another site. Reload the page and try again.".to_owned()
            }
            Reason::CookiesBlocked => {
                "This browser did not send the cookie that tells you from other people. Allow cookies for this site, \
                 then reload the page and try again."
                    .to_owned()
            }
            Reason::BadForm { detail, .. } => detail.clone(),
            Reason::TooMany { .. } => "There are too many requests of yours. Slow down.".to_owned(),
            Reason::Unavailable => {
                "The sign-in service can't be reached at the moment. Try again shortly.".to_owned()
            }
            Reason::Internal => "Something went wrong on our side.".to_owned(),
        }
    }

    /// A short heading, the same for every refusal with this code.
    pub fn title(&self) -> &'static str {
        match &self.reason {
            Reason::NoCredential => "Sign-in required",
            Reason::TwoCredentials | Reason::BadForm { .. } => "Bad request",
            Reason::InvalidToken | Reason::OtherSideToken => "Access token refused",
            Reason::OtherSideSession => "Signed in on the other side",
            Reason::InsufficientAuthentication { .. } => "Stronger sign-in required",
            Reason::MissingScope(_) | Reason::MissingPermission(_) => "Not allowed",
            Reason::Forgery => "Form out of date",
            Reason::CookiesBlocked => "Cookies are blocked",
            Reason::TooMany { .. } => "Too many requests",
            Reason::Unavailable => "Temporarily unavailable",
            Reason::Internal => "Internal error",
        }
    }

    /// The challenge (RFC 6750 section 3): scheme, metadata and error, nothing about what was sent (RS6).
    pub fn challenge(&self) -> Option<String> {
        let mut members = Vec::new();
        match &self.reason {
            Reason::NoCredential => {}
            Reason::TwoCredentials
            | Reason::InvalidToken
            | Reason::OtherSideToken
            | Reason::MissingPermission(_) => members.push(("error", self.code().to_owned())),
            Reason::MissingScope(scope) => {
                members.extend([("error", self.code().to_owned()), ("scope", scope.clone())]);
            }
            Reason::InsufficientAuthentication { acr, max_age } => {
                members.push(("error", self.code().to_owned()));
                members.extend(acr.clone().map(|acr| ("acr_values", acr)));
                members.extend(max_age.map(|seconds| ("max_age", seconds.to_string())));
            }
            _ => return None,
        }
        let members = std::iter::once(("resource_metadata", self.resource_metadata.clone())).chain(members);
        let members: Vec<String> = members.map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        Some(format!("Bearer {}", members.join(", ")))
    }
}

/// Gives a page the headers of the problem it stands for: what the way on needs, and what the guard set.
pub fn keep_headers(problem: &Response, page: &mut Response) {
    for name in [WWW_AUTHENTICATE, ALLOW, RETRY_AFTER, SET_COOKIE] {
        for value in problem.headers().get_all(&name) {
            page.headers_mut().append(&name, value.clone());
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem =
            Problem::new(self.status(), self.code(), self.title()).detail(self.detail()).words(self.words());
        let mut response = problem.into_response();
        if let Some(value) = self.challenge().and_then(|text| HeaderValue::from_str(&text).ok()) {
            response.headers_mut().insert(WWW_AUTHENTICATE, value);
        }
        if let Some(seconds) = self.retry_seconds() {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
