//! How a use case can fail, in the terms of the domain. Only `http/error.rs` turns these errors into status codes.

use protocol::error::OAuthError;

use crate::authn::queue::Busy;

/// The result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a use case did not complete.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules refuse the request, and the client may know why.
    #[error("{}: {}", .0.code.as_str(), .0.description)]
    Refused(OAuthError),
    /// Too many failed attempts: try again later.
    #[error("too many attempts")]
    Wait {
        /// When the next attempt is accepted, Unix seconds; `i64::MAX` when only a reset helps.
        until: i64,
    },
    /// Too many requests, whatever they ask for.
    #[error("too many requests")]
    TooMany {
        /// When a request is answered again at the latest, Unix seconds.
        until: i64,
    },
    /// No password thread became free in time.
    #[error("the password threads are busy")]
    Busy,
    /// The same form was sent before, and its first outcome counts: see [`super::once`].
    #[error("a form that was sent before")]
    Repeated,
    /// The database can't be used now. Nothing was decided.
    #[error("the database is unavailable")]
    Unavailable(#[source] database::Error),
    /// A defect; logged once with its request id, never shown.
    #[error("internal error")]
    Internal(#[source] anyhow::Error),
}

impl From<OAuthError> for Error {
    fn from(error: OAuthError) -> Self {
        Self::Refused(error)
    }
}

impl From<database::Error> for Error {
    fn from(error: database::Error) -> Self {
        match error {
            database::Error::Unavailable(_) | database::Error::Retry(_) => Self::Unavailable(error),
            other => Self::Internal(other.into()),
        }
    }
}

impl database::Collision for Error {
    fn collided(&self) -> bool {
        matches!(self, Self::Unavailable(error) if error.collided())
    }
}

impl From<Busy> for Error {
    fn from(_: Busy) -> Self {
        Self::Busy
    }
}

impl From<anyhow::Error> for Error {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}
