//! A storm: everybody signs in at the same moment, while a client goes on asking for tokens.
//!
//! Everybody has opened the sign-in page before it begins, all at once too, and the memory of that moment is what the
//! storm may exceed by the memory of the password hashes only: as many requests, and no hash.
//!
//! * [`tokens`]: the clients that ask meanwhile

pub mod tokens;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{task::JoinSet, time::sleep};

use self::tokens::{Asked, While};
use crate::{
    http::{
        Browser, Failure,
        browser::{At, Page},
        form,
    },
    people::{Account, Person},
    process::Process,
    provider::{Attempt, Provider},
};

/// How long nobody signs in before the memory of a storm should be given back: the product keeps it for ten seconds.
const REST: Duration = Duration::from_secs(12);

/// What came of it.
#[derive(Debug)]
pub struct Storm {
    /// How many signed in.
    pub signed_in: u64,
    /// How many passwords were answered with 503, because no place was left for them.
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
    /// What is left of it [`REST`] later.
    pub after: u64,
}

impl Storm {
    /// Everything that failed, whoever it happened to.
    pub fn all_failures(&self) -> BTreeMap<Failure, u64> {
        let mut all = BTreeMap::new();
        for (failure, count) in
            self.failures.iter().chain(&self.calm.failures).chain(&self.meanwhile.failures)
        {
            *all.entry(failure.clone()).or_default() += count;
        }
        all
    }

    /// Why it was not the storm of `count` sign-ins that was asked for: what didn't happen needs no memory and delays
    /// nobody. `places`: how many the provider lets in at once; nobody below that may be turned away.
    pub fn shortfalls(&self, count: u64, places: u64) -> Vec<String> {
        let mut shortfalls = Vec::new();
        let failures: u64 = self.all_failures().values().sum();
        if failures > 0 {
            shortfalls.push(format!("{failures} requests of the storm failed"));
        }
        let due = count.min(places);
        if self.signed_in < due {
            shortfalls.push(format!("{} signed in, and {due} have a place", self.signed_in));
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

/// Somebody at the sign-in page.
struct Waiting {
    browser: Browser,
    page: Page,
    attempt: Attempt,
    account: Account,
}

/// Lets that many people sign in at once, after a calm of that length.
pub async fn raise(
    provider: &Arc<Provider>,
    people: &[Person],
    count: usize,
    (process, calm): (Process, Duration),
) -> Result<Storm, Failure> {
    let waiting = arrive(provider, people, count).await?;
    let calm = tokens::ask(provider, While::Calm(calm)).await;
    let base = process.rss();
    process.forget_peak();
    let over = Arc::new(AtomicBool::new(false));
    let begun = Instant::now();
    let mut signing_in = JoinSet::new();
    for one in waiting {
        signing_in.spawn(sign_in(one));
    }
    let flag = Arc::clone(&over);
    let storm = tokio::spawn(async move {
        let ended = signing_in.join_all().await;
        flag.store(true, Ordering::Relaxed);
        (ended, begun.elapsed())
    });
    let meanwhile = tokens::ask(provider, While::Storm(over)).await;
    let peak = process.peak();
    let (ended, lasted) = storm.await.map_err(|_| Failure::unexpected("a storm that broke off"))?;
    sleep(REST).await;
    let memory =
        base.zip(peak).zip(process.rss()).map(|((before, peak), after)| Memory { before, peak, after });
    let failures = BTreeMap::new();
    let mut result = Storm { signed_in: 0, turned_away: 0, failures, lasted, calm, meanwhile, memory };
    for outcome in ended {
        match outcome {
            Ok(()) => result.signed_in += 1,
            Err(Failure::TurnedAway) => result.turned_away += 1,
            Err(failure) => *result.failures.entry(failure).or_default() += 1,
        }
    }
    Ok(result)
}

/// Turned away is who is refused a place with the password; whoever is let in has to arrive with a code.
async fn sign_in(waiting: Waiting) -> Result<(), Failure> {
    let Waiting { mut browser, page, attempt, account } = waiting;
    let at = browser.submit(form::sign_in(page.place(), account.typed())?).await?;
    let back = browser.consent(at).await.map_err(|failure| match failure {
        Failure::TurnedAway => Failure::unexpected("503 after the password"),
        failure => failure,
    })?;
    attempt.code(&back).map(drop)
}

/// Everybody at the sign-in page, each in a browser that was never here, at an address of its own.
async fn arrive(provider: &Arc<Provider>, people: &[Person], count: usize) -> Result<Vec<Waiting>, Failure> {
    let mut arriving = JoinSet::new();
    for (n, person) in people.iter().cycle().take(count).enumerate() {
        let (provider, account) = (Arc::clone(provider), person.account.clone());
        arriving.spawn(async move {
            let mut browser = Browser::new(n, &provider.redirect_uri);
            let attempt = provider.attempt();
            match browser.open(&attempt.url).await? {
                At::Page(page) => Ok(Waiting { browser, page, attempt, account }),
                At::Client(_) => Err(Failure::unexpected("sent back without a password")),
            }
        });
    }
    arriving.join_all().await.into_iter().collect()
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
            signed_in: 66,
            turned_away: 434,
            failures: BTreeMap::new(),
            lasted: Duration::from_secs(4),
            calm: asked(800, 800),
            meanwhile: asked(720, 800),
            memory: None,
        }
    }

    #[test]
    fn a_storm_happened_when_every_place_was_taken_and_tokens_were_asked_for() {
        assert_eq!(storm().shortfalls(500, 66), [""; 0]);
        let small = Storm { signed_in: 12, turned_away: 0, ..storm() };
        assert_eq!(small.shortfalls(12, 66), [""; 0]);
    }

    #[test]
    fn a_storm_that_did_not_happen_is_told() {
        let failed = || BTreeMap::from([(Failure::TimedOut, 2)]);
        for (storm, told) in [
            (Storm { signed_in: 0, turned_away: 500, ..storm() }, "0 signed in, and 66 have a place"),
            (Storm { signed_in: 65, turned_away: 435, ..storm() }, "65 signed in, and 66 have a place"),
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
            let shortfalls = storm.shortfalls(500, 66);
            assert!(shortfalls.len() == 1 && shortfalls[0].starts_with(told), "{told}: {shortfalls:?}");
        }
    }
}
