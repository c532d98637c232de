//! The table.

use std::{collections::BTreeMap, fmt::Write};

use super::{Report, Row, StormRow};
use crate::budget::Verdict;

/// Everything for a terminal.
pub fn render(report: &Report) -> String {
    let mut text = String::new();
    // writing to a string doesn't fail
    let _ = write(report, &mut text);
    text
}

fn write(report: &Report, to: &mut String) -> std::fmt::Result {
    writeln!(to, "{}: {} connections, {} s each", report.provider, report.connections, report.seconds)?;
    writeln!(to, "Provider and driver share {} cores: the rates are of both together.\n", report.cores)?;
    for problem in &report.problems {
        writeln!(to, "! {problem}")?;
    }
    ceilings(report, to)?;
    let heads = ["rate/s", "p50 ms", "p99 ms", "CPU ms", "driver ms", "RSS MB", "of ceiling"];
    write!(to, "\n{:<20}", "operation")?;
    for head in heads {
        write!(to, "{head:>11}")?;
    }
    writeln!(to)?;
    for line in &report.rows {
        row(line, to)?;
    }
    if !report.commits.is_empty() {
        let commits: Vec<_> =
            report.commits.iter().map(|(name, commits)| format!("{name} {commits:.2}")).collect();
        writeln!(to, "\ncommits of one operation: {}", commits.join(", "))?;
    }
    report.storms.iter().try_for_each(|line| storm(line, to))?;
    if !report.budgets.is_empty() {
        writeln!(to)?;
    }
    report.budgets.iter().try_for_each(|verdict| budget(verdict, to))
}

fn ceilings(report: &Report, to: &mut String) -> std::fmt::Result {
    let ceilings = &report.ceilings;
    let rsa = format!("RS256 signatures, {} bits", ceilings.rsa_bits);
    let argon2 = format!("Argon2id {}", report.argon2);
    for (name, rate) in [
        ("empty handler", ceilings.empty),
        ("ES256 signatures", ceilings.es256),
        (&rsa, ceilings.rs256),
        (&argon2, ceilings.argon2),
        ("SQLite commits", ceilings.sqlite),
        ("PostgreSQL commits", ceilings.postgres),
    ] {
        if let Some(rate) = rate {
            writeln!(to, "ceiling  {name:<28}{rate:>11.1} /s")?;
        }
    }
    Ok(())
}

fn row(row: &Row, to: &mut String) -> std::fmt::Result {
    write!(to, "{:<20}", row.operation)?;
    let Some(rate) = row.rate else { return writeln!(to, "  {}", row.note.as_deref().unwrap_or_default()) };
    let number = |value: Option<f64>, digits: usize| match value {
        Some(value) => format!("{value:.digits$}"),
        None => "–".to_owned(),
    };
    let of_ceiling = row.of_ceiling.map_or_else(|| "–".to_owned(), |part| format!("{:.0} %", part * 100.0));
    for cell in [
        number(Some(rate), 1),
        number(Some(row.p50_ms), 2),
        number(Some(row.p99_ms), 2),
        number(row.cpu_ms, 3),
        number(row.driver_cpu_ms, 3),
        number(row.rss_mb, 1),
        of_ceiling,
    ] {
        write!(to, "{cell:>11}")?;
    }
    writeln!(to)?;
    failures(&row.failures, to)
}

fn failures(failures: &BTreeMap<String, u64>, to: &mut String) -> std::fmt::Result {
    failures.iter().try_for_each(|(failure, count)| writeln!(to, "    {count} × {failure}"))
}

fn storm(storm: &StormRow, to: &mut String) -> std::fmt::Result {
    let StormRow { signed_in, turned_away, seconds, calm_p99_ms, p99_ms, requests, .. } = storm;
    writeln!(to, "\nstorm: {signed_in} signed in, {turned_away} turned away with 503, in {seconds:.1} s")?;
    writeln!(
        to,
        "    p99 of tokens: {calm_p99_ms:.2} ms before ({} requests), {p99_ms:.2} ms meanwhile ({})",
        requests.0, requests.1
    )?;
    if let (Some(base), Some(peak), Some(after)) = (storm.base_mb, storm.peak_mb, storm.after_mb) {
        writeln!(
            to,
            "    memory: {base:.1} MB before, {peak:.1} MB at most, {after:.1} MB when it was over"
        )?;
    }
    failures(&storm.failures, to)?;
    storm.shortfalls.iter().try_for_each(|shortfall| writeln!(to, "    ! {shortfall}"))
}

fn budget(verdict: &Verdict, to: &mut String) -> std::fmt::Result {
    let sign = if verdict.at_least { "≥" } else { "≤" };
    let word = match verdict.kept {
        Some(true) => "kept",
        Some(false) => "MISSED",
        None => "not measured",
    };
    let measured = verdict.measured.map(|measured| format!("{measured:.2}")).unwrap_or_default();
    let (budget, bound, unit) = (verdict.budget, verdict.bound, verdict.unit);
    let why = verdict.why.map(|why| format!(": {why}")).unwrap_or_default();
    writeln!(to, "budget  {word:<13}{budget:<46}{measured:>9} {sign} {bound} {unit}{why}")
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    #[test]
    fn every_row_and_every_budget_is_told() {
        let text = render(&samples::report());
        for reported in [
            "share 2 cores",
            "ceiling  ES256 signatures",
            "client-credentials       1000.0       1.50",
            "50 %",
            "    3 × 400 invalid_grant",
            "introspection         not offered: no such endpoint",
            "commits of one operation: refresh 1.00",
            "storm: 498 signed in, 2 turned away",
            "30.0 MB before, 70.0 MB at most, 25.0 MB when it was over",
            "! ada could not be signed in",
            "    ! 1 requests of the storm failed",
            "budget  MISSED       idle memory with two realms                       40.00 ≤ 30 MB",
            "budget  MISSED       code-exchange, commits",
            "≤ 1 per operation: no commit was counted",
            "budget  kept",
            "budget  not measured password-sign-in, of Argon2",
            "≥ 0.9 ×: not selected",
        ] {
            assert!(text.contains(reported), "{reported}\n{text}");
        }
    }
}
