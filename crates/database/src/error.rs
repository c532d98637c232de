//! The errors of this crate, as far as callers have to distinguish them.

use sqlx::{error::DatabaseError, postgres::PgDatabaseError};

/// The result of every call in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A failed call. An error never means that the answer is "no": a security check that gets one must refuse.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database can't be reached, or can't accept the write now. The caller answers 503.
    #[error("the database is unavailable")]
    Unavailable(#[source] sqlx::Error),
    /// A unique constraint already holds the value.
    #[error("the value exists already")]
    Conflict(#[source] sqlx::Error),
    /// Two transactions collided; the same work may be tried again.
    #[error("the transaction collided with another one")]
    Retry(#[source] sqlx::Error),
    /// The database's address can't be used.
    #[error("{0}")]
    Address(String),
    /// This program can't work with the schema.
    #[error("{0}")]
    Schema(String),
    /// A statement or a row is wrong. This is a defect of this program.
    #[error("the statement failed")]
    Other(#[source] sqlx::Error),
}

impl Error {
    /// Whether a unique constraint refused the write.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict(_))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(e) if e.is_unique_violation() => Self::Conflict(error),
            sqlx::Error::Database(e) if collided(e.as_ref()) || outdated(e.as_ref()) => Self::Retry(error),
            sqlx::Error::Database(e) if out_of_service(e.as_ref()) => Self::Unavailable(error),
            // the peer isn't a PostgreSQL server that can serve: it hangs up, violates the protocol or lacks what was
            // asked for. It may be a load balancer without a server behind it, or a pooler
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::Configuration(_)
            | sqlx::Error::BeginFailed
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            _ => Self::Other(error),
        }
    }
}

/// PostgreSQL's serialization failure and deadlock.
fn collided(error: &dyn DatabaseError) -> bool {
    matches!(error.code().as_deref(), Some("40001" | "40P01"))
}

/// Whether PostgreSQL refused a prepared statement because a newer program has changed the table since. Prepared again
/// on another connection it works. The code alone is ambiguous, and the message may be in any language.
pub(crate) fn outdated(error: &dyn DatabaseError) -> bool {
    let error = error.try_downcast_ref::<PgDatabaseError>();
    error.is_some_and(|error| error.code() == "0A000" && error.routine() == Some("RevalidateCachedQuery"))
}

/// PostgreSQL's error codes after which a connection is useless: connection exceptions, shutdown, a read-only server
/// (25006), a transaction ended because it was idle (25P03), a prepared statement that a pooler mixed up (26000,
/// 42P05).
pub(crate) fn ends_connection(code: &str) -> bool {
    code.starts_with("08") || code.starts_with("57P") || matches!(code, "25006" | "25P03" | "26000" | "42P05")
}

/// Whether the database can't serve now. PostgreSQL: a useless connection, missing resources, an operator's
/// intervention, a refused login (as while a password changes), a missing database, a table locked by another
/// transaction. SQLite (primary result code, the low byte): busy, locked, read-only, I/O error, full, can't open.
fn out_of_service(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else { return false };
    if code.len() == 5 {
        let classes = ["53", "57", "28"];
        return ends_connection(&code)
            || classes.iter().any(|class| code.starts_with(class))
            || matches!(&*code, "3D000" | "55P03");
    }
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
}
