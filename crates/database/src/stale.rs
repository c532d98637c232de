//! Stale connections. When a connection turns out to be useless, all connections that existed at that time are
//! replaced. Otherwise, after a restart or a failover of the server, each would fail once, or stay read-only for ever
//! (O7).

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
    /// Marks the time if this error shows a useless connection.
    pub(crate) fn note(&self, error: &sqlx::Error) {
        if is_of_the_connection(error) {
            self.mark();
        }
    }

    /// Marks the time: a connection was found useless now.
    pub(crate) fn mark(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether the connection existed already at the last mark.
    pub(crate) fn include(&self, connection: &PoolConnectionMetadata) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| connection.age >= last.elapsed())
    }
}

/// Whether the connection is broken, useless according to the server, or older than a change of the schema.
fn is_of_the_connection(error: &sqlx::Error) -> bool {
    match error {
        // a time-out of this program says little: that depends on how long it waited, so the caller marks it
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
