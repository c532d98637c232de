//! Why a program can't use a database at its start, in words for the operator who started it.

use std::{io, path::Path};

use crate::{DatabaseUrl, Error};

/// A database that can't be used: its address, the cause, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("the database {address} can't be used: {cause}{advice}")]
pub struct Opening {
    address: String,
    cause: String,
    advice: &'static str,
    is_unavailable: bool,
}

impl Opening {
    /// The message for a failure with the database at this address.
    pub fn of(url: &DatabaseUrl, error: &Error) -> Self {
        let address = format!("{url:?}");
        let mut cause = innermost(error);
        // some causes begin with the file's name
        if let DatabaseUrl::Sqlite(path) = url
            && let Some(rest) = cause.strip_prefix(&format!("{}: ", path.display()))
        {
            cause = rest.to_owned();
        }
        let is_unavailable = matches!(error, Error::Unavailable(_) | Error::Retry(_));
        Self { address, advice: advice(url, error, &cause), cause, is_unavailable }
    }

    /// Whether the same may succeed later.
    pub fn is_unavailable(&self) -> bool {
        self.is_unavailable
    }
}

/// The innermost cause of an error.
fn innermost(error: &Error) -> String {
    if matches!(error, Error::Unavailable(sqlx::Error::PoolTimedOut)) {
        return "no connection came about in time".to_owned();
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}

fn advice(url: &DatabaseUrl, error: &Error, cause: &str) -> &'static str {
    match (url, error) {
        // the error's own text says what to do
        (_, Error::Schema(_)) => "",
        (DatabaseUrl::Sqlite(path), _) => advice_for_file(path, cause),
        (DatabaseUrl::Postgres(_), Error::Unavailable(error) | Error::Other(error)) => {
            advice_for_server(error)
        }
        (DatabaseUrl::Postgres(_), _) => "",
    }
}

fn advice_for_file(path: &Path, cause: &str) -> &'static str {
    let has_folder = path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.exists());
    let says = |words: [&str; 2]| words.iter().any(|word| cause.contains(word));
    if !has_folder {
        ". Make its folder first, or correct `database`"
    } else if says(["ermission denied", "unable to open"]) || cause.contains("readonly") {
        ". Let this user write to the file and to its folder"
    } else if says(["not a database", "malformed"]) {
        ". Restore a backup into its place, or correct `database`"
    } else {
        ""
    }
}

fn advice_for_server(error: &sqlx::Error) -> &'static str {
    match error {
        sqlx::Error::Database(error) => match error.code().as_deref() {
            Some("28P01" | "28000") => ". Check the role and its password",
            Some("3D000") => ". Make this database, or correct `database`",
            Some("53300") => ". Let the server take more connections, or end some",
            _ => "",
        },
        sqlx::Error::Tls(_) => ". Check `sslmode` and `sslrootcert`",
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::NotFound => {
            ". Correct the host, or the folder of the socket"
        }
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => {
            ". Is the server started, and are host and port right?"
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, Durability};

    #[tokio::test]
    async fn e6_what_cannot_be_opened_is_named_once_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("text.db"),
            "no database at all, but long enough to be taken for one".repeat(40),
        )
        .unwrap();
        for (address, word) in [
            (format!("sqlite:{}/absent/customer.db", folder.path().display()), "Make its folder"),
            (format!("sqlite:{}/text.db", folder.path().display()), "Restore a backup"),
            ("postgres://customer:hunter2@127.0.0.1:1/realmkeep".to_owned(), "Is the server started"),
        ] {
            let url: DatabaseUrl = address.parse().unwrap();
            let error = Db::open(&url, Durability::Full).await.unwrap_err();
            let message = Opening::of(&url, &error).to_string();
            assert!(message.contains(word) && !message.contains("hunter2"), "{message}");
            let name = address.trim_start_matches("sqlite:").rsplit('@').next().unwrap();
            assert_eq!(message.matches(name).count(), 1, "{message}");
        }
    }
}
