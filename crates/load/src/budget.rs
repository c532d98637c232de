//! The budgets: what is promised of this product, and whether it holds.

use serde::Serialize;

use crate::ceilings::cryptography::Cost;

/// How many sign in at once in the storm that is promised to be weathered.
pub const STORM: u16 = 500;
/// The cost of a password hash as this product is shipped.
pub const COST: Cost = Cost { memory: 47104, passes: 1, lanes: 1 };

/// What is known for a budget.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fact {
    /// It was measured.
    Measured(f64),
    /// It was not asked for, or under other conditions than those of the promise.
    NotAsked(&'static str),
    /// It was asked for and could not be measured: a promise that nobody could see kept is missed.
    Missing(&'static str),
}

impl Fact {
    /// What was measured, or why it was not although it was asked for.
    pub fn of(measured: Option<f64>, missing: &'static str) -> Self {
        measured.map_or(Self::Missing(missing), Self::Measured)
    }
}

/// What is known for all of them.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// From the start to both realms answering, migrated before, milliseconds.
    pub ready_ms: Fact,
    /// Resident memory with two realms and nothing to do, MB.
    pub idle_mb: Fact,
    /// Of client-credentials, of its ceiling.
    pub client_credentials: Fact,
    /// Of password-sign-in, of the raw Argon2 rate.
    pub sign_in: Fact,
    /// Commits of one code exchange.
    pub exchange_commits: Fact,
    /// Commits of one refresh.
    pub refresh_commits: Fact,
    /// How many signed in.
    pub storm_signed_in: Fact,
    /// The token endpoint's p99 during a storm, milliseconds.
    pub storm_p99: Fact,
    /// Resident memory during a storm above the one before it, MB.
    pub storm_mb: Fact,
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
    /// Whether it holds; none when it was not asked for. What is no number holds nothing.
    pub kept: Option<bool>,
    /// Why it was not measured.
    pub why: Option<&'static str>,
}

impl Verdict {
    fn at_most(budget: &'static str, fact: Fact, bound: f64, unit: &'static str) -> Self {
        Self::of(budget, fact, unit, (bound, false))
    }

    fn at_least(budget: &'static str, fact: Fact, bound: f64, unit: &'static str) -> Self {
        Self::of(budget, fact, unit, (bound, true))
    }

    fn of(budget: &'static str, fact: Fact, unit: &'static str, (bound, at_least): (f64, bool)) -> Self {
        let (measured, kept, why) = match fact {
            Fact::Measured(measured) => {
                let kept = if at_least { measured >= bound } else { measured <= bound };
                (Some(measured), Some(kept), None)
            }
            Fact::NotAsked(why) => (None, None, Some(why)),
            Fact::Missing(why) => (None, Some(false), Some(why)),
        };
        Self { budget, measured, bound, at_least, unit, kept, why }
    }
}

/// All budgets.
pub fn judge(facts: &Facts) -> Vec<Verdict> {
    let (at_most, at_least) = (Verdict::at_most, Verdict::at_least);
    vec![
        at_most("ready, both realms migrated", facts.ready_ms, 200.0, "ms"),
        at_most("idle memory with two realms", facts.idle_mb, 30.0, "MB"),
        at_least("client-credentials, of ES256 + empty handler", facts.client_credentials, 0.5, "×"),
        at_most("code-exchange, commits", facts.exchange_commits, 1.0, "per operation"),
        at_most("refresh, commits", facts.refresh_commits, 1.0, "per operation"),
        at_least("password-sign-in, of Argon2", facts.sign_in, 0.9, "×"),
        at_least("sign-ins of a storm", facts.storm_signed_in, STORM.into(), "people"),
        at_most("p99 of tokens in a storm", facts.storm_p99, 25.0, "ms"),
        at_most("memory of a storm above base", facts.storm_mb, facts.hashing_mb, "MB"),
    ]
}

/// Whether none was missed.
pub fn all_kept(verdicts: &[Verdict]) -> bool {
    verdicts.iter().all(|verdict| verdict.kept != Some(false))
}

#[cfg(test)]
mod tests {
    use super::{
        Fact::{Measured, Missing, NotAsked},
        *,
    };

    const KEPT: Facts = Facts {
        ready_ms: Measured(200.0),
        idle_mb: Measured(30.0),
        client_credentials: Measured(0.5),
        sign_in: Measured(0.9),
        exchange_commits: Measured(1.0),
        refresh_commits: Measured(1.0),
        storm_signed_in: Measured(500.0),
        storm_p99: Measured(25.0),
        storm_mb: Measured(46.0),
        hashing_mb: 46.0,
    };

    fn missed(facts: Facts) -> Vec<&'static str> {
        let verdicts = judge(&facts);
        let missed = verdicts.iter().filter(|verdict| verdict.kept == Some(false));
        let missed: Vec<_> = missed.map(|verdict| verdict.budget).collect();
        assert_eq!(missed.is_empty(), all_kept(&verdicts));
        missed
    }

    #[test]
    fn a_budget_is_kept_up_to_its_bound() {
        assert_eq!(missed(KEPT), [""; 0]);
    }

    #[test]
    fn each_budget_is_missed_beyond_its_bound_and_when_it_could_not_be_measured() {
        for (facts, budget) in [
            (Facts { ready_ms: Measured(200.1), ..KEPT }, "ready"),
            (Facts { idle_mb: Measured(31.0), ..KEPT }, "idle memory"),
            (Facts { client_credentials: Measured(0.49), ..KEPT }, "client-credentials"),
            (Facts { sign_in: Measured(0.89), ..KEPT }, "password-sign-in"),
            (Facts { exchange_commits: Measured(2.0), ..KEPT }, "code-exchange"),
            (Facts { refresh_commits: Measured(1.05), ..KEPT }, "refresh"),
            (Facts { storm_signed_in: Measured(499.0), ..KEPT }, "sign-ins of a storm"),
            (Facts { storm_p99: Measured(25.1), ..KEPT }, "p99"),
            (Facts { storm_mb: Measured(46.1), ..KEPT }, "memory of a storm"),
            (Facts { storm_p99: Measured(f64::NAN), ..KEPT }, "p99"),
            (Facts { sign_in: Missing("why"), ..KEPT }, "password-sign-in"),
            (Facts { storm_mb: Missing("why"), ..KEPT }, "memory of a storm"),
        ] {
            let missed = missed(facts);
            assert!(missed.len() == 1 && missed[0].starts_with(budget), "{budget}: {missed:?}");
        }
    }

    #[test]
    fn what_was_not_asked_for_is_neither_kept_nor_missed() {
        let verdicts = judge(&Facts { refresh_commits: NotAsked("why"), ..KEPT });
        assert!(all_kept(&verdicts));
        let (kept, why): (Vec<_>, Vec<_>) =
            verdicts.iter().map(|verdict| (verdict.kept, verdict.why)).unzip();
        assert_eq!(kept.iter().filter(|kept| kept.is_none()).count(), 1);
        assert_eq!(why.iter().flatten().collect::<Vec<_>>(), [&"why"]);
    }
}
