//! The errors that both services have, and their answers.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use commerce::content::ContentError;
use language::Words;
use problem::Problem;
use relying_party::Refusal;
use web::word::NotAWord;

use crate::words;

/// Why a request fails.
#[derive(Debug, Clone)]
pub enum CommonError {
    /// The relying party refuses the caller: credential, scope, permission, forgery.
    Refused(Box<Refusal>),
    /// There is nothing at this address, or nothing that the caller may see.
    NotFound,
    /// The address exists, but doesn't support the method.
    MethodNotAllowed,
    /// The database is unavailable; nothing was changed. Already logged.
    Unavailable,
    /// A defect, already logged.
    Internal,
}

impl CommonError {
    /// The answer for programs.
    pub fn problem(&self) -> Problem {
        let of = Problem::new;
        match self {
            Self::Refused(refusal) => refusal.problem(),
            Self::NotFound => of(StatusCode::NOT_FOUND, "not_found", "Not found")
                .detail("There is nothing at this address."),
            Self::MethodNotAllowed => {
                of(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Method not allowed")
                    .detail("This address does not take this method.")
            }
            Self::Unavailable => {
                of(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", "Temporarily unavailable")
                    .detail("This can't be done at the moment. Nothing was changed. Try again shortly.")
            }
            Self::Internal => of(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "Internal error")
                .detail("Something went wrong on our side."),
        }
    }

    /// What its page says.
    pub fn words(&self) -> Words {
        let own = match self {
            Self::Refused(refusal) => refusal.words(),
            _ => None,
        };
        own.unwrap_or_else(|| words::of(self.problem().status))
    }
}

impl IntoResponse for CommonError {
    fn into_response(self) -> Response {
        match self {
            // includes the challenge
            Self::Refused(refusal) => refusal.into_response(),
            other => other.problem().into_response(),
        }
    }
}

impl From<Refusal> for CommonError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<NotAWord> for CommonError {
    fn from(_: NotAWord) -> Self {
        Self::NotFound
    }
}

impl From<database::Error> for CommonError {
    /// An outage or a conflict is answered with 503, so that clients try again; any other error is a defect.
    fn from(error: database::Error) -> Self {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        match error {
            database::Error::Unavailable(_) | database::Error::Retry(_) => {
                tracing::warn!(%error, cause, "the database is unavailable");
                Self::Unavailable
            }
            _ => {
                tracing::error!(%error, cause, "a database statement failed");
                Self::Internal
            }
        }
    }
}

impl From<ContentError> for CommonError {
    /// For reading pages: every other error means that the content isn't there.
    fn from(error: ContentError) -> Self {
        match error {
            ContentError::Database(error) => error.into(),
            _ => Self::NotFound,
        }
    }
}

impl From<askama::Error> for CommonError {
    fn from(error: askama::Error) -> Self {
        tracing::error!(%error, "rendering a page failed");
        Self::Internal
    }
}
