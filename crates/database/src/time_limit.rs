//! How long anybody waits for a server: one that hangs must not hang us.

use std::time::Duration;

use crate::{Result, budget, driver, stale::StaleConnections};

/// What the server gives a statement and a transaction that stopped sending.
pub(crate) const AT_THE_SERVER: &str = "5s";
/// What the server is told of a transaction that may take its time: one that copies a whole schema.
pub(crate) const WITHOUT_END: &str =
    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";
/// For one that changes a whole schema: as long as it works. One that hangs would hold up all others at their start.
pub(crate) const WHILE_IT_WORKS: &str =
    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = '60s'";
/// The same for the tables that it changes, once it is its turn: whoever wants a table after a step that waits for it
/// waits too, so that a backup under way and an upgrade would together hold up everybody (O14). Longer than the server
/// gives a transaction of a request that stopped sending.
pub(crate) const A_MOMENT_FOR_A_TABLE: &str = "SET LOCAL lock_timeout = '7s'";

/// How long somebody waits for a server, and where it is noted that a connection was of no use.
#[derive(Debug, Clone)]
pub struct TimeLimit {
    stale: StaleConnections,
    limit: Option<Duration>,
}

impl TimeLimit {
    /// For a request: a few seconds, for all its calls together where it has said where it begins.
    pub(crate) fn of_a_request(stale: StaleConnections) -> Self {
        Self { stale, limit: Some(budget::OF_A_REQUEST) }
    }

    /// For work that takes as long as it takes.
    pub(crate) fn without_end(self) -> Self {
        Self { limit: None, ..self }
    }

    /// What a call gets; `None` when it is waited for without end.
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// Waits for a call to the server, and gives up on it in the end. What it would have changed is unknown then, as
    /// after a lost connection; every statement is guarded, so that trying again is safe.
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
