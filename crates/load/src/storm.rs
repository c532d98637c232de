//! A storm: everybody signs in at the same moment, while a client goes on asking for tokens.
//!
//! Everybody has opened the sign-in page and filled in its form before it begins, all at once too, and the memory of that
//! moment is what the storm may exceed by the memory of the password hashes only: as many requests, and no hash.
//!
//! * [`tokens`]: the clients that ask meanwhile
//! * [`outcome`]: what came of it, and whether it was a storm at all

pub mod outcome;
pub mod tokens;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use test_browser::Form;
use tokio::{task::JoinSet, time::sleep};

use self::{
    outcome::{Memory, Storm},
    tokens::While,
};
use crate::{
    http::{
        Browser, Failure,
        browser::{self, At},
    },
    people::Person,
    process::Process,
    provider::{Attempt, Provider},
};

/// How long nobody signs in before the memory of a storm should be given back: the product keeps it for ten seconds.
pub const REST: Duration = Duration::from_secs(12);

/// Somebody who has filled in the sign-in page.
struct Waiting {
    browser: Browser,
    form: Form,
    attempt: Attempt,
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
        let mut ended = Vec::new();
        while let Some(one) = signing_in.join_next().await {
            ended.push(one.unwrap_or_else(|_| Err(Failure::unexpected("a sign-in that broke off"))));
        }
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

/// Turned away is whose password no turn came for; everybody else has to arrive with a code.
async fn sign_in(waiting: Waiting) -> Result<(), Failure> {
    let Waiting { browser, form, attempt } = waiting;
    let at = browser.submit(&form).await?;
    let back = browser.consent(at).await.map_err(|failure| match failure {
        Failure::TurnedAway => Failure::unexpected("503 after the password"),
        failure => failure,
    })?;
    attempt.code(&back).map(drop)
}

/// Everybody at the sign-in page with the form filled in, each in a browser that was never here, at an address of its
/// own.
async fn arrive(provider: &Arc<Provider>, people: &[Person], count: usize) -> Result<Vec<Waiting>, Failure> {
    let mut arriving = JoinSet::new();
    for (n, person) in people.iter().cycle().take(count).enumerate() {
        let (provider, account) = (Arc::clone(provider), person.account.clone());
        arriving.spawn(async move {
            let mut browser = Browser::new(n, &provider.redirect_uri);
            let attempt = provider.attempt();
            match browser.open(&attempt.url).await? {
                At::Page(page) => {
                    let form = browser::sign_in(&page, account.typed())?;
                    Ok(Waiting { browser, form, attempt })
                }
                At::Client(_) => Err(Failure::unexpected("sent back without a password")),
            }
        });
    }
    arriving.join_all().await.into_iter().collect()
}
