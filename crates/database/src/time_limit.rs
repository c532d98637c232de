//! How long a call waits for a server: one that hangs must not block this program.

use std::time::Duration;

use crate::{Result, budget, driver, stale::StaleConnections};

/// The server's time limit for a statement, and for a transaction that is idle.
pub(crate) const AT_THE_SERVER: &str = "5s";
/// Removes the server's time limits for a transaction that copies a whole schema.
pub(crate) const WITHOUT_END: &str =
    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";
/// For a transaction that changes a schema: no limit while it works. An idle one ends, because it would block every
/// other program's start.
pub(crate) const WHILE_IT_WORKS: &str =
    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '60s'";
/// How long such a transaction waits for the lock of a table that it changes. While it waits, every later request for
/// that table waits behind it: a running backup and an upgrade together would block everybody (O14). The limit is
/// longer than an idle transaction of a request can last at the server.
pub(crate) const A_MOMENT_FOR_A_TABLE: &str = "SET LOCAL lock_timeout = '7s'";

/// How long calls wait for a server, and where useless connections are marked.
#[derive(Debug, Clone)]
pub struct TimeLimit {
    stale: StaleConnections,
    limit: Option<Duration>,
}

impl TimeLimit {
    /// For a request: a few seconds, for all its calls together in [`with_one_budget`](crate::with_one_budget).
    pub(crate) fn of_a_request(stale: StaleConnections) -> Self {
        Self { stale, limit: Some(budget::OF_A_REQUEST) }
    }

    /// No limit, for work that may take long.
    pub(crate) fn without_end(self) -> Self {
        Self { limit: None, ..self }
    }

    /// The longest wait of a call; `None` without a limit.
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// Waits for a call to the server, up to the limit. After a time-out it is unknown whether the call had its effect,
    /// as after a lost connection. Every statement is guarded, so trying again is safe.
    pub(crate) async fn wait<T>(&self, call: impl Future<Output = sqlx::Result<T>>) -> Result<T> {
        let answer = budget::wait(self.limit, driver::guarded(call), || self.stale.mark()).await;
        answer.map_err(|error| {
            self.stale.note(&error);
            error.into()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    const HOUR: Duration = Duration::from_hours(1);

    async fn an_hour() -> sqlx::Result<()> {
        tokio::time::sleep(HOUR).await;
        Ok(())
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_gives_up_on_a_server_that_hangs_and_long_work_waits() {
        let time_limit = TimeLimit::of_a_request(StaleConnections::default());
        let late = time_limit.wait(an_hour()).await;
        assert!(matches!(late, Err(Error::Unavailable(_))), "{late:?}");
        assert!(time_limit.without_end().wait(an_hour()).await.is_ok());
    }
}
