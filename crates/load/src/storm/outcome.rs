//! What came of a storm.

use std::{collections::BTreeMap, time::Duration};

use super::tokens::Asked;
use crate::http::{Failure, failure::add};

/// What came of it.
#[derive(Debug)]
pub struct Storm {
    /// How many signed in.
    pub signed_in: u64,
    /// How many passwords were answered with 503, because their turn did not come.
    pub turned_away: u64,
    /// What else happened to those who signed in.
    pub failures: BTreeMap<Failure, u64>,
    /// From its begin to the last answer.
    pub lasted: Duration,
    /// Token requests before.
    pub calm: Asked,
    /// Token requests meanwhile.
    pub meanwhile: Asked,
    /// Resident memory of the process.
    pub memory: Option<Memory>,
}

/// Resident memory around a storm, KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Right before it.
    pub before: u64,
    /// At most.
    pub peak: u64,
    /// When nobody had signed in for a while.
    pub after: u64,
}

impl Storm {
    /// Everything that failed, whoever it happened to.
    pub fn all_failures(&self) -> BTreeMap<Failure, u64> {
        let mut all = self.failures.clone();
        add(&mut all, &self.calm.failures);
        add(&mut all, &self.meanwhile.failures);
        all
    }

    /// Why it was no storm, or not all of it is known: what didn't happen needs no memory and delays nobody.
    pub fn shortfalls(&self) -> Vec<String> {
        let mut shortfalls = Vec::new();
        let failures: u64 = self.all_failures().values().sum();
        if failures > 0 {
            shortfalls.push(format!("{failures} requests of the storm failed"));
        }
        if self.signed_in == 0 {
            shortfalls.push("nobody signed in".to_owned());
        }
        for (asked, when) in [(&self.calm, "before"), (&self.meanwhile, "in")] {
            if !asked.is_enough() {
                let answered = asked.latencies.len();
                shortfalls.push(format!(
                    "{answered} of {} token requests {when} the storm were answered",
                    asked.due
                ));
            }
        }
        shortfalls
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::note;

    fn asked(answered: u64, due: u64) -> Asked {
        let mut asked = Asked { due, ..Asked::default() };
        (0..answered).for_each(|_| note(&mut asked.latencies, Duration::from_millis(1)));
        asked
    }

    fn storm() -> Storm {
        Storm {
            signed_in: 490,
            turned_away: 10,
            failures: BTreeMap::new(),
            lasted: Duration::from_secs(4),
            calm: asked(800, 800),
            meanwhile: asked(720, 800),
            memory: None,
        }
    }

    #[test]
    fn a_storm_happened_when_people_signed_in_and_tokens_were_asked_for() {
        assert_eq!(storm().shortfalls(), [""; 0]);
    }

    #[test]
    fn a_storm_that_did_not_happen_is_told() {
        let failed = || BTreeMap::from([(Failure::TimedOut, 2)]);
        for (storm, reported) in [
            (Storm { signed_in: 0, turned_away: 500, ..storm() }, "nobody signed in"),
            (Storm { failures: failed(), ..storm() }, "2 requests of the storm failed"),
            (
                Storm { calm: Asked { failures: failed(), ..asked(800, 800) }, ..storm() },
                "2 requests of the storm failed",
            ),
            (
                Storm { meanwhile: Asked { failures: failed(), ..asked(800, 800) }, ..storm() },
                "2 requests of the storm failed",
            ),
            (Storm { calm: asked(0, 800), ..storm() }, "0 of 800 token requests before the storm"),
            (Storm { meanwhile: asked(719, 800), ..storm() }, "719 of 800 token requests in the storm"),
            (Storm { meanwhile: asked(0, 0), ..storm() }, "0 of 0 token requests in the storm"),
        ] {
            let shortfalls = storm.shortfalls();
            assert!(
                shortfalls.len() == 1 && shortfalls[0].starts_with(reported),
                "{reported}: {shortfalls:?}"
            );
        }
    }
}
