//! What the budgets are judged by: what was measured, as far as it was what is promised.

use super::{Arguments, Operation, Report, Start, StormRow, Uses, float, product, storm::STORMS};
use crate::budget::{COST, Fact, Facts, STORM};

const UNSELECTED: &str = "not selected";
const UNREADABLE: &str = "it could not be read";
const NO_ROW: &str = "the operation was not measured";
const NO_COMMITS: &str = "no commit was counted";
const NOT_ES256: &str = "the access token is not signed with ES256";
const ANOTHER_STORM: &str = "a storm of 500 at the shipped cost was not asked for";
const NO_STORM: &str = "not every storm happened";

/// From everything that was measured.
pub fn of(start: &Start, arguments: &Arguments, uses: &Uses, report: &Report) -> Facts {
    let hashing = u64::from(report.argon2.memory) * u64::from(product::workers());
    let asked = arguments.operations();
    let fact = |operation: Operation, measured: Option<f64>, missing| {
        let selected = asked.contains(&operation);
        if selected { Fact::of(measured, missing) } else { Fact::NotAsked(UNSELECTED) }
    };
    let part = |operation: Operation, missing| {
        let row = report.rows.iter().find(|row| row.operation == operation.name());
        fact(operation, row.and_then(|row| row.of_ceiling), missing)
    };
    let commits = |operation: Operation| {
        let counted = report.commits.get(operation.name()).copied();
        fact(operation, counted.filter(|commits| *commits > 0.0), NO_COMMITS)
    };
    let client_credentials = Operation::ClientCredentials;
    Facts {
        ready_ms: Fact::of(start.ready_ms, UNREADABLE),
        idle_mb: Fact::of(start.idle_mb, UNREADABLE),
        client_credentials: match uses.client.as_deref() {
            Some("ES256") => part(client_credentials, NO_ROW),
            // the promise is about that signature, and another one may be quicker or none
            _ => fact(client_credentials, None, NOT_ES256),
        },
        sign_in: part(Operation::PasswordSignIn, NO_ROW),
        exchange_commits: commits(Operation::CodeExchange),
        refresh_commits: commits(Operation::Refresh),
        storm_signed_in: of_storms(arguments, report, f64::min, |storm| Some(float(storm.signed_in))),
        storm_p99: of_storms(arguments, report, f64::max, |storm| Some(storm.p99_ms)),
        storm_mb: of_storms(arguments, report, f64::max, |storm| Some(storm.peak_mb? - storm.base_mb?)),
        hashing_mb: float(hashing) / 1024.0,
    }
}

/// A smaller storm, or cheaper hashes, are weathered more easily than what is promised.
/// The storm that was weathered worst counts.
fn of_storms(
    arguments: &Arguments,
    report: &Report,
    worse: fn(f64, f64) -> f64,
    measured: impl Fn(&StormRow) -> Option<f64>,
) -> Fact {
    if (arguments.storm, arguments.argon2) != (STORM, COST) {
        return Fact::NotAsked(ANOTHER_STORM);
    }
    let happened = report.storms.iter().filter(|storm| storm.shortfalls.is_empty());
    if happened.clone().count() < STORMS {
        return Fact::Missing(NO_STORM);
    }
    let measured: Option<Vec<f64>> =
        happened.map(|storm| measured(storm).filter(|m| m.is_finite())).collect();
    Fact::of(measured.and_then(|measured| measured.into_iter().reduce(worse)), UNREADABLE)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::{
        budget::Fact::{Measured, Missing, NotAsked},
        report::samples,
    };

    fn judged(line: &str, change: impl FnOnce(&mut Report, &mut Uses)) -> Facts {
        let words = ["load"].into_iter().chain(line.split_whitespace());
        let arguments = Arguments::try_parse_from(words).unwrap();
        let mut uses = Uses { client: Some("ES256".into()), ..Uses::default() };
        let mut report = samples::report();
        report.storms.iter_mut().for_each(|storm| storm.shortfalls.clear());
        change(&mut report, &mut uses);
        of(&Start { ready_ms: Some(30.0), idle_mb: None }, &arguments, &uses, &report)
    }

    #[test]
    fn what_was_measured_is_judged_and_what_is_missing_is_told() {
        let facts = judged("", |_, _| {});
        assert_eq!((facts.ready_ms, facts.idle_mb), (Measured(30.0), Missing(UNREADABLE)));
        assert_eq!(facts.client_credentials, Measured(0.5));
        assert_eq!(facts.sign_in, Missing(NO_ROW));
        assert_eq!((facts.refresh_commits, facts.exchange_commits), (Measured(1.0), Missing(NO_COMMITS)));
        assert_eq!((facts.storm_p99, facts.storm_mb), (Measured(9.0), Measured(42.0)));
        assert_eq!(facts.storm_signed_in, Measured(498.0));
        assert!((facts.hashing_mb - 46.0 * f64::from(product::workers())).abs() < 1e-9);
    }

    #[test]
    fn what_was_not_selected_is_not_judged() {
        let facts = judged("--only client-credentials --storm 0", |_, _| {});
        assert_eq!(facts.client_credentials, Measured(0.5));
        for fact in [facts.sign_in, facts.refresh_commits, facts.exchange_commits] {
            assert_eq!(fact, NotAsked(UNSELECTED));
        }
        assert_eq!(facts.storm_mb, NotAsked(ANOTHER_STORM));
    }

    #[test]
    fn an_operation_that_commits_nothing_does_not_keep_the_promise_of_one_commit() {
        let facts = judged("", |report, _| {
            report.commits.insert("refresh", 0.0);
        });
        assert_eq!(facts.refresh_commits, Missing(NO_COMMITS));
    }

    #[test]
    fn a_token_that_is_not_signed_with_es256_does_not_count() {
        for client in [None, Some("RS256".to_owned())] {
            let facts = judged("", |_, uses| uses.client = client);
            assert_eq!(facts.client_credentials, Missing(NOT_ES256));
        }
    }

    #[test]
    fn only_the_storm_that_is_promised_and_that_happened_counts() {
        for line in ["--storm 499", "--storm 501", "--argon2 m=19456,t=2,p=1"] {
            let facts = judged(line, |_, _| {});
            let of_storm = [facts.storm_signed_in, facts.storm_p99, facts.storm_mb];
            assert_eq!(of_storm, [NotAsked(ANOTHER_STORM); 3]);
        }
        let calm = |report: &mut Report| report.storms.clear();
        let fewer = |report: &mut Report| drop(report.storms.pop());
        let feigned = |report: &mut Report| {
            report.storms[0].shortfalls.push("nobody signed in".into());
        };
        for change in [calm as fn(&mut Report), fewer, feigned] {
            let facts = judged("", |report, _| change(report));
            let of_storm = [facts.storm_signed_in, facts.storm_p99, facts.storm_mb];
            assert_eq!(of_storm, [Missing(NO_STORM); 3]);
        }
        let unread = |report: &mut Report| report.storms[2].peak_mb = None;
        let facts = judged("", |report, _| unread(report));
        assert_eq!((facts.storm_p99, facts.storm_mb), (Measured(9.0), Missing(UNREADABLE)));
        let endless = judged("", |report, _| report.storms[2].p99_ms = f64::NAN);
        assert_eq!(endless.storm_p99, Missing(UNREADABLE));
    }
}
