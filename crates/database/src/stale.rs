//! Connections that turned out to be useless, and all that are as old: after a restart or a failover of the server they
//! are replaced instead of being found dead, or read-only for ever, one by one (O7).

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use sqlx::pool::PoolConnectionMetadata;

use crate::error::{ends_connection, outdated};

/// When a connection of a pool was last found useless; clones share it.
#[derive(Debug, Clone, Default)]
pub struct StaleConnections(Arc<Mutex<Option<Instant>>>);

impl StaleConnections {
    /// Looks at what a call ended with.
    pub(crate) fn note(&self, error: &sqlx::Error) {
        if is_of_the_connection(error) {
            self.mark();
        }
    }

    /// A connection was of no use.
    pub(crate) fn mark(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether the connection was there already when one was last found useless.
    pub(crate) fn include(&self, connection: &PoolConnectionMetadata) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| connection.age >= last.elapsed())
    }
}

/// Broken, found useless by the server, or with statements from before the schema changed.
fn is_of_the_connection(error: &sqlx::Error) -> bool {
    match error {
        // when we gave up, and not the system, it depends on for how long we had waited
        sqlx::Error::Io(error) => {
            error.kind() != std::io::ErrorKind::TimedOut || error.raw_os_error().is_some()
        }
        sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| ends_connection(&code)) || outdated(error.as_ref())
        }
        _ => false,
    }
}
