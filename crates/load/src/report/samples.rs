//! A report with everything that can be told.

use std::time::Duration;

use clap::Parser;
use url::Url;

use super::{Report, Row, StormRow};
use crate::{
    arguments::Arguments,
    budget::{
        self,
        Fact::{Measured, Missing, NotAsked},
        Facts,
    },
    ceilings::Ceilings,
    http::Failure,
    operations::{Operation, Outcome},
    work::{self, histogram, note},
};

/// A report with everything that can be told.
pub fn report() -> Report {
    let arguments = Arguments::try_parse_from(["load"]).unwrap();
    let mut report = Report::new(&arguments, &Url::parse("http://localhost:1").unwrap());
    report.cores = 2;
    report.ceilings =
        Ceilings { es256: Some(5000.0), empty: Some(9000.0), rsa_bits: 3072, ..Ceilings::default() };
    let mut latencies = histogram();
    (0..2000).for_each(|_| note(&mut latencies, Duration::from_micros(1500)));
    let failed = Failure::Status { status: 400, error: "invalid_grant".into() };
    let measured = work::Measured {
        latencies,
        failures: [(failed, 3)].into(),
        window: Duration::from_secs(2),
        cpu: Some(Duration::from_secs(1)),
        own_cpu: None,
        rss: Some(30 * 1024),
    };
    let not_offered = Outcome::NotOffered("no such endpoint".into());
    report.rows = vec![
        Row::of(Operation::ClientCredentials, &Outcome::Measured(Box::new(measured)), Some(2000.0)),
        Row::of(Operation::Introspection, &not_offered, None),
        Row::of(Operation::Userinfo, &Outcome::Failed(Failure::TimedOut), None),
    ];
    report.commits.insert("refresh", 1.0);
    let storm = StormRow {
        signed_in: 500,
        turned_away: 0,
        failures: [("429 ".to_owned(), 1)].into(),
        seconds: 5.0,
        shortfalls: vec!["1 requests of the storm failed".to_owned()],
        calm_p99_ms: 1.0,
        p99_ms: 2.0,
        requests: (600, 1000),
        base_mb: Some(30.0),
        peak_mb: Some(70.0),
        after_mb: Some(25.0),
    };
    // one between two others
    let fiercer = StormRow { p99_ms: 9.0, peak_mb: Some(72.0), ..storm.clone() };
    let milder =
        StormRow { signed_in: 498, turned_away: 2, p99_ms: 1.5, peak_mb: Some(71.0), ..storm.clone() };
    report.storms = vec![fiercer, storm, milder];
    report.problems.push("ada could not be signed in".to_owned());
    report.budgets = budget::judge(&Facts {
        ready_ms: Measured(100.0),
        idle_mb: Measured(40.0),
        client_credentials: NotAsked("not selected"),
        sign_in: NotAsked("not selected"),
        exchange_commits: Missing("no commit was counted"),
        refresh_commits: Measured(1.0),
        storm_signed_in: Missing("the storm did not happen"),
        storm_p99: Missing("the storm did not happen"),
        storm_mb: Missing("the storm did not happen"),
        hashing_mb: 46.0,
    });
    report
}
