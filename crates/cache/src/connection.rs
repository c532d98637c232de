//! The one connection to the Redis server, shared by all callers. Nobody waits for it: while it is broken, callers do
//! without Redis, and a new one is made in the background.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use redis::{
    AsyncConnectionConfig, Client, ErrorKind, RedisError, RedisResult, ServerErrorKind,
    aio::MultiplexedConnection,
};
use tokio::time::Instant;

/// The longest wait for an answer.
const ANSWER: Duration = Duration::from_millis(250);
/// The longest wait for a connection, including its greeting.
const CONNECT: Duration = Duration::from_secs(1);
/// How long a server that failed is not tried again.
const REST: Duration = Duration::from_millis(500);
/// At most one failure is logged in this time.
const LOG_EVERY: Duration = Duration::from_secs(10);

/// Redis gave no answer. The caller has to do without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Redis can't be used now")]
pub struct Away;

/// The connection that all callers share.
pub(crate) struct SharedConnection {
    client: Client,
    state: Mutex<State>,
}

struct State {
    phase: Phase,
    /// Whether the last call failed.
    is_failing: bool,
    /// When a failure was last logged.
    logged_at: Option<Instant>,
}

enum Phase {
    Open(MultiplexedConnection),
    /// No caller tries before that time.
    ClosedUntil(Instant),
}

impl SharedConnection {
    pub fn new(client: Client) -> Arc<Self> {
        let state = State { phase: Phase::ClosedUntil(Instant::now()), is_failing: false, logged_at: None };
        Arc::new(Self { client, state: Mutex::new(state) })
    }

    /// Sends commands to the server. [`Away`] while there is no connection, when the answer comes late, and when the
    /// server reports an error.
    pub async fn ask<T>(
        self: &Arc<Self>,
        question: impl AsyncFnOnce(MultiplexedConnection) -> RedisResult<T>,
    ) -> Result<T, Away> {
        let connection = self.connection()?;
        // one call may need several answers
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

    /// Tries to connect now.
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
        // no other caller tries during this attempt; if the attempt comes to nothing, another one follows later
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
            // only the kind, because the server's message may repeat what was sent
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

/// Whether the server only refused one command: for a value of another type, lack of memory or a missing permission.
/// The connection still works then.
fn concerns_one_key(error: &RedisError) -> bool {
    match error.kind() {
        ErrorKind::Server(kind) => {
            matches!(
                kind,
                ServerErrorKind::ResponseError | ServerErrorKind::NoPerm | ServerErrorKind::NoScript
            )
        }
        // codes that the library doesn't know, such as WRONGTYPE and OOM
        ErrorKind::Extension | ErrorKind::UnexpectedReturnType => true,
        _ => false,
    }
}
