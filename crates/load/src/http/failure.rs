//! Why an operation did not succeed. Failures of one kind are counted together.

use std::{collections::BTreeMap, error::Error, io};

use http::{HeaderMap, StatusCode, header::RETRY_AFTER};
use serde_json::Value;

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
    /// An answer with another status than the one that was due.
    pub fn of(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        // without a word about when to come back something is broken instead
        if status == StatusCode::SERVICE_UNAVAILABLE && headers.contains_key(RETRY_AFTER) {
            return Self::TurnedAway;
        }
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let error = body.get("error").and_then(Value::as_str).unwrap_or_default();
        Self::Status { status: status.as_u16(), error: error.to_owned() }
    }

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

impl From<hyper_util::client::legacy::Error> for Failure {
    fn from(error: hyper_util::client::legacy::Error) -> Self {
        // the system's word for it, if it has one: of several addresses each would be a failure of its own otherwise
        let (mut io, mut cause) = (None, error.source());
        while let Some(known) = cause {
            io = known.downcast_ref::<io::Error>().or(io);
            cause = known.source();
        }
        Self::Connection(io.map_or_else(|| error.to_string(), |io| io.kind().to_string()))
    }
}

impl From<Unreachable> for Failure {
    fn from(error: Unreachable) -> Self {
        Self::Unexpected(error.to_string())
    }
}

impl From<http::header::InvalidHeaderValue> for Failure {
    fn from(_: http::header::InvalidHeaderValue) -> Self {
        Self::unexpected("a value that no header may have")
    }
}

impl From<http::Error> for Failure {
    fn from(error: http::Error) -> Self {
        Self::Unexpected(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn turned_away_is_who_is_told_when_to_come_back() {
        let failure = |status, retry: Option<&'static str>, body: &'static str| {
            let retry = retry.map(|retry| (RETRY_AFTER, HeaderValue::from_static(retry)));
            Failure::of(status, &retry.into_iter().collect(), body.as_bytes())
        };
        let status = |status, error: &str| Failure::Status { status, error: error.to_owned() };
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        assert_eq!(failure(unavailable, Some("2"), ""), Failure::TurnedAway);
        assert_eq!(failure(unavailable, None, "<html>"), status(503, ""));
        let slower = failure(StatusCode::TOO_MANY_REQUESTS, Some("2"), r#"{"error":"slow_down"}"#);
        assert_eq!(slower, status(429, "slow_down"));
    }
}
