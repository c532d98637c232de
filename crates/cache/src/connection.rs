//! The connection to the server: one for all, never waited for. Whoever finds it broken goes on without; a new one is
//! made beside.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use redis::{
    AsyncConnectionConfig, Client, ErrorKind, RedisError, RedisResult, ServerErrorKind,
    aio::MultiplexedConnection,
};
use tokio::time::Instant;

/// An answer that takes longer is none.
const ANSWER: Duration = Duration::from_millis(250);
/// A connection that takes longer, its greeting included, is none.
const CONNECT: Duration = Duration::from_secs(1);
/// How long a broken server is left alone.
const REST: Duration = Duration::from_millis(500);
/// How often a failure is logged at most.
const LOG_EVERY: Duration = Duration::from_secs(10);

/// Redis gave no answer: the caller has to do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Redis can't be used now")]
pub struct Away;

/// The connection, shared by everybody who has a clone.
pub(crate) struct SharedConnection {
    client: Client,
    state: Mutex<State>,
}

struct State {
    phase: Phase,
    /// Whether the server failed last.
    is_failing: bool,
    /// When a failure was logged last.
    logged_at: Option<Instant>,
}

enum Phase {
    Open(MultiplexedConnection),
    /// Nobody tries before that.
    ClosedUntil(Instant),
}

impl SharedConnection {
    pub fn new(client: Client) -> Arc<Self> {
        let state = State { phase: Phase::ClosedUntil(Instant::now()), is_failing: false, logged_at: None };
        Arc::new(Self { client, state: Mutex::new(state) })
    }

    /// Asks the server. It is [`Away`] while there is no connection, when it answers late, and when it says no.
    pub async fn ask<T>(
        self: &Arc<Self>,
        question: impl AsyncFnOnce(MultiplexedConnection) -> RedisResult<T>,
    ) -> Result<T, Away> {
        let connection = self.connection()?;
        // a question may need several answers
        match tokio::time::timeout(2 * ANSWER, question(connection)).await.unwrap_or_else(|_| Err(late())) {
            Ok(answer) => {
                self.worked();
                Ok(answer)
            }
            Err(error) => {
                self.failed(&error);
                Err(Away)
            }
        }
    }

    /// Makes the connection now, if it can be made.
    pub async fn connect(self: &Arc<Self>) {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(ANSWER));
        let dialled =
            tokio::time::timeout(CONNECT, self.client.get_multiplexed_async_connection_with_config(&config));
        match dialled.await.unwrap_or_else(|_| Err(late())) {
            Ok(connection) => self.state().phase = Phase::Open(connection),
            Err(error) => self.failed(&error),
        }
    }

    fn connection(self: &Arc<Self>) -> Result<MultiplexedConnection, Away> {
        let mut state = self.state();
        match &state.phase {
            Phase::Open(connection) => return Ok(connection.clone()),
            Phase::ClosedUntil(until) if *until <= Instant::now() => {}
            Phase::ClosedUntil(_) => return Err(Away),
        }
        // nobody else tries while this one does, and somebody does should it come to nothing
        state.phase = Phase::ClosedUntil(Instant::now() + CONNECT + REST);
        drop(state);
        let connection = self.clone();
        tokio::spawn(async move { connection.connect().await });
        Err(Away)
    }

    fn worked(&self) {
        let mut state = self.state();
        if std::mem::take(&mut state.is_failing) {
            drop(state);
            tracing::info!("Redis works again");
        }
    }

    fn failed(&self, error: &RedisError) {
        let mut state = self.state();
        state.is_failing = true;
        if !concerns_one_key(error) {
            state.phase = Phase::ClosedUntil(Instant::now() + REST);
        }
        if state.logged_at.is_none_or(|at| at.elapsed() >= LOG_EVERY) {
            state.logged_at = Some(Instant::now());
            drop(state);
            // the kind only: what a server says may repeat what we sent
            tracing::warn!(kind = ?error.kind(), code = error.code(), "Redis can't be used; the database answers");
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for SharedConnection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SharedConnection")
    }
}

fn late() -> RedisError {
    std::io::Error::from(std::io::ErrorKind::TimedOut).into()
}

/// Whether the server answered and only had nothing good to say about one command: a value of another kind, no room,
/// no permission. The connection is as good as before then.
fn concerns_one_key(error: &RedisError) -> bool {
    match error.kind() {
        ErrorKind::Server(kind) => {
            matches!(
                kind,
                ServerErrorKind::ResponseError | ServerErrorKind::NoPerm | ServerErrorKind::NoScript
            )
        }
        // codes that the library has no name for, such as WRONGTYPE and OOM
        ErrorKind::Extension | ErrorKind::UnexpectedReturnType => true,
        _ => false,
    }
}
