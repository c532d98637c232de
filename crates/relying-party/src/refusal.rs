//! Every reason to refuse a request: the only place of this crate that knows statuses, challenges and wording.
//!
//! [`resource_server::Reason`] has the refusals of any resource server; this module adds those for browsers and for
//! credentials of the other realm.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE};
use language::{Message, Words};
use problem::Problem;
use protocol::params::Params;
use resource_server::Reason as Access;

use crate::config::OtherRealm;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// As any resource server refuses: the credential is missing, invalid or insufficient.
    Access(Access),
    /// The bearer token names the other realm's issuer (H8).
    OtherRealmToken,
    /// The request carries no credential but the other realm's session cookie (P2).
    OtherRealmSession,
    /// An unsafe request with a cookie that no page of this service made (R9, RP4).
    Forgery,
    /// A form with a CSRF token came without any cookie of this service: the browser blocks or has deleted its cookies.
    CookiesBlocked,
    /// The body isn't a well-formed form.
    BadForm {
        /// 400, 413 or 415.
        status: StatusCode,
        /// What was wrong with it.
        detail: String,
    },
    /// The caller has exceeded the request limit.
    TooMany {
        /// Seconds after which a request is accepted again, at the latest.
        retry: i64,
    },
    /// A defect, already logged.
    Internal,
}

impl From<Access> for Reason {
    fn from(reason: Access) -> Self {
        Self::Access(reason)
    }
}

/// A reason and the values that its answer names. As a response: problem+json with the
/// challenge; its extension [`Words`] is what a page says instead.
#[derive(Debug, Clone)]
pub struct Refusal {
    reason: Reason,
    resource_metadata: String,
    other: (String, String),
    typed: Option<Box<Params>>,
}

impl Refusal {
    pub(crate) fn new(reason: Reason, resource_metadata: String, other: &OtherRealm) -> Self {
        Self { reason, resource_metadata, other: (other.name.clone(), other.url.clone()), typed: None }
    }

    /// The fields of a refused form that a page of this origin sent. Only to be displayed again, never to be acted on.
    pub fn typed(&self) -> Option<&Params> {
        self.typed.as_deref()
    }

    pub(crate) fn with_typed(self, params: Params) -> Self {
        Self { typed: Some(Box::new(params)), ..self }
    }

    /// The reason.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Whether signing in here (again) resolves the refusal; a page then offers it.
    pub fn wants_sign_in(&self) -> bool {
        matches!(
            self.reason,
            Reason::OtherRealmSession
                | Reason::Access(Access::NoCredential | Access::InsufficientAuthentication { .. })
        )
    }

    /// The answer's body, without the challenge.
    pub fn problem(&self) -> Problem {
        let problem = Problem::new(self.status(), self.code(), self.title())
            .detail(self.detail())
            .wants_sign_in(self.wants_sign_in());
        match self.reason {
            Reason::TooMany { retry } => problem.retry_after(retry),
            _ => problem,
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match &self.reason {
            Reason::Access(reason) => reason.status(),
            Reason::OtherRealmToken => Access::InvalidToken.status(),
            Reason::OtherRealmSession | Reason::CookiesBlocked | Reason::Forgery => StatusCode::FORBIDDEN,
            Reason::BadForm { status, .. } => *status,
            Reason::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Reason::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable word for machines.
    pub fn code(&self) -> &'static str {
        match &self.reason {
            Reason::Access(reason) => reason.code(),
            Reason::OtherRealmToken => Access::InvalidToken.code(),
            Reason::BadForm { .. } => "invalid_request",
            Reason::OtherRealmSession => "wrong_side",
            Reason::Forgery => "csrf",
            Reason::CookiesBlocked => "cookies_blocked",
            Reason::TooMany { .. } => "too_many_requests",
            Reason::Internal => "server_error",
        }
    }

    /// The heading and the sentence for a page; `None` where those of the status say everything.
    pub fn words(&self) -> Option<Words> {
        let (name, url) = &self.other;
        Some(match &self.reason {
            Reason::Access(Access::NoCredential) => Words::new("please-sign-in", "please-sign-in-text"),
            Reason::OtherRealmSession => Words::new(
                Message::new("wrong-side").with("side", name),
                Message::new("wrong-side-text").with("url", url),
            ),
            Reason::Access(Access::InsufficientAuthentication { max_age: None, .. }) => {
                Words::new("second-factor", "second-factor-text")
            }
            Reason::Access(Access::InsufficientAuthentication { .. }) => {
                Words::new("sign-in-again", "sign-in-again-text")
            }
            Reason::Access(Access::MissingPermission(permission)) => {
                let permission = permission.replace('_', " ");
                Words::new("not-allowed", Message::new("missing-permission").with("permission", permission))
            }
            Reason::Access(Access::MissingScope(_)) => Words::new("not-allowed", "missing-scope"),
            Reason::Forgery => Words::new("stale-form", "stale-form-text"),
            Reason::CookiesBlocked => Words::new("cookies-blocked", "cookies-blocked-text"),
            Reason::Access(Access::Unavailable) => Words::new("one-moment-please", "sign-in-unreachable"),
            Reason::Access(Access::TwoCredentials | Access::InvalidToken)
            | Reason::BadForm { .. }
            | Reason::OtherRealmToken
            | Reason::TooMany { .. }
            | Reason::Internal => return None,
        })
    }

    /// One sentence for the developer; never repeats the request's content.
    pub fn detail(&self) -> String {
        let (name, url) = &self.other;
        match &self.reason {
            Reason::Access(Access::NoCredential) => "Sign in, or send a bearer token.".to_owned(),
            Reason::Access(reason) => reason.detail(),
            Reason::OtherRealmToken => {
                format!("This token belongs to the {name} side. It is accepted at {url}, not here.")
            }
            Reason::OtherRealmSession => {
                format!("You are signed in on the {name} side, {url}. That sign-in is not valid here.")
            }
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
            Reason::Internal => "Something went wrong on our side.".to_owned(),
        }
    }

    /// A short heading, the same for every refusal with this code.
    pub fn title(&self) -> &'static str {
        match &self.reason {
            Reason::Access(reason) => reason.title(),
            Reason::BadForm { .. } => "Bad request",
            Reason::OtherRealmToken => Access::InvalidToken.title(),
            Reason::OtherRealmSession => "Signed in on the other side",
            Reason::Forgery => "Form out of date",
            Reason::CookiesBlocked => "Cookies are blocked",
            Reason::TooMany { .. } => "Too many requests",
            Reason::Internal => "Internal error",
        }
    }

    /// The challenge (RFC 6750 section 3), if this answer has one.
    pub fn challenge(&self) -> Option<String> {
        match &self.reason {
            Reason::Access(reason) => reason.challenge(&self.resource_metadata),
            Reason::OtherRealmToken => Access::InvalidToken.challenge(&self.resource_metadata),
            _ => None,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.problem().into_response();
        if let Some(value) = self.challenge().and_then(|text| HeaderValue::from_str(&text).ok()) {
            response.headers_mut().insert(WWW_AUTHENTICATE, value);
        }
        if let Some(words) = self.words() {
            response.extensions_mut().insert(words);
        }
        response
    }
}
