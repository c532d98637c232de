//! Password hashing on dedicated threads behind a bounded queue. However many people sign in at once, it uses a fixed
//! amount of memory and never blocks the runtime's threads. Other work that strangers can make slow runs here too.

use std::{
    fmt,
    num::NonZero,
    ops::ControlFlow,
    panic::{self, AssertUnwindSafe},
    sync::Arc,
    thread,
    time::Duration,
};

use flume::{Receiver, RecvTimeoutError, Sender};
use rustix::process::setpriority_process;
use tokio::sync::oneshot;

use super::argon::Engine;
pub use super::argon::{Check, Peppers};
pub use super::cost::HashParams;
use super::{
    password::Password,
    queue::{Busy, Queue, Turn},
};

/// Why a hasher could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Argon2 can't run with these parameters.
    #[error("unusable Argon2 parameters: {0}")]
    Params(argon2::Error),
    /// The operating system could not start a thread.
    #[error("cannot start a hashing thread: {0}")]
    Thread(#[from] std::io::Error),
}

type Job = Box<dyn FnOnce(&mut Engine) + Send>;

/// The threads' niceness. On a busy processor all other threads go first; on an idle one this costs no speed.
const NICENESS: i32 = 10;
/// How long an idle thread keeps its memory for the next job. Allocating it again costs a part of a hash; but on a
/// server without sign-ins other programs should have the memory.
const KEEP: Duration = Duration::from_secs(10);

/// A fixed set of hashing threads for one realm, each with its own memory. The threads end when this value is dropped.
pub struct Hasher {
    params: HashParams,
    jobs: Sender<Job>,
    /// The queue for turns. Every job belongs to a turn.
    pub queue: Queue,
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").field("params", &self.params).finish_non_exhaustive()
    }
}

/// How many threads hash at the same time: at most `most`, and one fewer than there are processors, so that one
/// processor is left for other work. At least one.
pub fn threads(most: usize) -> usize {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    most.min(processors.saturating_sub(1)).max(1)
}

impl Hasher {
    /// Starts `threads` threads (at least one). Each allocates `params.memory_kib` for a job, and frees it when no
    /// other job comes for a while. `waiting` requests may wait for a turn, each for at most `longest`.
    pub fn new(
        params: HashParams,
        peppers: Peppers,
        threads: usize,
        waiting: usize,
        longest: Duration,
    ) -> Result<Self, StartError> {
        let threads = threads.max(1);
        let queue = Queue::new(threads, waiting, longest);
        let (jobs, next) = flume::bounded(queue.free_turns());
        let peppers = Arc::new(peppers);
        for number in 0..threads {
            let mut engine = Engine::new(params, Arc::clone(&peppers)).map_err(StartError::Params)?;
            let next = next.clone();
            let work = move || {
                give_way();
                while work_on(&mut engine, &next, KEEP).is_continue() {}
            };
            thread::Builder::new().name(format!("argon2-{number}")).spawn(work)?;
        }
        Ok(Self { params, jobs, queue })
    }

    /// Hashes a password into a PHC string to store. `salt` must be fresh random bytes.
    pub async fn hash(&self, turn: &Turn, password: Password, salt: [u8; 16]) -> Result<String, Busy> {
        logged(self.submit(turn, move |engine| engine.hash(&password, salt)).await?)
    }

    /// Checks a password against the stored PHC string. `None` (no such user) and an unreadable string cost the same
    /// time and return [`Check::Mismatch`] (W6, W7).
    pub async fn verify(
        &self,
        turn: &Turn,
        password: Password,
        stored: Option<String>,
    ) -> Result<Check, Busy> {
        logged(self.submit(turn, move |engine| engine.verify(&password, stored.as_deref())).await?)
    }

    /// Runs other work that keeps a processor busy for a while, on the same threads (Q1).
    pub async fn compute<T, F>(&self, turn: &Turn, work: F) -> Result<T, Busy>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        self.submit(turn, move |_| work()).await
    }

    async fn submit<T, F>(&self, turn: &Turn, job: F) -> Result<T, Busy>
    where
        T: Send + 'static,
        F: FnOnce(&mut Engine) -> T + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let turn = turn.clone();
        let job = Box::new(move |engine: &mut Engine| {
            // skips the job when its client has disconnected meanwhile
            let done = (!reply.is_closed()).then(|| job(engine));
            drop(turn);
            if let Some(done) = done {
                let _ = reply.send(done);
            }
        });
        self.jobs.try_send(job).map_err(|_| Busy)?;
        answer.await.map_err(|_| Busy)
    }
}

fn logged<T>(outcome: argon2::Result<T>) -> Result<T, Busy> {
    outcome.map_err(|error| {
        tracing::error!(%error, "argon2 failed");
        Busy
    })
}

/// Lowers the priority of this thread.
fn give_way() {
    // on Linux this concerns the calling thread only
    if let Err(error) = setpriority_process(None, NICENESS) {
        tracing::info!(%error, "the priority of the password threads could not be lowered");
    }
}

/// Does the next job. When none comes within `keep`, it frees the engine's memory and goes on waiting. `Break` when the
/// hasher is gone.
fn work_on(engine: &mut Engine, jobs: &Receiver<Job>, keep: Duration) -> ControlFlow<()> {
    let next =
        if engine.rests() { jobs.recv().map_err(RecvTimeoutError::from) } else { jobs.recv_timeout(keep) };
    match next {
        Ok(job) => {
            // a panic in one job must not stop all sign-ins
            if panic::catch_unwind(AssertUnwindSafe(|| job(engine))).is_err() {
                tracing::error!("a job on a password thread panicked");
                engine.rest();
            }
        }
        Err(RecvTimeoutError::Timeout) => engine.rest(),
        Err(RecvTimeoutError::Disconnected) => return ControlFlow::Break(()),
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use futures_util::FutureExt as _;

    use super::*;
    use crate::authn::password::normalise;

    const CHEAP: HashParams = HashParams { memory_kib: 64, iterations: 1, parallelism: 1 };

    fn hasher(threads: usize) -> Arc<Hasher> {
        let peppers = Peppers::from(b"pepper".to_vec());
        Arc::new(Hasher::new(CHEAP, peppers, threads, 0, Duration::ZERO).unwrap())
    }

    async fn verify(hasher: &Hasher, password: Password, stored: Option<String>) -> Result<Check, Busy> {
        hasher.verify(&hasher.queue.turn().await?, password, stored).await
    }

    /// Takes every free turn.
    fn all_turns(hasher: &Hasher) -> Vec<Turn> {
        std::iter::from_fn(|| hasher.queue.turn().now_or_never()?.ok()).collect()
    }

    fn password(text: &str) -> Password {
        normalise(text).unwrap()
    }

    /// A job that reports on the first channel when it has begun, and ends after a message on the second.
    fn held_up() -> (impl FnOnce(&mut Engine) + Send + 'static, mpsc::Receiver<()>, mpsc::Sender<()>) {
        let (started, running) = mpsc::channel();
        let (release, gate) = mpsc::channel();
        let job = move |_: &mut Engine| {
            started.send(()).unwrap();
            gate.recv().unwrap();
        };
        (job, running, release)
    }

    #[tokio::test]
    async fn w6_hash_and_verify_go_through_the_queue() {
        let hasher = hasher(2);
        let turn = hasher.queue.turn().await.unwrap();
        let phc = hasher.hash(&turn, password("correct horse"), [7; 16]).await.unwrap();
        let right = hasher.verify(&turn, password("correct horse"), Some(phc.clone())).await;
        assert_eq!(right, Ok(Check::Match { rehash: false }));
        assert_eq!(verify(&hasher, password("wrong horse"), Some(phc)).await, Ok(Check::Mismatch));
        assert_eq!(verify(&hasher, password("correct horse"), None).await, Ok(Check::Mismatch));
        assert_eq!(hasher.compute(&turn, || 6 * 7).await, Ok(42));
    }

    #[tokio::test]
    async fn w7_whoever_has_a_turn_is_answered_however_many_there_are() {
        let hasher = hasher(1);
        let turns = all_turns(&hasher);
        assert_eq!(verify(&hasher, password("correct horse"), None).await, Err(Busy));
        let (job, running, release) = held_up();
        let at_work = tokio::spawn({
            let (hasher, turn) = (Arc::clone(&hasher), turns[0].clone());
            async move { hasher.submit(&turn, job).await }
        });
        tokio::task::spawn_blocking(move || running.recv().unwrap()).await.unwrap();
        let mut rest: Vec<_> = turns[1..]
            .iter()
            .map(|turn| Box::pin(hasher.verify(turn, password("correct horse"), None)))
            .collect();
        assert!(rest.iter_mut().all(|one| one.as_mut().now_or_never().is_none()));
        release.send(()).unwrap();
        assert_eq!(at_work.await.unwrap(), Ok(()));
        for one in rest {
            assert_eq!(one.await, Ok(Check::Mismatch));
        }
    }

    #[tokio::test]
    async fn w7_whoever_hangs_up_keeps_the_turn_until_the_job_is_through() {
        let hasher = hasher(1);
        let (job, running, release) = held_up();
        let at_work = tokio::spawn({
            let hasher = Arc::clone(&hasher);
            async move { hasher.submit(&hasher.queue.turn().await?, job).await }
        });
        tokio::task::spawn_blocking(move || running.recv().unwrap()).await.unwrap();
        let mut others = all_turns(&hasher);
        let turn = others.pop().unwrap();
        let mut gone = Box::pin(hasher.verify(&turn, password("correct horse"), None));
        assert!(gone.as_mut().now_or_never().is_none());
        drop(gone);
        drop(turn);
        assert!(hasher.queue.turn().await.is_err(), "there is never one job more than there are turns");
        release.send(()).unwrap();
        at_work.await.unwrap().unwrap();
        while hasher.queue.turn().await.is_err() {
            tokio::task::yield_now().await;
        }
        drop(others);
        assert_eq!(verify(&hasher, password("correct horse"), None).await, Ok(Check::Mismatch));
    }

    #[tokio::test]
    async fn w7_a_job_that_panics_is_not_the_end_of_all_sign_ins() {
        let hasher = hasher(1);
        let turn = hasher.queue.turn().await.unwrap();
        let broken = hasher.compute(&turn, || -> u8 { panic!("a defect") });
        assert_eq!(broken.await, Err(Busy));
        assert_eq!(verify(&hasher, password("correct horse"), None).await, Ok(Check::Mismatch));
    }

    #[test]
    fn w7_a_processor_is_left_to_everything_else_where_there_are_two() {
        let processors = thread::available_parallelism().unwrap().get();
        assert_eq!(threads(usize::MAX), (processors - 1).max(1));
        assert_eq!(threads(1), 1);
        assert_eq!(threads(0), 1);
    }

    #[test]
    fn w6_unusable_parameters_are_refused_at_the_start() {
        for params in [
            HashParams { memory_kib: 1, ..CHEAP },
            HashParams { iterations: 0, ..CHEAP },
            HashParams { parallelism: 0, ..CHEAP },
        ] {
            let built = Hasher::new(params, Peppers::from(vec![1]), 1, 0, Duration::ZERO);
            assert!(matches!(built, Err(StartError::Params(_))), "{params:?}");
        }
    }

    #[test]
    fn a_worker_gives_its_memory_back_when_nobody_comes_and_takes_it_again() {
        let (jobs, waiting) = flume::bounded::<Job>(2);
        let mut engine = Engine::new(CHEAP, Arc::new(Peppers::from(vec![1]))).unwrap();
        let phc = engine.hash(&password("correct horse"), [7; 16]).unwrap();
        let mut work = || work_on(&mut engine, &waiting, Duration::ZERO);
        let (tell, reported) = mpsc::channel();
        let ask = |tell: &mpsc::Sender<_>| {
            let tell = tell.clone();
            jobs.send(Box::new(move |engine: &mut Engine| tell.send(engine.rests()).unwrap())).unwrap();
        };

        ask(&tell);
        assert_eq!(work(), ControlFlow::Continue(()));
        assert!(!reported.recv().unwrap(), "a job that waits comes first");
        assert_eq!(work(), ControlFlow::Continue(()), "a rest");
        ask(&tell);
        assert_eq!(work(), ControlFlow::Continue(()));
        assert!(reported.recv().unwrap(), "it is given back");

        let (reply, answer) = mpsc::channel();
        let verify = move |engine: &mut Engine| {
            reply.send(engine.verify(&password("correct horse"), Some(&phc))).unwrap();
        };
        jobs.send(Box::new(verify)).unwrap();
        assert_eq!(work(), ControlFlow::Continue(()));
        assert_eq!(answer.recv().unwrap(), Ok(Check::Match { rehash: false }));
    }

    #[test]
    fn w6_a_worker_ends_with_the_hasher_whether_it_rests_or_not() {
        let (jobs, waiting) = flume::bounded::<Job>(1);
        let mut engine = Engine::new(CHEAP, Arc::new(Peppers::from(vec![1]))).unwrap();
        drop(jobs);
        assert_eq!(work_on(&mut engine, &waiting, KEEP), ControlFlow::Break(()));
        engine.hash(&password("correct horse"), [7; 16]).unwrap();
        assert_eq!(work_on(&mut engine, &waiting, KEEP), ControlFlow::Break(()));
    }
}
