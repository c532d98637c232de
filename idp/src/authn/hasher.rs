//! Password hashing on threads of its own behind a bounded queue: however many people sign in at once, it takes a fixed
//! amount of memory and never the runtime's threads. Whatever else a stranger can make slow is done there too.

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

/// Why no hasher could be built.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Argon2 can't run with these parameters.
    #[error("unusable Argon2 parameters: {0}")]
    Params(argon2::Error),
    /// The system gave no thread.
    #[error("cannot start a hashing thread: {0}")]
    Thread(#[from] std::io::Error),
}

type Job = Box<dyn FnOnce(&mut Engine) + Send>;

/// The threads' niceness: on a busy processor everything else goes first. Alone on a processor they are no slower by it.
const NICENESS: i32 = 10;
/// How long a thread keeps its memory for the next job. Taking it anew costs a part of a hash, and a server to which nobody
/// signs in has better uses for it.
const KEEP: Duration = Duration::from_secs(10);

/// A fixed set of hashing threads of one realm, each with memory of its own. The threads end with this value.
pub struct Hasher {
    params: HashParams,
    jobs: Sender<Job>,
    /// Whose turn it is. There is never a job without a turn.
    pub queue: Queue,
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").field("params", &self.params).finish_non_exhaustive()
    }
}

/// How many threads hash at the same time: at most that many, and one processor fewer than there are is left to everything
/// else. One at least.
pub fn threads(most: usize) -> usize {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    most.min(processors.saturating_sub(1)).max(1)
}

impl Hasher {
    /// Starts that many threads (at least one), each taking `params.memory_kib` for a job and giving it back when no other
    /// one comes for a while. `waiting` requests may wait for a turn, each of them for `longest`.
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

    /// A PHC string to store. `salt` must be fresh random bytes.
    pub async fn hash(&self, turn: &Turn, password: Password, salt: [u8; 16]) -> Result<String, Busy> {
        logged(self.submit(turn, move |engine| engine.hash(&password, salt)).await?)
    }

    /// Compares with the stored PHC string. `None` (no such user) and an unreadable string cost as much and
    /// answer [`Check::Mismatch`] (W6, W7).
    pub async fn verify(
        &self,
        turn: &Turn,
        password: Password,
        stored: Option<String>,
    ) -> Result<Check, Busy> {
        logged(self.submit(turn, move |engine| engine.verify(&password, stored.as_deref())).await?)
    }

    /// Something else that takes a processor for a while, on the same threads (Q1).
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
            // whoever hung up meanwhile costs nothing more
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

/// Lets this thread have what the others leave of a busy processor.
fn give_way() {
    // on Linux this is of the calling thread alone
    if let Err(error) = setpriority_process(None, NICENESS) {
        tracing::info!(%error, "passwords are checked at the same priority as everything else");
    }
}

/// Does the next job. When none comes for as long as a thread keeps its memory, it gives that back and goes on waiting.
fn work_on(engine: &mut Engine, jobs: &Receiver<Job>, keep: Duration) -> ControlFlow<()> {
    let next =
        if engine.rests() { jobs.recv().map_err(RecvTimeoutError::from) } else { jobs.recv_timeout(keep) };
    match next {
        Ok(job) => {
            // a defect of one job must not be the end of all sign-ins
            if panic::catch_unwind(AssertUnwindSafe(|| job(engine))).is_err() {
                tracing::error!("a job of the password threads panicked");
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

    /// Every turn that is free.
    fn all_turns(hasher: &Hasher) -> Vec<Turn> {
        std::iter::from_fn(|| hasher.queue.turn().now_or_never()?.ok()).collect()
    }

    fn password(text: &str) -> Password {
        normalise(text).unwrap()
    }

    /// A job that tells when it has begun, and ends when it is told to.
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
