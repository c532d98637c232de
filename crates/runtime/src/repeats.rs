//! Limits repeated log lines. A failure that continues, such as an unreachable database, is logged once a minute with a
//! count, not for every request, so that it does not hide other lines.

use std::{
    collections::HashMap,
    fmt::{Debug, Write as _},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context};

/// How long the same failure is not logged again.
pub(crate) const QUIET: Duration = Duration::from_mins(1);
/// How many different failures are remembered. Further ones are logged each time.
const MOST_KINDS: usize = 500;

/// A filter for warnings and errors that have a field `error`: it drops one that has passed in the last minute with
/// equal fields. Clones share what has passed.
#[derive(Clone, Default)]
pub(crate) struct Repeats(Arc<Mutex<HashMap<String, Logged>>>);

struct Logged {
    at: Instant,
    more: u64,
}

impl Repeats {
    /// Logs how often each failure was repeated, for those whose minute is over at `now`.
    pub(crate) fn report(&self, now: Instant) {
        let over: Vec<_> =
            self.logged().extract_if(|_, logged| now.duration_since(logged.at) >= QUIET).collect();
        for (what, logged) in over.into_iter().filter(|(_, logged)| logged.more > 0) {
            tracing::warn!(what, times = logged.more, "the same happened again within a minute");
        }
    }

    fn logged(&self) -> MutexGuard<'_, HashMap<String, Logged>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn passes(&self, event: &Event<'_>) -> bool {
        let mut kind = Kind { text: event.metadata().target().to_owned(), is_failure: false };
        event.record(&mut kind);
        if !kind.is_failure {
            return true;
        }
        let mut logged = self.logged();
        if let Some(logged) = logged.get_mut(&kind.text) {
            logged.more += 1;
            return false;
        }
        if logged.len() < MOST_KINDS {
            logged.insert(kind.text, Logged { at: Instant::now(), more: 0 });
        }
        true
    }
}

impl<S: Subscriber> Layer<S> for Repeats {
    fn event_enabled(&self, event: &Event<'_>, _: Context<'_, S>) -> bool {
        *event.metadata().level() > Level::WARN || self.passes(event)
    }
}

/// An event's fields as text, and whether it is a failure.
struct Kind {
    text: String,
    is_failure: bool,
}

impl Visit for Kind {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.is_failure |= field.name() == "error";
        // writing to a String can't fail
        let _ = write!(self.text, " {}={value:?}", field.name());
    }
}
