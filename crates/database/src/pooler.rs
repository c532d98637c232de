//! Poolers in front of PostgreSQL, such as PgBouncer. This crate relies on the settings of its connections. A pooler
//! that doesn't keep them would take durability away, so it is refused, with an error that names it.

use sqlx::{Postgres, postgres::PgConnection};

use crate::time_limit::AT_THE_SERVER;

const REFUSED: &str = "PgBouncer, or another pooler in front of PostgreSQL, doesn't keep our settings and prepared \
    statements. Connect to PostgreSQL itself: see \"Sizing\" in docs/operations.md for how many connections that takes";

/// Checks that a new connection has the settings that were asked for.
pub(crate) async fn check(connection: &mut PgConnection) -> sqlx::Result<()> {
    let setting = "SELECT current_setting('statement_timeout')";
    let timeout: String = sqlx::query_scalar::<Postgres, _>(setting).fetch_one(connection).await?;
    if timeout == AT_THE_SERVER { Ok(()) } else { Err(sqlx::Error::Configuration(REFUSED.into())) }
}

/// Names the pooler in an error that PgBouncer caused: it refuses start-up parameters that it doesn't know, and mixes
/// up the prepared statements of several connections (26000, 42P05).
pub(crate) fn named(error: sqlx::Error) -> sqlx::Error {
    let Some(refusal) = error.as_database_error() else { return error };
    let of_a_pooler = refusal.message().starts_with("unsupported startup parameter")
        || refusal.code().is_some_and(|code| matches!(&*code, "26000" | "42P05"));
    if of_a_pooler {
        return sqlx::Error::Configuration(format!("{REFUSED}. It said: {}", refusal.message()).into());
    }
    error
}
