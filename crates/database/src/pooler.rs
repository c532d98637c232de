//! What may stand between us and PostgreSQL. Something that speaks another protocol must not bring down whoever asks it. A
//! pooler, such as PgBouncer in transaction mode, has to leave us what we rely on, the settings of our connections: it is
//! refused by its name instead of taking durability away.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use sqlx::{Postgres, postgres::PgConnection};

use crate::patience::AT_THE_SERVER;

const REFUSED: &str = "PgBouncer, or another pooler in front of PostgreSQL, doesn't keep our settings and prepared \
    statements. Connect to PostgreSQL itself: see \"Sizing\" in docs/operations.md for how many connections that takes";

/// Waits for the driver, which panics at some nonsense instead of calling it a violation of the protocol.
pub(crate) async fn guarded<T>(call: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    let mut call = pin!(call);
    std::future::poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(cx)));
        polled.unwrap_or_else(|_| {
            Poll::Ready(Err(sqlx::Error::Protocol("the driver can't make sense of what it was told".into())))
        })
    })
    .await
}

/// Whether a new connection has the settings that we asked for.
pub(crate) async fn check(connection: &mut PgConnection) -> sqlx::Result<()> {
    let told = "SELECT current_setting('statement_timeout')";
    let timeout: String = sqlx::query_scalar::<Postgres, _>(told).fetch_one(connection).await?;
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
