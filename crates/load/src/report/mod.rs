//! What is told: everything as JSON, the most of it as a table, the rates as a drawing.
//!
//! * [`table`], [`svg`]: for people

pub mod svg;
pub mod table;

use std::{collections::BTreeMap, thread::available_parallelism, time::Duration};

use serde::Serialize;
use url::Url;

use crate::{
    arguments::Arguments,
    budget::Verdict,
    ceilings::{Ceilings, cryptography::Cost},
    http::Failure,
    operations::{Operation, Outcome},
    product::database::Kind,
    storm::outcome::Storm,
    work::float,
};

/// Everything.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Who was measured.
    pub provider: String,
    /// Cores that provider and driver share.
    pub cores: usize,
    /// How many asked at the same time.
    pub connections: u8,
    /// For each operation and ceiling.
    pub seconds: f64,
    /// The cost of a password hash.
    #[serde(serialize_with = "as_text")]
    pub argon2: Cost,
    /// What the machine can do.
    pub ceilings: Ceilings,
    /// What the provider does.
    pub rows: Vec<Row>,
    /// Commits of one operation, by its name.
    pub commits: BTreeMap<&'static str, f64>,
    /// The storms.
    pub storms: Vec<StormRow>,
    /// The budgets; none of other providers.
    pub budgets: Vec<Verdict>,
    /// What went wrong besides.
    pub problems: Vec<String>,
}

/// An operation.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its name.
    pub operation: &'static str,
    /// Successes per second; none when it was not measured, and [`Row::note`] says why.
    pub rate: Option<f64>,
    /// Half of them took at most that long, ms.
    pub p50_ms: f64,
    /// 99 of 100 took at most that long, ms.
    pub p99_ms: f64,
    /// Time of the provider on a core for one, ms.
    pub cpu_ms: Option<f64>,
    /// Time of this program on a core for one, ms.
    pub driver_cpu_ms: Option<f64>,
    /// Resident memory of the provider at the end, MB.
    pub rss_mb: Option<f64>,
    /// What the rate can't exceed.
    pub ceiling: Option<f64>,
    /// The rate as a part of that.
    pub of_ceiling: Option<f64>,
    /// How often each failure came.
    pub failures: BTreeMap<String, u64>,
    /// Why it was not measured.
    pub note: Option<String>,
    /// Whether that is the provider's choice.
    pub not_offered: bool,
}

/// A storm.
#[derive(Debug, Clone, Serialize)]
pub struct StormRow {
    /// How many signed in.
    pub signed_in: u64,
    /// How many were answered with 503.
    pub turned_away: u64,
    /// What else happened.
    pub failures: BTreeMap<String, u64>,
    /// How long it lasted, seconds.
    pub seconds: f64,
    /// Why it was not the storm that was asked for; nothing when it was.
    pub shortfalls: Vec<String>,
    /// The token endpoint's p99 before, ms.
    pub calm_p99_ms: f64,
    /// The token endpoint's p99 meanwhile, ms.
    pub p99_ms: f64,
    /// Token requests before and meanwhile.
    pub requests: (u64, u64),
    /// Resident memory before, MB.
    pub base_mb: Option<f64>,
    /// Resident memory at its peak, MB.
    pub peak_mb: Option<f64>,
    /// Resident memory when it was over for a while, MB.
    pub after_mb: Option<f64>,
}

fn as_text<S: serde::Serializer>(cost: &Cost, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(cost)
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn mb(kib: u64) -> f64 {
    float(kib) / 1024.0
}

fn named(failures: &BTreeMap<Failure, u64>) -> BTreeMap<String, u64> {
    failures.iter().map(|(failure, count)| (failure.to_string(), *count)).collect()
}

impl Report {
    /// An empty one.
    pub fn new(arguments: &Arguments, issuer: &Url) -> Self {
        let of = match (&arguments.provider, arguments.database) {
            (Some(_), _) => issuer.to_string(),
            (None, Kind::Sqlite) => "realmkeep on SQLite".to_owned(),
            (None, Kind::Postgres) => "realmkeep on PostgreSQL".to_owned(),
        };
        Self {
            provider: of,
            cores: available_parallelism().map_or(1, usize::from),
            connections: arguments.connections,
            seconds: arguments.duration.as_secs_f64(),
            argon2: arguments.argon2,
            ceilings: Ceilings::default(),
            rows: Vec::new(),
            commits: BTreeMap::new(),
            storms: Vec::new(),
            budgets: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Whether all that was asked for was measured, and nothing failed.
    pub fn succeeded(&self) -> bool {
        let storms = self.storms.iter().all(|storm| storm.shortfalls.is_empty());
        storms && self.problems.is_empty() && self.rows.iter().all(Row::succeeded)
    }
}

impl Row {
    /// What came of an operation, beside what was possible.
    pub fn of(operation: Operation, outcome: &Outcome, ceiling: Option<f64>) -> Self {
        let mut row = Self {
            operation: operation.name(),
            rate: None,
            p50_ms: 0.0,
            p99_ms: 0.0,
            cpu_ms: None,
            driver_cpu_ms: None,
            rss_mb: None,
            ceiling,
            of_ceiling: None,
            failures: BTreeMap::new(),
            note: None,
            not_offered: false,
        };
        match outcome {
            Outcome::Measured(measured) => {
                row.rate = Some(measured.rate());
                row.p50_ms = ms(measured.latency(0.5));
                row.p99_ms = ms(measured.latency(0.99));
                row.cpu_ms = measured.per_operation(measured.cpu).map(ms);
                row.driver_cpu_ms = measured.per_operation(measured.own_cpu).map(ms);
                row.rss_mb = measured.rss.map(mb);
                row.of_ceiling = ceiling.map(|ceiling| measured.rate() / ceiling);
                row.failures = named(&measured.failures);
            }
            Outcome::NotOffered(why) => {
                row.note = Some(format!("not offered: {why}"));
                row.not_offered = true;
            }
            Outcome::Failed(failure) => row.note = Some(format!("failed: {failure}")),
        }
        row
    }

    /// Whether it was measured without a failure, or is not there to be measured.
    pub fn succeeded(&self) -> bool {
        self.not_offered || self.failures.is_empty() && self.rate.is_some_and(|rate| rate > 0.0)
    }
}

impl StormRow {
    /// What came of a storm.
    pub fn of(storm: &Storm) -> Self {
        let (calm, meanwhile) = (&storm.calm, &storm.meanwhile);
        Self {
            signed_in: storm.signed_in,
            turned_away: storm.turned_away,
            failures: named(&storm.all_failures()),
            seconds: storm.lasted.as_secs_f64(),
            shortfalls: storm.shortfalls(),
            calm_p99_ms: calm.p99_ms(),
            p99_ms: meanwhile.p99_ms(),
            requests: (calm.latencies.len(), meanwhile.latencies.len()),
            base_mb: storm.memory.map(|memory| mb(memory.before)),
            peak_mb: storm.memory.map(|memory| mb(memory.peak)),
            after_mb: storm.memory.map(|memory| mb(memory.after)),
        }
    }
}

#[cfg(test)]
pub mod samples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_succeeded_when_nothing_at_all_failed() {
        let whole = || {
            let mut report = samples::report();
            report.problems.clear();
            report.rows.retain(|row| row.not_offered);
            report.storms.iter_mut().for_each(|storm| storm.shortfalls.clear());
            report
        };
        assert!(whole().succeeded());
        let failed = |change: fn(&mut Report)| {
            let mut report = whole();
            change(&mut report);
            !report.succeeded()
        };
        assert!(failed(|report| report.problems.push("what".into())));
        assert!(failed(|report| report.rows = samples::report().rows));
        assert!(failed(|report| report.storms = samples::report().storms));
    }
}
