//! Structured logs. Each event is one line, whatever text it contains (E4, Z18; H13).

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

/// The interval at which repeated failures are reported.
const LOOK: std::time::Duration = std::time::Duration::from_secs(5);

/// The format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object on each line, with the fields of all spans around the event.
    Json,
    /// For a person at a terminal, during development. Foreign text in it may contain line breaks.
    Pretty,
}

/// The log filter can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadFilter {
    /// It violates the syntax.
    #[error("the log filter is not valid: {0}")]
    Syntax(#[from] ParseError),
    /// A part without a level, such as a misspelt level. The library would take it for the name of a module, and log
    /// hardly anything.
    #[error(
        "the log filter has `{}`, which is no level: use error, warn, info, debug, trace or off, \
         or PART=LEVEL such as sqlx=warn",
        printable(.0)
    )]
    NoLevel(String),
}

/// Checks that every part of a filter names a level.
fn check(filter: &str) -> Result<(), BadFilter> {
    // filters by span and field are left to the library's parser
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

/// Starts logging to standard error, once for each process; later calls change nothing. `filter` is in the syntax of
/// `tracing_subscriber::EnvFilter`, such as `info,sqlx=warn`; each part must name a level. In JSON, only the place of a
/// panic is logged, because its message can contain values.
///
/// # Errors
/// `filter` isn't valid.
pub fn init(format: Format, filter: &str) -> Result<(), BadFilter> {
    static STARTED: OnceLock<()> = OnceLock::new();
    check(filter)?;
    let filter = EnvFilter::try_new(filter)?;
    STARTED.get_or_init(|| {
        // Fails only when another subscriber is installed already; then that one stays.
        let repeats = Repeats::default();
        let subscriber = telling_once(format, filter, io::stderr, repeats.clone());
        let installed = tracing::subscriber::set_global_default(subscriber);
        // a thread, because the report must work while the runtime hangs
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

/// Libraries that log what strangers send, as errors of the program. Their callers log what matters of it.
const TALKATIVE: [&str; 2] = ["webauthn_rs=off", "webauthn_rs_core=off"];

/// The subscriber that writes log lines, and a repeated failure's line once a minute.
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
    let silenced = TALKATIVE.into_iter().filter_map(|directive| directive.parse().ok());
    let filter = silenced.fold(filter, EnvFilter::add_directive);
    let layer = match format {
        Format::Json => {
            fmt::layer().json().flatten_event(true).with_current_span(false).with_writer(writer).boxed()
        }
        Format::Pretty => fmt::layer().compact().with_writer(writer).boxed(),
    };
    // these filter for the whole registry, not for the layer: tracing-subscriber's filters of a layer miscount when an
    // event is dropped after its call site was enabled
    Registry::default().with(layer).with(filter).with(repeats)
}

/// Escapes characters that JSON permits in a string, but that terminals and line-based readers take for control
/// characters.
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
    // All of these characters are below U+10000, so four digits suffice.
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
    fn what_a_stranger_sends_is_no_error_of_the_program() {
        let log = || {
            tracing::error!(target: "webauthn_rs_core::core", "a stranger's answer is wrong");
            tracing::error!(target: "idp::flow", "ours");
        };
        let logged = logged(log);
        assert!(logged.contains("ours") && !logged.contains("stranger"), "{logged}");
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
