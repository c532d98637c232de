//! The address of a database.

use std::{path::PathBuf, str::FromStr};

use sqlx::postgres::PgConnectOptions;

use crate::{Error, Result};

/// The address of a database: `sqlite:PATH` or `postgres://ROLE@HOST/NAME`, with the parameters of libpq
/// (`sslmode`, `sslrootcert`, `host` for a socket).
#[derive(Clone)]
pub enum DatabaseUrl {
    /// A file, which is created when it is missing.
    Sqlite(PathBuf),
    /// A server, and the role to log in with. The role owns a schema of its own name.
    Postgres(Box<PgConnectOptions>),
}

impl DatabaseUrl {
    /// The same address with the role's password. The address of a file is unchanged.
    #[must_use]
    pub fn with_password(self, password: &str) -> Self {
        match self {
            Self::Sqlite(path) => Self::Sqlite(path),
            Self::Postgres(server) => Self::Postgres(Box::new(server.password(password))),
        }
    }

    /// What distinguishes databases: a file's path, or a server's host, port, database and role. Credentials don't
    /// count.
    fn identity(&self) -> (String, u16, String, String) {
        match self {
            Self::Sqlite(path) => (path.display().to_string(), 0, String::new(), String::new()),
            Self::Postgres(server) => {
                let host = match server.get_socket() {
                    Some(socket) => socket.display().to_string(),
                    None => server.get_host().to_owned(),
                };
                let role = server.get_username().to_owned();
                (host, server.get_port(), server.get_database().unwrap_or(&role).to_owned(), role)
            }
        }
    }
}

impl PartialEq for DatabaseUrl {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for DatabaseUrl {}

impl std::fmt::Debug for DatabaseUrl {
    /// Omits the password of a server's address.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self, self.identity()) {
            (Self::Sqlite(_), (path, ..)) => write!(f, "sqlite:{path}"),
            (Self::Postgres(_), (host, port, name, role)) => {
                write!(f, "postgres://{role}@{host}:{port}/{name}")
            }
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if let Some(path) = text.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            // the driver's errors repeat parts of the text, which may hold a password
            let server = PgConnectOptions::from_str(text);
            return server
                .map(|server| Self::Postgres(Box::new(server)))
                .map_err(|_| Error::Address("the address of the PostgreSQL server can't be read".into()));
        }
        Err(Error::Address("a database is `sqlite:PATH` or `postgres://ROLE@HOST/NAME`".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> DatabaseUrl {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_without_a_known_scheme_is_refused() {
        for text in ["mysql://x", "sqlite:", "postgres://host:port/x", ""] {
            assert!(text.parse::<DatabaseUrl>().is_err(), "{text}");
        }
    }

    #[test]
    fn e7_a_password_is_not_shown() {
        let url = address("postgres://customer:hunter2@db/realmkeep?sslmode=verify-full");
        assert_eq!(format!("{url:?}"), "postgres://customer@db:5432/realmkeep");
        assert!(!format!("{:?}", url.with_password("hunter3")).contains("hunter"));
        let error = "postgres://customer:hunter2@db:port/x".parse::<DatabaseUrl>().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }

    #[test]
    fn h1_the_same_role_is_the_same_database_however_it_is_written() {
        let url = address("postgres://customer@db/realmkeep");
        assert_eq!(url, address("postgresql://customer:secret@db:5432/realmkeep?sslmode=disable"));
        for other in ["postgres://admin@db/realmkeep", "postgres://customer@db2/realmkeep", "sqlite:db"] {
            assert_ne!(url, address(other), "{other}");
        }
    }
}
