//! What can go wrong, as callers have to tell it apart.

use sqlx::{error::DatabaseError, postgres::PgDatabaseError};

/// The result of every call in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// A failed statement. None of them ever means "the answer is no": a control that meets one stays closed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database can't be reached or can't take the write now; the caller answers 503.
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
    /// The schema is not one this program can work on.
    #[error("{0}")]
    Schema(String),
    /// A statement or a row is wrong: a defect of this program.
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
            // where a server is expected, somebody hangs up, says what is no protocol, or isn't what was asked for: a
            // balancer without a server behind it, a pooler
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

/// PostgreSQL's refusal to run what was prepared on a connection before a newer program changed the table: prepared on
/// another one it goes through. The code alone says less, and the message may be in any language.
pub(crate) fn outdated(error: &dyn DatabaseError) -> bool {
    let error = error.try_downcast_ref::<PgDatabaseError>();
    error.is_some_and(|error| error.code() == "0A000" && error.routine() == Some("RevalidateCachedQuery"))
}

/// PostgreSQL's codes after which a connection is of no use: connection exceptions, shutting down, only reading (25006),
/// ended because a transaction stood still (25P03), a prepared statement that a pooler gave to somebody else (26000, 42P05).
pub(crate) fn ends_connection(code: &str) -> bool {
    code.starts_with("08") || code.starts_with("57P") || matches!(code, "25006" | "25P03" | "26000" | "42P05")
}

/// PostgreSQL: a connection of no use, no resources, an operator who steps in, a login that is refused, as while a
/// password changes, a database that is not there, a table that somebody else holds.
/// SQLite (primary result code, the low byte): busy, locked, read-only, I/O error, full, can't open.
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
