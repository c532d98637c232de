//! Why an operation did not succeed. Failures of one kind are counted together.

use std::collections::BTreeMap;

use super::loopback::Unreachable;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Failure {
    /// 503 with `Retry-After`: the provider protects itself, and says so. Told apart from failures.
    #[error("503 turned away")]
    TurnedAway,
    /// Another status than the one that was due, with the `error` of the body when it has one.
    #[error("{status} {error}")]
    Status {
        /// What came.
        status: u16,
        /// An OAuth error word; empty without one.
        error: String,
    },
    /// No connection, or it broke.
    #[error("connection: {0}")]
    Connection(String),
    /// Nothing came for too long.
    #[error("no answer in time")]
    TimedOut,
    /// An answer that can't be used.
    #[error("{0}")]
    Unexpected(String),
}

impl Failure {
    /// An answer that can't be used, in words.
    pub fn unexpected(what: impl Into<String>) -> Self {
        Self::Unexpected(what.into())
    }
}

/// Adds failures to others of their kinds.
pub fn add(all: &mut BTreeMap<Failure, u64>, more: &BTreeMap<Failure, u64>) {
    for (failure, count) in more {
        *all.entry(failure.clone()).or_default() += count;
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Connection(error.kind().to_string())
    }
}

impl From<hyper::Error> for Failure {
    fn from(error: hyper::Error) -> Self {
        Self::Connection(error.to_string())
    }
}

impl From<Unreachable> for Failure {
    fn from(error: Unreachable) -> Self {
        Self::Unexpected(error.to_string())
    }
}

impl From<http::Error> for Failure {
    fn from(error: http::Error) -> Self {
        Self::Unexpected(error.to_string())
    }
}
