//! A pooler between us and PostgreSQL, such as PgBouncer. It has to leave us what we rely on, the settings of our
//! connections: one that doesn't is refused by its name, because it would take durability away.

use sqlx::{Postgres, postgres::PgConnection};

use crate::time_limit::AT_THE_SERVER;

const REFUSED: &str = "PgBouncer, or another pooler in front of PostgreSQL, doesn't keep our settings and prepared \
    statements. Connect to PostgreSQL itself: see \"Sizing\" in docs/operations.md for how many connections that takes";

/// Whether a new connection has the settings that we asked for.
pub(crate) async fn check(connection: &mut PgConnection) -> sqlx::Result<()> {
    let setting = "SELECT current_setting('statement_timeout')";
    let timeout: String = sqlx::query_scalar::<Postgres, _>(setting).fetch_one(connection).await?;
    if timeout == AT_THE_SERVER { Ok(()) } else { Err(sqlx::Error::Configuration(REFUSED.into())) }
}

/// The same failure with the name of what caused it: PgBouncer takes no start-up parameter that it doesn't know, and mixes
/// up prepared statements of several connections (26000, 42P05).
pub(crate) fn named(error: sqlx::Error) -> sqlx::Error {
    let Some(refusal) = error.as_database_error() else { return error };
    let of_a_pooler = refusal.message().starts_with("unsupported startup parameter")
        || refusal.code().is_some_and(|code| matches!(&*code, "26000" | "42P05"));
    if of_a_pooler {
        return sqlx::Error::Configuration(format!("{REFUSED}. It said: {}", refusal.message()).into());
    }
    error
}
