//! Structured logs: one event is one line, whatever is in it (E4, Z18; H13).

use std::{
    io::{self, Write},
    sync::OnceLock,
};

use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    filter::{LevelFilter, ParseError},
    fmt::{self, MakeWriter},
    layer::SubscriberExt as _,
};

use crate::{
    repeats::Repeats,
    terminal::{is_hidden, printable},
};

/// How often it is looked whether repeated failures are to be logged.
const LOOK: std::time::Duration = std::time::Duration::from_secs(5);

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line, with the fields of all spans around the event.
    Json,
    /// For a person at a terminal during development. Text from outside may contain line breaks.
    Pretty,
}

/// The filter's text can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadFilter {
    /// Not in the syntax.
    #[error("the log filter is not valid: {0}")]
    Syntax(#[from] ParseError),
    /// Taken for the name of a part of the program, such as a level that was misspelt, and then hardly anything is
    /// logged.
    #[error(
        "the log filter has `{}`, which is no level: use error, warn, info, debug, trace or off, \
         or PART=LEVEL such as sqlx=warn",
        printable(.0)
    )]
    NoLevel(String),
}

/// Whether every part of a filter says how much is logged.
fn check(filter: &str) -> Result<(), BadFilter> {
    // what is chosen by fields of a span is the business of its parser
    if filter.contains(['[', '{']) {
        return Ok(());
    }
    for part in filter.split(',') {
        let (target, level) = part.rsplit_once('=').unwrap_or(("", part));
        let is_name = target.chars().all(|c| c.is_ascii_alphanumeric() || "_:-".contains(c));
        if !is_name || level.is_empty() || level.parse::<LevelFilter>().is_err() {
            return Err(BadFilter::NoLevel(part.to_owned()));
        }
    }
    Ok(())
}

/// Starts logging to standard error, once a process; later calls change nothing. `filter` is in the syntax of
/// `tracing_subscriber::EnvFilter`, such as `info,sqlx=warn`; each part names a level. In JSON, panics are logged by their place in the
/// code only: their messages can hold values.
///
/// # Errors
/// When `filter` isn't valid.
pub fn init(format: Format, filter: &str) -> Result<(), BadFilter> {
    static STARTED: OnceLock<()> = OnceLock::new();
    check(filter)?;
    let filter = EnvFilter::try_new(filter)?;
    STARTED.get_or_init(|| {
        // It only fails when somebody else has installed a subscriber; then theirs stays.
        let repeats = Repeats::default();
        let subscriber = telling_once(format, filter, io::stderr, repeats.clone());
        let installed = tracing::subscriber::set_global_default(subscriber);
        // a thread, because what is logged has to be logged while the runtime hangs, too
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(LOOK);
                repeats.report(std::time::Instant::now());
            }
        });
        if installed.is_ok() && format == Format::Json {
            std::panic::set_hook(Box::new(|panic| {
                let place = panic.location().map(ToString::to_string).unwrap_or_default();
                tracing::error!(place, "panic");
            }));
        }
    });
    Ok(())
}

/// What writes log lines, and a repeated failure's once a minute.
pub(crate) fn telling_once<M>(
    format: Format,
    filter: EnvFilter,
    writer: M,
    repeats: Repeats,
) -> impl Subscriber + Send + Sync
where
    M: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let writer = OneLine(writer);
    let layer = match format {
        Format::Json => {
            fmt::layer().json().flatten_event(true).with_current_span(false).with_writer(writer).boxed()
        }
        Format::Pretty => fmt::layer().compact().with_writer(writer).boxed(),
    };
    // filters of the whole, not of the one layer: tracing-subscriber's filters of a layer lose count when an event is refused
    // after its call site was let through
    Registry::default().with(layer).with(filter).with(repeats)
}

/// Writes what JSON permits inside a string, but terminals and line-based readers take for a control, as an escape.
struct OneLine<M>(M);

impl<'w, M: MakeWriter<'w>> MakeWriter<'w> for OneLine<M> {
    type Writer = Escaping<M::Writer>;

    fn make_writer(&'w self) -> Self::Writer {
        Escaping(self.0.make_writer())
    }
}

struct Escaping<W>(W);

impl<W: Write> Write for Escaping<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(event) {
            Ok(text) if text.chars().any(is_hidden) => self.0.write_all(escaped(text).as_bytes())?,
            _ => self.0.write_all(event)?,
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn escaped(text: &str) -> String {
    // All hidden characters are in the basic plane: four digits suffice.
    let escape = |c: char| if is_hidden(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use proptest::prelude::*;

    use super::*;
    use crate::testing::{Memory, subscriber};

    fn logged(log: impl FnOnce()) -> String {
        let memory = Memory::default();
        let writer = memory.clone();
        let subscriber = subscriber(Format::Json, EnvFilter::new("info"), move || writer.clone());
        tracing::subscriber::with_default(subscriber, log);
        memory.text()
    }

    #[test]
    fn an_event_carries_the_fields_of_the_spans_around_it() {
        let line = logged(|| {
            let _request = tracing::info_span!("request", request_id = "r-1").entered();
            let _inner = tracing::info_span!("store").entered();
            tracing::info!(status = 200, "answered");
        });
        let event: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(event["status"], 200);
        assert_eq!(event["spans"][0]["request_id"], "r-1");
    }

    #[test]
    fn pool7_a_filter_that_means_nothing_is_refused() {
        for good in [
            "info",
            "WARN",
            "off",
            "info,sqlx=warn",
            "sqlx=debug,idp::flow=trace",
            "[request{status=500}]=info",
        ] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            " ",
            "inof",
            "info,",
            "info,sqlx",
            "sqlx=wran",
            "info;sqlx=warn",
            "info, sqlx=warn",
            "verbose",
        ] {
            assert!(check(bad).is_err(), "{bad:?}");
        }
    }

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
            repeats.report(Instant::now());
            assert_eq!(memory.text().matches("is unavailable").count(), 2, "{}", memory.text());
            assert_eq!(memory.text().matches("it is only said").count(), 5);
            assert_eq!(memory.text().matches("an authentication failed").count(), 5);
            repeats.report(Instant::now() + crate::repeats::QUIET);
            let last = memory.text().lines().last().unwrap_or_default().to_owned();
            let last: serde_json::Value = serde_json::from_str(&last).unwrap();
            assert_eq!(last["times"], 4, "{last}");
            assert!(last["what"].as_str().unwrap().contains("gone"), "{last}");
            tracing::warn!(error = "gone", "the database is unavailable");
        });
        assert_eq!(memory.text().matches("message\":\"the database is unavailable").count(), 3);
    }

    proptest! {
        #[test]
        fn z18_one_event_is_one_line_of_valid_json(text in "\\PC*|[\\x00-\\x1f\\x7f-\\u{9f}\\u{2028}\\u{202e}a\"\\\\]*") {
            let line = logged(|| tracing::info!(display = %text, debug = ?text, "message {text}"));
            prop_assert_eq!(line.matches('\n').count(), 1);
            prop_assert!(line.ends_with('\n'));
            prop_assert!(!line.trim_end_matches('\n').chars().any(|c| c.is_control() || is_hidden(c)));
            let event: serde_json::Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(event["display"].as_str(), Some(text.as_str()));
        }
    }
}
