//! The workers at work: a thread for each core, with its share of them and an event loop of its own.
//!
//! The threads are scheduled as batch work. They are much quicker than what they measure: otherwise each answer would
//! interrupt the provider to wake one of them, and on the cores that both share that costs more than the request.

use std::{
    collections::BTreeMap,
    fs,
    process::{Command, Stdio},
    sync::Arc,
    thread::{self, JoinHandle, available_parallelism},
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use super::{Progress, Work, histogram, note, on_this_thread, window::Window};
use crate::http::{Failure, failure::add};

/// The pause after a failure, so that a server that is gone isn't asked a hundred thousand times a second.
const BREATH: Duration = Duration::from_millis(10);

/// The threads.
#[derive(Debug)]
pub(super) struct Crew(Vec<JoinHandle<Tally>>);

impl Crew {
    /// Begins at once.
    pub(super) fn start<W: Work>(workers: Vec<W>, window: &Arc<Window>) -> Self {
        let start = |share| {
            let window = Arc::clone(window);
            thread::spawn(move || all_labour(share, &window))
        };
        Self(shares(workers).into_iter().map(start).collect())
    }

    /// When the window is over: what came of all.
    pub(super) async fn end(self) -> Tally {
        let ended = tokio::task::spawn_blocking(|| {
            let tallies =
                self.0.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Tally::broken_off()));
            tallies.fold(Tally::default(), Tally::and)
        });
        ended.await.unwrap_or_else(|_| Tally::broken_off())
    }
}

/// The workers of each thread.
fn shares<W>(workers: Vec<W>) -> Vec<Vec<W>> {
    let cores = available_parallelism().map_or(1, usize::from);
    let mut shares: Vec<Vec<W>> = (0..cores).map(|_| Vec::new()).collect();
    for (n, worker) in workers.into_iter().enumerate() {
        if let Some(share) = shares.get_mut(n % cores) {
            share.push(worker);
        }
    }
    shares.retain(|share| !share.is_empty());
    shares
}

fn all_labour<W: Work>(workers: Vec<W>, window: &Arc<Window>) -> Tally {
    if let Err(why) = schedule_as_batch() {
        eprintln!("the driver interrupts what it measures, so that rates are too low: {why}");
    }
    let all = on_this_thread(async {
        let mut tasks = JoinSet::new();
        for worker in workers {
            tasks.spawn(labour(worker, Arc::clone(window)));
        }
        let mut all = Tally::default();
        while let Some(ended) = tasks.join_next().await {
            all = all.and(ended.unwrap_or_else(|_| Tally::broken_off()));
        }
        all
    });
    all.unwrap_or_else(Tally::broken_off)
}

/// This thread only: what is measured was started by another one.
fn schedule_as_batch() -> Result<(), String> {
    let thread = fs::read_link("/proc/thread-self").map_err(|error| error.to_string())?;
    let id = thread.file_name().ok_or("this thread has no id")?;
    let mut command = Command::new("chrt");
    let command = command.args(["--batch", "--pid", "0"]).arg(id).stdout(Stdio::null()).stderr(Stdio::null());
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("chrt: {status}")),
        Err(error) => Err(format!("chrt of the package util-linux: {error}")),
    }
}

async fn labour<W: Work>(mut worker: W, window: Arc<Window>) -> Tally {
    let mut tally = Tally::default();
    while !window.is_over(Instant::now()) {
        let begun = Instant::now();
        let outcome = worker.once().await;
        let ended = Instant::now();
        match outcome {
            Ok(Progress::Exhausted) => window.exhausted(ended),
            Ok(Progress::Done) if window.counts(ended) => note(&mut tally.latencies, ended - begun),
            Ok(Progress::Done) => {}
            Err(failure) => {
                // one that came while warming up is told too
                window.failed();
                tally.count(failure);
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    tally
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) latencies: Histogram<u64>,
    pub(super) failures: BTreeMap<Failure, u64>,
}

impl Default for Tally {
    fn default() -> Self {
        Self { latencies: histogram(), failures: BTreeMap::new() }
    }
}

impl Tally {
    fn count(&mut self, failure: Failure) {
        *self.failures.entry(failure).or_default() += 1;
    }

    fn broken_off() -> Self {
        let mut tally = Self::default();
        tally.count(Failure::unexpected("a worker that broke off"));
        tally
    }

    fn and(mut self, other: Self) -> Self {
        // both have the same bounds, so there is always room
        let _ = self.latencies.add(other.latencies);
        add(&mut self.failures, &other.failures);
        self
    }
}
