//! The errors of this service. Its statuses, codes and wording are here and in [`CommonError`]. The API answers with
//! problem+json, the console with a page of the same error.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use commerce::{
    content::{self, ContentError},
    orders::{ChangeError, Illegal},
};
use language::{Message, Words};
use problem::Problem;
use relying_party::Refusal;
use service::{CommonError, words};
use web::{json::BadBody, word::NotAWord};

use crate::words::{fault, illegal, in_english};

/// Why a request fails.
#[derive(Debug, Clone)]
pub enum Error {
    /// An error that both services have.
    Common(CommonError),
    /// The caller's address isn't on the allow-list (H3).
    AddressRefused,
    /// A query parameter has an unknown value, or the cursor was changed (Z16).
    BadQuery(&'static str),
    /// The body is invalid.
    BadBody(BadBody),
    /// The input breaks the rules of content.
    Invalid(Vec<content::FieldError>),
    /// The input is valid but conflicts with stored data.
    Taken(content::FieldError),
    /// `If-Match` is missing (R4).
    VersionRequired,
    /// `If-Match` is malformed.
    VersionMalformed,
    /// `If-Match` has only weak tags.
    VersionWeak,
    /// The version is not the present one, which is the value; `None` when the tag was never a version.
    Stale(Option<i64>),
    /// The order's rules don't allow this change (C5).
    Illegal(Illegal),
    /// No form of this person waits for a sign-in: its time is over, or somebody else has signed in (C9).
    NoForm,
}

impl Error {
    /// The answer for programs.
    pub fn problem(&self) -> Problem {
        if let Self::Common(error) = self {
            return error.problem();
        }
        let (status, code, title) = self.kind();
        let mut problem = Problem::new(status, code, title);
        problem.detail = self.detail();
        let with_fields = |problem: Problem, errors: &[content::FieldError]| {
            let say = |error: &content::FieldError| in_english(&Message::new(fault(error.fault)));
            errors.iter().fold(problem, |problem, error| problem.field(error.field, say(error)))
        };
        match self {
            Self::BadQuery(name) => problem.field(*name, "This parameter has no such value."),
            Self::Invalid(errors) => with_fields(problem, errors),
            Self::Taken(error) => with_fields(problem, &[*error]),
            _ => problem,
        }
    }

    /// Status, code, and a title that is the same for every error with this code.
    fn kind(&self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::Common(error) => {
                let problem = error.problem();
                (problem.status, problem.code, problem.title)
            }
            Self::AddressRefused => (S::FORBIDDEN, "address_refused", "Not allowed from here"),
            Self::BadQuery(_) => (S::BAD_REQUEST, "invalid_query", "Invalid query"),
            Self::BadBody(body) => (body.status, "invalid_body", "Invalid body"),
            Self::Invalid(_) => (S::UNPROCESSABLE_ENTITY, "invalid_content", "The page needs corrections"),
            Self::Taken(_) => (S::CONFLICT, "slug_conflict", "The address can't be used"),
            Self::VersionRequired => (S::PRECONDITION_REQUIRED, "version_required", "Version required"),
            Self::VersionMalformed => (S::BAD_REQUEST, "invalid_if_match", "Invalid If-Match"),
            Self::VersionWeak => (S::PRECONDITION_FAILED, "weak_etag", "The entity tag is weak"),
            Self::Stale(Some(_)) => (S::PRECONDITION_FAILED, "stale_version", "Somebody else was faster"),
            Self::Stale(None) => (S::PRECONDITION_FAILED, "stale_version", "Not a version of this"),
            Self::Illegal(_) => (S::CONFLICT, "illegal_transition", "The order can't change like this"),
            Self::NoForm => (S::NOT_FOUND, "no_form", "No form waits here"),
        }
    }

    /// A sentence or two for the developer.
    fn detail(&self) -> Option<String> {
        let detail = match self {
            Self::Common(error) => return error.problem().detail,
            Self::BadQuery(_) | Self::Invalid(_) | Self::Taken(_) | Self::NoForm => return None,
            Self::AddressRefused => {
                "The service accepts requests only from the networks its operator has listed."
            }
            Self::BadBody(body) => &body.detail,
            Self::VersionRequired => {
                "Send If-Match with the ETag of the version you have seen; * is not accepted."
            }
            Self::VersionMalformed => "If-Match must be one entity tag such as \"7\", or a list of them.",
            Self::VersionWeak => {
                "A tag that begins with W/ never matches. A proxy that compresses answers makes tags weak: send the \
                 version itself, in quotes. Nothing was changed."
            }
            Self::Stale(Some(version)) => {
                return Some(format!("It is at version {version} now. Nothing was changed."));
            }
            Self::Stale(None) => "No version has that entity tag. Nothing was changed.",
            Self::Illegal(why) => return Some(in_english(&Message::new(illegal(*why)))),
        };
        Some(detail.to_owned())
    }

    /// What the error's page says.
    pub fn words(&self) -> Words {
        match self {
            Self::Common(error) => error.words(),
            Self::AddressRefused => Words::new("not-from-here", "not-from-here-text"),
            Self::BadQuery(_) => Words::new("unknown-address", "unknown-address-text"),
            Self::Illegal(why) => Words::new("illegal", illegal(*why)),
            Self::NoForm => Words::new("step-up-no-form", "step-up-no-form-text"),
            _ => words::of(self.kind().0),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Common(error) = self {
            return error.into_response();
        }
        let mut response = self.problem().into_response();
        response.extensions_mut().insert(self.words());
        response
    }
}

impl From<CommonError> for Error {
    fn from(error: CommonError) -> Self {
        Self::Common(error)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Common(refusal.into())
    }
}

impl From<NotAWord> for Error {
    fn from(error: NotAWord) -> Self {
        Self::Common(error.into())
    }
}

impl From<database::Error> for Error {
    fn from(error: database::Error) -> Self {
        Self::Common(error.into())
    }
}

impl From<BadBody> for Error {
    fn from(body: BadBody) -> Self {
        Self::BadBody(body)
    }
}

impl From<ContentError> for Error {
    fn from(error: ContentError) -> Self {
        if let Some(field) = error.field() {
            return Self::Taken(field);
        }
        match error {
            ContentError::NotFound => CommonError::NotFound.into(),
            ContentError::Stale(page) => Self::Stale(Some(page.version)),
            ContentError::Database(error) => error.into(),
            ContentError::SlugTaken | ContentError::SlugInUse => CommonError::Internal.into(),
        }
    }
}

impl From<ChangeError> for Error {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => CommonError::NotFound.into(),
            ChangeError::Stale(order) => Self::Stale(Some(order.order.version)),
            ChangeError::Illegal(illegal) => Self::Illegal(illegal),
            ChangeError::Database(error) => error.into(),
        }
    }
}
