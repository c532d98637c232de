//! How a command ends: its exit code, and its message on standard error.

use std::process::ExitCode;

use database::{Error, Opening};
use runtime::terminal::complain;
use serde_json::json;
use settings::Mistakes;

use super::output::Untold;
use crate::flow;

/// The command failed, or what it checks is not the case.
const FAILED: u8 = 1;
/// The configuration or the command line can't be used.
const BAD_CONFIG: u8 = 2;
/// The command was carried out, but its answer could not be written.
const UNTOLD: u8 = 3;
/// The database can't be used now. The same command may succeed later.
const UNAVAILABLE: u8 = 4;

/// Reports why a command failed, and returns its exit code.
pub fn failed(error: &anyhow::Error, json: bool) -> ExitCode {
    let message = message_of(error);
    complain(if json { json!({ "error": message }).to_string() } else { message });
    ExitCode::from(code(error))
}

/// Reports every mistake in the configuration, and returns the exit code for that.
pub fn misconfigured(mistakes: &Mistakes, json: bool) -> ExitCode {
    if json {
        let all: Vec<_> = mistakes
            .iter()
            .map(|one| {
                json!({ "file": one.file, "line": one.line, "key": one.key,
            "message": one.message, "suggestion": one.suggestion })
            })
            .collect();
        complain(json!({ "mistakes": all }));
    } else {
        complain(mistakes);
    }
    ExitCode::from(BAD_CONFIG)
}

/// The error and its causes. A cause that the text before already contains is left out.
fn message_of(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

fn code(error: &anyhow::Error) -> u8 {
    let is_unavailable = |cause: &(dyn std::error::Error + 'static)| {
        let of_flow = matches!(cause.downcast_ref(), Some(flow::Error::Unavailable(_) | flow::Error::Busy));
        let of_database = matches!(cause.downcast_ref(), Some(Error::Unavailable(_) | Error::Retry(_)));
        of_flow || of_database || cause.downcast_ref().is_some_and(Opening::is_unavailable)
    };
    if error.chain().any(<dyn std::error::Error>::is::<Untold>) {
        UNTOLD
    } else if error.chain().any(is_unavailable) {
        UNAVAILABLE
    } else {
        FAILED
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::message_of;

    #[test]
    fn e6_a_cause_that_was_named_is_not_named_again() {
        let error = anyhow::anyhow!("no such file").context("customer.db: no such file");
        assert_eq!(message_of(&error), "customer.db: no such file");
        let error: anyhow::Result<()> = Err(anyhow::anyhow!("no such file"));
        assert_eq!(message_of(&error.context("customer.db").unwrap_err()), "customer.db: no such file");
    }
}
