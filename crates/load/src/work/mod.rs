//! The engine: workers that each do one operation after another, for a window of time that is measured.
//!
//! A closed loop: a worker waits for the answer before it asks again, so the rate is what the provider does with that
//! many callers. Completions before the window are warm-up; nothing after it counts, so that neither filling up nor
//! running dry blurs a rate.
//!
//! * `crew`: the workers' threads
//! * `window`: the time that counts

mod crew;
mod window;

use std::{
    collections::BTreeMap,
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{bail, ensure};
use hdrhistogram::Histogram;
use tokio::runtime::Builder;

use self::{crew::Crew, window::Window};
use crate::{http::Failure, process::Process};

/// The part of the window that goes before it as warm-up.
pub const WARM_UP: u32 = 5;
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

    /// Successes per second of what has no reason to fail: with a failure, or without a success, it says nothing about
    /// what the machine can do.
    pub fn flawless_rate(&self) -> anyhow::Result<f64> {
        if let Some((failure, count)) = self.failures.iter().next() {
            bail!("{count} × {failure}");
        }
        ensure!(!self.latencies.is_empty(), "nothing was done in time");
        Ok(self.rate())
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

/// Runs something on an event loop of this thread, whose tasks wake nobody else; none when there can't be one. Only for
/// threads without one.
pub fn on_this_thread<F: Future>(work: F) -> Option<F::Output> {
    Some(Builder::new_current_thread().enable_all().build().ok()?.block_on(work))
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

/// Lets the workers work for that long, and looks what it costs the process.
pub async fn measure<W: Work>(workers: Vec<W>, duration: Duration, process: Option<Process>) -> Measured {
    let from = Instant::now() + duration / WARM_UP;
    let window = Arc::new(Window::new(from, from + duration));
    let crew = Crew::start(workers, &window);
    tokio::time::sleep_until(from.into()).await;
    let cpu = || process.and_then(Process::cpu);
    let before = (cpu(), Process::own().cpu());
    while !window.is_over(Instant::now()) {
        tokio::time::sleep(LOOK).await;
    }
    let after = (cpu(), Process::own().cpu());
    let rss = process.and_then(Process::rss);
    let all = crew.end().await;
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
    fn a_rate_with_failures_or_of_nothing_is_no_ceiling() {
        let rate = |successes: u64, failures: BTreeMap<Failure, u64>| {
            let mut latencies = histogram();
            (0..successes).for_each(|_| note(&mut latencies, Duration::from_millis(1)));
            let window = Duration::from_secs(1);
            Measured { latencies, failures, window, cpu: None, own_cpu: None, rss: None }.flawless_rate()
        };
        assert!((rate(3, BTreeMap::new()).unwrap() - 3.0).abs() < 1e-9);
        assert!(rate(0, BTreeMap::new()).is_err());
        let reported = rate(1000, [(Failure::TimedOut, 1)].into()).unwrap_err().to_string();
        assert_eq!(reported, "1 × no answer in time");
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
