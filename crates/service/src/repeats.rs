//! A failure of ours that goes on, such as a database that is away, is told once a minute with a count, not once for
//! every request: a log that is full of one line hides all others.

use std::collections::HashMap;
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// How long the same failure isn't told again.
const QUIET: Duration = Duration::from_mins(1);
/// How many kinds of failures are remembered. Whatever more there is, is told each time.
const MOST_KINDS: usize = 500;

/// Lets a warning or an error with a field `error` pass when the same one, in all its fields, didn't just pass. Clones share
/// what has passed.
#[derive(Clone, Default)]
pub(crate) struct Repeats(Arc<Mutex<HashMap<String, Told>>>);

struct Told {
    at: Instant,
    more: u64,
}

impl Repeats {
    /// Tells how often each failure happened again whose minute is over at `now`.
    pub(crate) fn tell(&self, now: Instant) {
        let over: Vec<_> = self.told().extract_if(|_, told| now.duration_since(told.at) >= QUIET).collect();
        for (what, told) in over.into_iter().filter(|(_, told)| told.more > 0) {
            tracing::warn!(what, times = told.more, "the same happened again within a minute");
        }
    }

    fn told(&self) -> MutexGuard<'_, HashMap<String, Told>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn passes(&self, event: &Event<'_>) -> bool {
        let mut kind = Kind { text: event.metadata().target().to_owned(), is_failure: false };
        event.record(&mut kind);
        if !kind.is_failure {
            return true;
        }
        let mut told = self.told();
        if let Some(told) = told.get_mut(&kind.text) {
            told.more += 1;
            return false;
        }
        if told.len() < MOST_KINDS {
            told.insert(kind.text, Told { at: Instant::now(), more: 0 });
        }
        true
    }
}

impl<S: Subscriber> Layer<S> for Repeats {
    fn event_enabled(&self, event: &Event<'_>, _: Context<'_, S>) -> bool {
        *event.metadata().level() > Level::WARN || self.passes(event)
    }
}

/// What an event says.
struct Kind {
    text: String,
    is_failure: bool,
}

impl Visit for Kind {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.is_failure |= field.name() == "error";
        // text can be written to without fail
        let _ = write!(self.text, " {}={value:?}", field.name());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::telemetry::tests::Memory;
    use crate::telemetry::{Format, telling_once};
    use tracing_subscriber::EnvFilter;

    #[test]
    fn h13_the_same_failure_is_told_once_a_minute_with_a_count() {
        let (memory, repeats) = (Memory::default(), Repeats::default());
        let writer = memory.clone();
        let subscriber =
            telling_once(Format::Json, EnvFilter::new("info"), move || writer.clone(), repeats.clone());
        tracing::subscriber::with_default(subscriber, || {
            for _ in 0..5 {
                tracing::warn!(error = "gone", "the database is unavailable");
                tracing::info!(error = "gone", "it is only said");
                tracing::warn!(kind = "sign_in.failed", "an authentication failed");
            }
            tracing::warn!(error = "full", "the database is unavailable");
            repeats.tell(Instant::now());
            assert_eq!(memory.text().matches("is unavailable").count(), 2, "{}", memory.text());
            assert_eq!(memory.text().matches("it is only said").count(), 5);
            assert_eq!(memory.text().matches("an authentication failed").count(), 5);
            repeats.tell(Instant::now() + QUIET);
            let last = memory.text().lines().last().unwrap_or_default().to_owned();
            let last: serde_json::Value = serde_json::from_str(&last).unwrap();
            assert_eq!(last["times"], 4, "{last}");
            assert!(last["what"].as_str().unwrap().contains("gone"), "{last}");
            tracing::warn!(error = "gone", "the database is unavailable");
        });
        assert_eq!(memory.text().matches("message\":\"the database is unavailable").count(), 3);
    }
}
