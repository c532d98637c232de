//! Clients that ask for tokens at a fixed pace, whatever else happens.
//!
//! Each latency counts from the moment the request was due, so that a stall is not hidden by asking less.

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
use tokio::{task::JoinSet, time::sleep_until};

use crate::{
    http::{Client, Failure, failure::add, loopback},
    provider::Provider,
    work::{histogram, note, on_this_thread},
};

/// Connections that ask for tokens, and the pause between two requests of one: 200 a second together.
const ASKING: u32 = 4;
const PACE: Duration = Duration::from_millis(20);
/// Not counted before a storm: each client connects, and everybody who has just arrived is still being served.
const WARM_UP: Duration = Duration::from_secs(1);

/// For how long clients ask.
#[derive(Debug, Clone)]
pub enum While {
    /// That long, after the warm-up.
    Calm(Duration),
    /// Until somebody says so, and the first request counts.
    Storm(Arc<AtomicBool>),
}

/// What came of it.
#[derive(Debug)]
pub struct Asked {
    /// Of successes, microseconds.
    pub latencies: Histogram<u64>,
    /// How many requests were due in that time.
    pub due: u64,
    /// How often each failure came, also while warming up.
    pub failures: BTreeMap<Failure, u64>,
}

impl Default for Asked {
    fn default() -> Self {
        Self { latencies: histogram(), due: 0, failures: BTreeMap::new() }
    }
}

impl Asked {
    /// The latency that 99 of 100 didn't exceed, milliseconds.
    pub fn p99_ms(&self) -> f64 {
        Duration::from_micros(self.latencies.value_at_quantile(0.99)).as_secs_f64() * 1000.0
    }

    /// Whether so many were answered that the quantile says something: stalls that last to the end hide their requests.
    pub fn is_enough(&self) -> bool {
        self.due > 0 && self.latencies.len() * 10 >= self.due * 9
    }

    fn fail(&mut self, failure: Failure) {
        *self.failures.entry(failure).or_default() += 1;
    }

    fn and(mut self, other: Self) -> Self {
        // both have the same bounds, so there is always room
        let _ = self.latencies.add(other.latencies);
        self.due += other.due;
        add(&mut self.failures, &other.failures);
        self
    }
}

impl While {
    fn warm_up(&self) -> Duration {
        match self {
            Self::Calm(_) => WARM_UP,
            Self::Storm(_) => Duration::ZERO,
        }
    }

    fn is_over(&self, begun: Instant) -> bool {
        match self {
            Self::Calm(duration) => begun.elapsed() >= WARM_UP + *duration,
            Self::Storm(over) => over.load(Ordering::Relaxed),
        }
    }
}

/// Who asks has a thread of its own, so that it doesn't wait for the browsers of this program.
pub async fn ask(provider: &Arc<Provider>, during: While) -> Asked {
    let provider = Arc::clone(provider);
    let thread = thread::spawn(move || {
        on_this_thread(async {
            let mut asking = JoinSet::new();
            let begin = Instant::now();
            for n in 0..ASKING {
                // one after the other, so that they don't wait for each other
                let from = begin + PACE / ASKING * n;
                asking.spawn(client(Arc::clone(&provider), n, from, during.clone()));
            }
            asking.join_all().await.into_iter().fold(Asked::default(), Asked::and)
        })
    });
    let asked = tokio::task::spawn_blocking(|| thread.join().ok().flatten()).await.ok().flatten();
    asked.unwrap_or_else(|| {
        let mut asked = Asked::default();
        asked.fail(Failure::unexpected("a client that broke off"));
        asked
    })
}

async fn client(provider: Arc<Provider>, n: u32, begin: Instant, during: While) -> Asked {
    let by = Client::from(loopback::source(usize::try_from(n).unwrap_or_default()));
    let mut asked = Asked::default();
    let counted = begin + during.warm_up();
    let mut due = begin;
    sleep_until(due.into()).await;
    while !during.is_over(begin) {
        match provider.client_credentials(&by).await {
            Ok(_) if due >= counted => note(&mut asked.latencies, due.elapsed()),
            Ok(_) => {}
            Err(failure) => asked.fail(failure),
        }
        due += PACE;
        sleep_until(due.into()).await;
    }
    let lasted = counted.elapsed();
    asked.due = u64::try_from(lasted.as_nanos() / PACE.as_nanos()).unwrap_or(u64::MAX);
    asked
}

#[cfg(test)]
mod tests {
    use std::{net::Ipv4Addr, sync::atomic::AtomicU64};

    use axum::{Router, routing::post};
    use tokio::net::TcpListener;

    use super::*;
    use crate::provider::{Client, Metadata};

    /// A provider whose token endpoint answers that, and how often it was asked.
    async fn provider(answer: &'static str) -> (Arc<Provider>, Arc<AtomicU64>) {
        let asked = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&asked);
        let token = async move || {
            count.fetch_add(1, Ordering::Relaxed);
            answer
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let at = format!("http://{}/t", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, Router::new().route("/t", post(token))).await });
        let metadata = serde_json::json!({
            "issuer": "i", "authorization_endpoint": at, "token_endpoint": at, "jwks_uri": at
        });
        let metadata: Metadata = serde_json::from_value(metadata).unwrap();
        let client = Client::new("c", "s", &metadata).unwrap();
        let redirect_uri = at.parse().unwrap();
        (Arc::new(Provider { metadata, client, redirect_uri, scope: String::new() }), asked)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn before_a_storm_the_first_second_is_not_counted_and_in_it_every_request_is() {
        let (provider, count) = provider(r#"{"access_token":"t"}"#).await;
        let calm = ask(&provider, While::Calm(Duration::from_millis(200))).await;
        let all = count.load(Ordering::Relaxed);
        assert!(calm.due > 0 && !calm.latencies.is_empty() && calm.failures.is_empty(), "{calm:?}");
        // 200 in the warm-up; a busy machine may leave some out
        assert!(all >= calm.latencies.len() + 100, "{all} {}", calm.latencies.len());
        let over = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&over);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(200)).await;
            flag.store(true, Ordering::Relaxed);
        });
        let storm = ask(&provider, While::Storm(over)).await;
        assert_eq!(count.load(Ordering::Relaxed) - all, storm.latencies.len());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_fails_is_told_and_is_no_latency() {
        let (provider, count) = provider("no JSON").await;
        let asked = ask(&provider, While::Calm(Duration::from_millis(50))).await;
        assert!(asked.latencies.is_empty() && !asked.is_enough());
        assert_eq!(asked.failures.values().sum::<u64>(), count.load(Ordering::Relaxed));
    }

    #[test]
    fn nine_of_ten_requests_that_were_due_are_enough_and_no_request_is_not() {
        let asked = |answered: u64, due: u64| {
            let mut asked = Asked { due, ..Asked::default() };
            (0..answered).for_each(|_| note(&mut asked.latencies, Duration::from_millis(1)));
            asked.is_enough()
        };
        assert!(asked(90, 100) && asked(100, 100) && asked(1, 1));
        assert!(!asked(89, 100) && !asked(0, 1) && !asked(0, 0));
    }

    #[test]
    fn what_all_clients_did_is_added_up() {
        let mut one = Asked { due: 2, ..Asked::default() };
        one.fail(Failure::TimedOut);
        let mut other = Asked { due: 3, ..Asked::default() };
        note(&mut other.latencies, Duration::from_millis(5));
        other.fail(Failure::TimedOut);
        let both = one.and(other);
        assert_eq!((both.due, both.latencies.len(), both.failures), (5, 1, [(Failure::TimedOut, 2)].into()));
    }
}
