//! The engine: workers that each do one operation after another, for a window of time that is measured.
//!
//! A closed loop: a worker waits for the answer before it asks again, so the rate is what the provider does with that
//! many callers. Completions before the window are warm-up; nothing after it counts, so that neither filling up nor
//! running dry blurs a rate.

use std::{
    collections::BTreeMap,
    future::Future,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use crate::{http::Failure, process::Process};

/// The pause after a failure, so that a server that is gone isn't asked a hundred thousand times a second.
const BREATH: Duration = Duration::from_millis(10);
/// The part of the window that goes before it as warm-up.
const WARM_UP: u32 = 5;
/// How long a window without any success may go on.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the end is looked for.
const LOOK: Duration = Duration::from_millis(5);

/// What a worker does.
pub trait Work: Send + 'static {
    /// Once. `Exhausted` ends the window for all workers.
    fn once(&mut self) -> impl Future<Output = Result<Progress, Failure>> + Send;
}

/// What came of one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Done.
    Done,
    /// There was nothing left to do it with.
    Exhausted,
}

/// What was measured.
#[derive(Debug)]
pub struct Measured {
    /// Of successes, microseconds.
    pub latencies: Histogram<u64>,
    /// How often each failure came.
    pub failures: BTreeMap<Failure, u64>,
    /// The length of the window.
    pub window: Duration,
    /// Time on a core of the measured process within it; none when it isn't known.
    pub cpu: Option<Duration>,
    /// Time on a core of this program within it.
    pub own_cpu: Option<Duration>,
    /// Resident memory of the measured process at its end, KiB.
    pub rss: Option<u64>,
}

impl Measured {
    /// Successes per second.
    pub fn rate(&self) -> f64 {
        float(self.latencies.len()) / self.window.as_secs_f64().max(f64::EPSILON)
    }

    /// A latency that this part of the successes did not exceed.
    pub fn latency(&self, quantile: f64) -> Duration {
        Duration::from_micros(self.latencies.value_at_quantile(quantile))
    }

    /// A part of the time on a core, for one success.
    pub fn per_operation(&self, cpu: Option<Duration>) -> Option<Duration> {
        let done = u32::try_from(self.latencies.len()).ok().filter(|done| *done > 0)?;
        Some(cpu? / done)
    }
}

/// Counts of this program are far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts that a run of minutes can reach are exact")]
pub fn float(count: u64) -> f64 {
    count as f64
}

/// More microseconds than a request's time-out has, several times over: a sign-in is a few requests.
const LONGEST: u64 = 600_000_000;

/// From a microsecond to [`LONGEST`], to three digits.
pub fn histogram() -> Histogram<u64> {
    Histogram::new_with_max(LONGEST, 3).unwrap_or_else(|_| unreachable!("these bounds are allowed"))
}

/// Adds a latency.
pub fn note(histogram: &mut Histogram<u64>, latency: Duration) {
    histogram.saturating_record(u64::try_from(latency.as_micros()).unwrap_or(u64::MAX));
}

/// The time that counts. It goes on until something was done in it, so that a slow machine has a rate too.
#[derive(Debug)]
struct Window {
    from: Instant,
    to: Instant,
    used: AtomicBool,
    /// By the first worker that has nothing left, or by what was done first when it came late.
    ended: OnceLock<Instant>,
}

impl Window {
    fn end(&self) -> Instant {
        self.ended.get().copied().unwrap_or(self.to)
    }

    fn is_over(&self, now: Instant) -> bool {
        let late = self.used.load(Ordering::Relaxed) || now >= self.to + PATIENCE;
        self.ended.get().is_some() || now >= self.to && late
    }

    /// Whether what was done at that moment counts.
    fn counts(&self, moment: Instant) -> bool {
        if moment < self.from || self.ended.get().is_some_and(|ended| moment > *ended) {
            return false;
        }
        let first = !self.used.swap(true, Ordering::Relaxed);
        if moment > self.to && first {
            self.ended.get_or_init(|| moment);
        }
        moment <= self.to || first
    }
}

#[derive(Debug)]
struct Tally {
    latencies: Histogram<u64>,
    failures: BTreeMap<Failure, u64>,
}

/// Lets the workers work for that long, and looks what it costs the process.
pub async fn measure<W: Work>(workers: Vec<W>, duration: Duration, process: Option<Process>) -> Measured {
    let from = Instant::now() + duration / WARM_UP;
    let window =
        Arc::new(Window { from, to: from + duration, used: AtomicBool::new(false), ended: OnceLock::new() });
    let mut tasks = JoinSet::new();
    for worker in workers {
        tasks.spawn(labour(worker, Arc::clone(&window)));
    }
    tokio::time::sleep_until(from.into()).await;
    let cpu = || process.and_then(Process::cpu);
    let before = (cpu(), Process::own().cpu());
    while !window.is_over(Instant::now()) {
        tokio::time::sleep(LOOK).await;
    }
    let after = (cpu(), Process::own().cpu());
    let rss = process.and_then(Process::rss);
    let mut all = Tally { latencies: histogram(), failures: BTreeMap::new() };
    while let Some(ended) = tasks.join_next().await {
        match ended {
            Ok(tally) => all.add(tally),
            Err(_) => all.count(Failure::unexpected("a worker that broke off")),
        }
    }
    let spent = |before: Option<Duration>, after: Option<Duration>| Some(after?.saturating_sub(before?));
    Measured {
        latencies: all.latencies,
        failures: all.failures,
        window: window.end().saturating_duration_since(from),
        cpu: spent(before.0, after.0),
        own_cpu: spent(before.1, after.1),
        rss,
    }
}

async fn labour<W: Work>(mut worker: W, window: Arc<Window>) -> Tally {
    let mut tally = Tally { latencies: histogram(), failures: BTreeMap::new() };
    while !window.is_over(Instant::now()) {
        let begun = Instant::now();
        let outcome = worker.once().await;
        let ended = Instant::now();
        match outcome {
            Ok(Progress::Exhausted) => {
                window.ended.get_or_init(|| ended);
            }
            Ok(Progress::Done) if window.counts(ended) => note(&mut tally.latencies, ended - begun),
            Ok(Progress::Done) => {}
            Err(failure) => {
                // one that came while warming up is told too, and no window waits for a success then
                window.used.store(true, Ordering::Relaxed);
                tally.count(failure);
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    tally
}

impl Tally {
    fn count(&mut self, failure: Failure) {
        *self.failures.entry(failure).or_default() += 1;
    }

    fn add(&mut self, other: Self) {
        // both have the same bounds, so there is always room
        let _ = self.latencies.add(other.latencies);
        for (failure, count) in other.failures {
            *self.failures.entry(failure).or_default() += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Script(Vec<Result<Progress, Failure>>);

    impl Work for Script {
        async fn once(&mut self) -> Result<Progress, Failure> {
            tokio::task::yield_now().await;
            self.0.pop().unwrap_or(Ok(Progress::Exhausted))
        }
    }

    #[test]
    fn a_quantile_is_a_latency_that_was_not_exceeded_by_that_part() {
        let mut latencies = histogram();
        for millis in 1..=100 {
            note(&mut latencies, Duration::from_millis(millis));
        }
        let window = Duration::from_secs(2);
        let cpu = Some(Duration::from_secs(1));
        let measured =
            Measured { latencies, failures: BTreeMap::new(), window, cpu, own_cpu: None, rss: None };
        assert!((measured.rate() - 50.0).abs() < 1e-9);
        assert_eq!(measured.latency(0.5).as_millis(), 50);
        assert_eq!(measured.latency(0.99).as_millis(), 99);
        assert_eq!(measured.per_operation(measured.cpu), Some(Duration::from_millis(10)));
        assert_eq!(measured.per_operation(measured.own_cpu), None);
    }

    #[test]
    fn a_window_goes_on_until_something_was_done_in_it() {
        let from = Instant::now();
        let at = |seconds: u64| from + Duration::from_secs(seconds);
        let window = || Window { from, to: at(4), used: AtomicBool::new(false), ended: OnceLock::new() };
        let usual = window();
        assert!(usual.counts(at(3)) && !usual.is_over(at(3)));
        assert!(usual.is_over(at(4)) && !usual.counts(at(5)) && usual.end() == at(4));
        let late = window();
        assert!(!late.is_over(at(5)) && late.counts(at(6)) && !late.counts(at(7)));
        assert!(late.is_over(at(6)) && late.end() == at(6));
        assert!(window().is_over(at(34)), "nothing at all ends too");
    }

    #[tokio::test]
    async fn failures_are_counted_by_kind_and_the_first_worker_without_work_ends_the_window() {
        let gone = Failure::unexpected("gone");
        let script = || Script(vec![Err(gone.clone()), Err(Failure::TurnedAway), Err(gone.clone())]);
        let measured = measure(vec![script(), script()], Duration::from_millis(100), None).await;
        assert!(measured.window < Duration::from_millis(100));
        assert!(measured.failures.get(&gone).is_some_and(|count| *count >= 3), "{:?}", measured.failures);
        assert_eq!(measured.per_operation(Some(Duration::from_secs(1))), None);
    }
}
