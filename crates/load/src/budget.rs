//! The budgets: what is promised of this product, and whether it holds.

use serde::Serialize;

/// What was measured for them; none where it was not.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts {
    /// From the start to both realms answering, migrated before, milliseconds.
    pub ready_ms: Option<f64>,
    /// Resident memory with two realms and nothing to do, MB.
    pub idle_mb: Option<f64>,
    /// Of client-credentials, of its ceiling.
    pub client_credentials: Option<f64>,
    /// Of password-sign-in, of the raw Argon2 rate.
    pub sign_in: Option<f64>,
    /// Commits of one code exchange.
    pub exchange_commits: Option<f64>,
    /// Commits of one refresh.
    pub refresh_commits: Option<f64>,
    /// The token endpoint's p99 during a storm, in times of the one before it.
    pub storm_p99: Option<f64>,
    /// Resident memory during a storm above the one before it, MB.
    pub storm_mb: Option<f64>,
    /// What password hashing may take at most, MB.
    pub hashing_mb: f64,
}

/// A budget and whether it holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// What it is about.
    pub budget: &'static str,
    /// What was measured; none when it was not.
    pub measured: Option<f64>,
    /// What it is compared with.
    pub bound: f64,
    /// Whether more or less is better.
    pub at_least: bool,
    /// Of what kind both numbers are.
    pub unit: &'static str,
}

impl Verdict {
    /// Whether it holds; none when it was not measured. What is no number holds nothing.
    pub fn kept(&self) -> Option<bool> {
        let measured = self.measured?;
        Some(if self.at_least { measured >= self.bound } else { measured <= self.bound })
    }
}

/// All budgets.
pub fn judge(facts: &Facts) -> Vec<Verdict> {
    let at_most = |budget, measured, bound, unit| Verdict { budget, measured, bound, unit, at_least: false };
    let at_least = |budget, measured, bound, unit| Verdict { budget, measured, bound, unit, at_least: true };
    vec![
        at_most("ready, both realms migrated", facts.ready_ms, 200.0, "ms"),
        at_most("idle memory with two realms", facts.idle_mb, 30.0, "MB"),
        at_least("client-credentials, of ES256 + empty handler", facts.client_credentials, 0.5, "×"),
        at_most("code-exchange, commits", facts.exchange_commits, 1.0, "per operation"),
        at_most("refresh, commits", facts.refresh_commits, 1.0, "per operation"),
        at_least("password-sign-in, of Argon2", facts.sign_in, 0.9, "×"),
        at_most("p99 of tokens in a storm, of idle", facts.storm_p99, 3.0, "×"),
        at_most("memory of a storm above base", facts.storm_mb, facts.hashing_mb, "MB"),
    ]
}

/// Whether none was missed.
pub fn all_kept(verdicts: &[Verdict]) -> bool {
    verdicts.iter().all(|verdict| verdict.kept() != Some(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: Facts = Facts {
        ready_ms: Some(200.0),
        idle_mb: Some(30.0),
        client_credentials: Some(0.5),
        sign_in: Some(0.9),
        exchange_commits: Some(1.0),
        refresh_commits: Some(1.0),
        storm_p99: Some(3.0),
        storm_mb: Some(128.0),
        hashing_mb: 128.0,
    };

    fn missed(facts: Facts) -> Vec<&'static str> {
        let verdicts = judge(&facts);
        let missed: Vec<_> = verdicts
            .iter()
            .filter(|verdict| verdict.kept() == Some(false))
            .map(|verdict| verdict.budget)
            .collect();
        assert_eq!(missed.is_empty(), all_kept(&verdicts));
        missed
    }

    #[test]
    fn a_budget_is_kept_up_to_its_bound() {
        assert_eq!(missed(KEPT), [""; 0]);
    }

    #[test]
    fn each_budget_is_missed_beyond_its_bound() {
        for (facts, budget) in [
            (Facts { ready_ms: Some(200.1), ..KEPT }, "ready"),
            (Facts { idle_mb: Some(31.0), ..KEPT }, "idle memory"),
            (Facts { client_credentials: Some(0.49), ..KEPT }, "client-credentials"),
            (Facts { sign_in: Some(0.89), ..KEPT }, "password-sign-in"),
            (Facts { exchange_commits: Some(2.0), ..KEPT }, "code-exchange"),
            (Facts { refresh_commits: Some(1.05), ..KEPT }, "refresh"),
            (Facts { storm_p99: Some(3.1), ..KEPT }, "p99"),
            (Facts { storm_mb: Some(128.1), ..KEPT }, "memory of a storm"),
            (Facts { storm_p99: Some(f64::NAN), ..KEPT }, "p99"),
        ] {
            let missed = missed(facts);
            assert!(missed.len() == 1 && missed[0].starts_with(budget), "{budget}: {missed:?}");
        }
    }

    #[test]
    fn what_was_not_measured_is_neither_kept_nor_missed() {
        let verdicts = judge(&Facts::default());
        assert!(verdicts.iter().all(|verdict| verdict.kept().is_none()) && all_kept(&verdicts));
    }
}
