//! A storm: everybody signs in at the same moment, while a client goes on asking for tokens.
//!
//! Everybody has opened the sign-in page before it begins, all at once too, and the memory of that moment is what the
//! storm may exceed by the memory of the password hashes only: as many requests, and no hash. The client asks at a fixed
//! pace, and each latency counts from the moment the request was due, so that a stall is not hidden by asking less.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use tokio::{
    task::JoinSet,
    time::{sleep, sleep_until},
};

use crate::{
    http::{
        Browser, Connection, Failure,
        browser::{At, Page},
        loopback,
    },
    people::{Account, Person},
    process::Process,
    provider::Provider,
    work::{event_loop, histogram, note},
};

/// Connections that ask for tokens, and the pause between two requests of one: 200 a second together.
const ASKING: usize = 4;
const PACE: Duration = Duration::from_millis(20);

/// How long nobody signs in before the memory of a storm should be given back: the product keeps it for ten seconds.
const REST: Duration = Duration::from_secs(12);

/// What came of it.
#[derive(Debug)]
pub struct Storm {
    /// How many signed in.
    pub signed_in: u64,
    /// How many were answered with 503.
    pub turned_away: u64,
    /// What else happened, to anybody.
    pub failures: BTreeMap<Failure, u64>,
    /// From its begin to the last answer.
    pub lasted: Duration,
    /// The token endpoint's latencies before and meanwhile, microseconds.
    pub tokens: (Histogram<u64>, Histogram<u64>),
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

/// Lets that many people sign in at once.
pub async fn raise(
    provider: &Arc<Provider>,
    people: &[Person],
    count: usize,
    (process, calm): (Process, Duration),
) -> Result<Storm, Failure> {
    let waiting = arrive(provider, people, count).await?;
    let mut failures = BTreeMap::new();
    let before = asked(provider, Pace::For(calm), &mut failures).await;
    let base = process.rss();
    process.forget_peak();
    let over = Arc::new(AtomicBool::new(false));
    let begun = Instant::now();
    let mut signing_in = JoinSet::new();
    for (browser, page, account) in waiting {
        signing_in.spawn(sign_in(browser, page, account));
    }
    let flag = Arc::clone(&over);
    let storm = tokio::spawn(async move {
        let ended = signing_in.join_all().await;
        flag.store(true, Ordering::Relaxed);
        (ended, begun.elapsed())
    });
    let meanwhile = asked(provider, Pace::Until(over), &mut failures).await;
    let peak = process.peak();
    let (ended, lasted) = storm.await.map_err(|_| Failure::unexpected("a storm that broke off"))?;
    sleep(REST).await;
    let memory =
        base.zip(peak).zip(process.rss()).map(|((before, peak), after)| Memory { before, peak, after });
    let mut result =
        Storm { signed_in: 0, turned_away: 0, failures, lasted, tokens: (before, meanwhile), memory };
    for outcome in ended {
        match outcome {
            Ok(()) => result.signed_in += 1,
            Err(Failure::TurnedAway) => result.turned_away += 1,
            Err(failure) => *result.failures.entry(failure).or_default() += 1,
        }
    }
    Ok(result)
}

async fn sign_in(mut browser: Browser, page: Page, account: Account) -> Result<(), Failure> {
    browser.sign_in(&page, account.typed()).await.map(drop)
}

/// Everybody at the sign-in page, each in a browser that was never here, at an address of its own.
async fn arrive(
    provider: &Arc<Provider>,
    people: &[Person],
    count: usize,
) -> Result<Vec<(Browser, Page, Account)>, Failure> {
    let mut arriving = JoinSet::new();
    for (n, person) in people.iter().cycle().take(count).enumerate() {
        let (provider, account) = (Arc::clone(provider), person.account.clone());
        arriving.spawn(async move {
            let mut browser = Browser::new(loopback::source(n), &provider.redirect_uri);
            match browser.open(&provider.attempt().url).await? {
                At::Page(page) => Ok((browser, page, account)),
                At::Client(_) => Err(Failure::unexpected("sent back without a password")),
            }
        });
    }
    arriving.join_all().await.into_iter().collect()
}

#[derive(Clone)]
enum Pace {
    For(Duration),
    Until(Arc<AtomicBool>),
}

/// The latencies of token requests at a fixed pace. Who asks has a thread of its own, so that it doesn't wait for the
/// browsers of this program.
async fn asked(
    provider: &Arc<Provider>,
    pace: Pace,
    failures: &mut BTreeMap<Failure, u64>,
) -> Histogram<u64> {
    let provider = Arc::clone(provider);
    let thread = thread::spawn(move || {
        event_loop::run(async {
            let mut asking = JoinSet::new();
            for n in 0..ASKING {
                let connection = Connection::from(loopback::source(n));
                asking.spawn(ask(Arc::clone(&provider), connection, pace.clone()));
            }
            asking.join_all().await
        })
    });
    let asked = tokio::task::spawn_blocking(|| thread.join().ok().flatten()).await.ok().flatten();
    let broken_off = || vec![(histogram(), vec![Failure::unexpected("a client that broke off")])];
    let mut all = histogram();
    for (latencies, failed) in asked.unwrap_or_else(broken_off) {
        let _ = all.add(latencies);
        for failure in failed {
            *failures.entry(failure).or_default() += 1;
        }
    }
    all
}

async fn ask(provider: Arc<Provider>, mut by: Connection, pace: Pace) -> (Histogram<u64>, Vec<Failure>) {
    let (mut latencies, mut failed) = (histogram(), Vec::new());
    let begun = Instant::now();
    let mut due = begun;
    loop {
        let over = match &pace {
            Pace::For(duration) => begun.elapsed() >= *duration,
            Pace::Until(over) => over.load(Ordering::Relaxed),
        };
        if over {
            return (latencies, failed);
        }
        match provider.client_credentials(&mut by).await {
            Ok(_) => note(&mut latencies, due.elapsed()),
            Err(failure) => failed.push(failure),
        }
        due += PACE;
        sleep_until(due.into()).await;
    }
}
