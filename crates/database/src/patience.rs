//! How long anybody waits for a server: one that hangs must not hang us.

use std::{io, pin::pin, time::Duration};

use crate::{Result, doubt::Doubt};

/// What the server gives a statement and a transaction that stopped sending.
pub(crate) const AT_THE_SERVER: &str = "5s";
/// What we give a call. It is longer than [`AT_THE_SERVER`], so that a server that works tells by itself.
const HERE: Duration = Duration::from_secs(7);

/// For a transaction that may take its time: one that copies a whole schema.
pub(crate) const WITHOUT_END: &str =
    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";
/// For one that changes a whole schema: as long as it works. One that hangs would hold up all others at their start.
pub(crate) const WHILE_IT_WORKS: &str =
    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '60s'";

/// Gives up on a call to a server. What it would have changed is unknown then, as after a lost connection; every
/// statement is guarded, so that trying again is safe.
pub(crate) async fn limited<T>(doubt: &Doubt, call: impl Future<Output = sqlx::Result<T>>) -> Result<T> {
    let late = |_| Err(sqlx::Error::Io(io::ErrorKind::TimedOut.into()));
    // it is dropped after the doubt is known: the pool would wait for a sign of life of its connection
    let mut call = pin!(call);
    let answer = tokio::time::timeout(HERE, call.as_mut()).await.unwrap_or_else(late);
    answer.map_err(|error| {
        doubt.consider(&error);
        error.into()
    })
}
