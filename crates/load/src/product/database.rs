//! Where the product keeps its facts: files below its data folder, or a server that is started for it.

use std::sync::Arc;

use ::database::sqlx::{AssertSqlSafe, Connection, PgConnection, raw_sql};
use anyhow::Context;
use clap::ValueEnum;
use testbed::Postgres;

/// A kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Files
    Sqlite,
    /// A server, started for the run with `fsync` on
    Postgres,
}

/// A database.
#[derive(Debug, Clone)]
pub enum Database {
    /// Files below the data folder.
    Sqlite,
    /// A server.
    Postgres(Arc<Postgres>),
}

/// Who needs a role with a schema of its own: the variables that tell it.
const ROLES: [(&str, &[&str]); 5] = [
    ("customer", &["REALMKEEP_CUSTOMER__DATABASE"]),
    ("admin", &["REALMKEEP_ADMIN__DATABASE"]),
    ("shop", &["SHOP_API__DATABASE", "ADMIN_API__DATABASE"]),
    ("shop_sessions", &["SHOP_API__SESSIONS_DATABASE"]),
    ("console_sessions", &["ADMIN_API__SESSIONS_DATABASE"]),
];
/// Who makes the commits that are a ceiling.
pub const CEILING: &str = "ceiling";

/// A server with the roles of the product; none when PostgreSQL is not installed here.
pub async fn server() -> anyhow::Result<Option<Arc<Postgres>>> {
    let started = tokio::task::spawn_blocking(Postgres::durable).await;
    let Ok(Some(server)) = started else { return Ok(None) };
    let mut superuser = PgConnection::connect(&server.superuser()).await?;
    for name in ROLES.iter().map(|(name, _)| *name).chain([CEILING]) {
        let statements =
            format!("CREATE ROLE {name} LOGIN PASSWORD '{name}'; CREATE SCHEMA AUTHORIZATION {name}");
        let made = raw_sql(AssertSqlSafe(statements)).execute(&mut superuser).await;
        made.with_context(|| format!("the role {name}"))?;
    }
    superuser.close().await?;
    Ok(Some(Arc::new(server)))
}

impl Database {
    /// The variables that tell the product.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let Self::Postgres(server) = self else { return Vec::new() };
        let of_role = |(role, variables): &(&str, &'static [&'static str])| {
            let address = server.url(role);
            variables.iter().map(move |variable| (*variable, address.clone())).collect::<Vec<_>>()
        };
        ROLES.iter().flat_map(of_role).collect()
    }

    /// Whether it is a server.
    pub fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }
}
