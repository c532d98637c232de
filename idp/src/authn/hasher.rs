//! Password hashing behind a bounded queue, so that a storm of sign-ins costs a fixed amount of memory and
//! never the runtime's threads.

use std::fmt;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use flume::{Receiver, RecvTimeoutError, Sender};
use rustix::process::setpriority_process;
use secrecy::SecretSlice;
use tokio::sync::oneshot;

use super::argon::Engine;
use super::password::Password;
use super::places::{Busy, Place, Places};

/// Argon2id cost. What a stored hash was made with stands in its PHC string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashParams {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub iterations: u32,
    /// Lanes; they are computed one after another.
    pub parallelism: u32,
}

impl HashParams {
    /// The least a realm may be configured with (W6).
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, iterations: 2, parallelism: 1 };
    /// What the realms shipped with the product use (W6).
    pub const RECOMMENDED: Self = Self { memory_kib: 64 * 1024, iterations: 3, parallelism: 1 };
}

/// What a realm mixes into its password hashes.
pub struct Peppers {
    /// Into every new one.
    pub current: SecretSlice<u8>,
    /// Into older ones, while the pepper rotates.
    pub previous: Option<SecretSlice<u8>>,
}

impl From<Vec<u8>> for Peppers {
    fn from(current: Vec<u8>) -> Self {
        Self { current: current.into(), previous: None }
    }
}

impl fmt::Debug for Peppers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Peppers([redacted])")
    }
}

/// The answer to "is this the password?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Yes. `rehash`: the stored hash was made with other parameters or the previous pepper, so replace it.
    Match {
        /// Whether the stored hash should be replaced by a new one.
        rehash: bool,
    },
    /// No: another password, an unknown user, or a stored hash nobody can read.
    Mismatch,
}

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

/// The workers' niceness. They keep a processor busy for a tenth of a second at a time, which whoever signs in waits for
/// anyway; everybody else waits for a millisecond. Alone on a processor they are no slower by it.
const NICENESS: i32 = 10;
/// How long a worker keeps its memory for the next job. Taking it anew costs a tenth of a hash, or half of one where there
/// are no huge pages, and a server to which nobody signs in has better uses for it.
const KEEP: Duration = Duration::from_secs(10);

/// A fixed set of hashing threads of one realm, each with memory of its own. The threads end with this value.
pub struct Hasher {
    params: HashParams,
    jobs: Sender<Job>,
    /// Who may wait for them: there is never a job without a place.
    pub places: Places,
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").field("params", &self.params).finish_non_exhaustive()
    }
}

impl Hasher {
    /// Starts `workers` threads (at least one), each taking `params.memory_kib` for a job and giving it back when no other
    /// one comes for a while. `queue` more may wait.
    pub fn new(
        params: HashParams,
        peppers: Peppers,
        workers: usize,
        queue: usize,
    ) -> Result<Self, StartError> {
        let workers = workers.max(1);
        let (jobs, waiting) = flume::bounded(workers.saturating_add(queue));
        let peppers = Arc::new(peppers);
        for number in 0..workers {
            let mut engine = Engine::new(params, Arc::clone(&peppers)).map_err(StartError::Params)?;
            let waiting = waiting.clone();
            let work = move || {
                give_way();
                while turn(&mut engine, &waiting, KEEP).is_continue() {}
            };
            thread::Builder::new().name(format!("argon2-{number}")).spawn(work)?;
        }
        Ok(Self { params, jobs, places: Places::new(workers, queue) })
    }

    /// A PHC string to store. `salt` must be fresh random bytes.
    pub async fn hash(&self, place: Place, password: Password, salt: [u8; 16]) -> Result<String, Busy> {
        self.submit(place, move |engine| engine.hash(&password, salt)).await
    }

    /// Compares with the stored PHC string. `None` (no such user) and an unreadable string cost as much and
    /// answer [`Check::Mismatch`] (W6, W7).
    pub async fn verify(
        &self,
        place: Place,
        password: Password,
        stored: Option<String>,
    ) -> Result<Check, Busy> {
        self.submit(place, move |engine| engine.verify(&password, stored.as_deref())).await
    }

    async fn submit<T, F>(&self, place: Place, job: F) -> Result<T, Busy>
    where
        T: Send + 'static,
        F: FnOnce(&mut Engine) -> argon2::Result<T> + Send + 'static,
    {
        place.after_rush().await;
        let (reply, answer) = oneshot::channel();
        let job = Box::new(move |engine: &mut Engine| {
            // Whoever hung up while waiting costs nothing.
            let done = (!reply.is_closed()).then(|| job(engine));
            drop(place);
            if let Some(done) = done {
                let _ = reply.send(done);
            }
        });
        self.jobs.try_send(job).map_err(|_| Busy)?;
        let outcome = answer.await.map_err(|_| Busy)?;
        outcome.map_err(|error| {
            tracing::error!(%error, "argon2 failed");
            Busy
        })
    }
}

/// Lets this thread have what the others leave of a busy processor.
fn give_way() {
    // on Linux this is of the calling thread alone
    if let Err(error) = setpriority_process(None, NICENESS) {
        tracing::info!(%error, "passwords are checked at the same priority as everything else");
    }
}

/// One turn of a worker: a job, or a rest when none came for as long as it keeps its memory. It ends with the hasher.
fn turn(engine: &mut Engine, waiting: &Receiver<Job>, keep: Duration) -> ControlFlow<()> {
    let next = if engine.rests() {
        waiting.recv().map_err(RecvTimeoutError::from)
    } else {
        waiting.recv_timeout(keep)
    };
    match next {
        Ok(job) => {
            // a defect of one job must not be the end of all sign-ins
            if panic::catch_unwind(AssertUnwindSafe(|| job(engine))).is_err() {
                tracing::error!("hashing a password panicked");
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
    use tokio::time::advance;

    use super::*;
    use crate::authn::password::normalise;

    const CHEAP: HashParams = HashParams { memory_kib: 64, iterations: 1, parallelism: 1 };

    fn hasher(workers: usize, queue: usize) -> Arc<Hasher> {
        Arc::new(Hasher::new(CHEAP, Peppers::from(b"pepper".to_vec()), workers, queue).unwrap())
    }

    async fn verify(hasher: &Hasher, password: Password, stored: Option<String>) -> Result<Check, Busy> {
        hasher.verify(hasher.places.take()?, password, stored).await
    }

    fn password(text: &str) -> Password {
        normalise(text).unwrap()
    }

    /// A job that tells when it has begun, and ends when it is told to.
    fn held_up()
    -> (impl FnOnce(&mut Engine) -> argon2::Result<()> + Send + 'static, mpsc::Receiver<()>, mpsc::Sender<()>)
    {
        let (started, running) = mpsc::channel();
        let (release, gate) = mpsc::channel();
        let job = move |_: &mut Engine| {
            started.send(()).unwrap();
            gate.recv().unwrap();
            Ok(())
        };
        (job, running, release)
    }

    #[tokio::test]
    async fn w6_hash_and_verify_go_through_the_queue() {
        let hasher = hasher(2, 4);
        let phc =
            hasher.hash(hasher.places.take().unwrap(), password("correct horse"), [7; 16]).await.unwrap();
        let right = verify(&hasher, password("correct horse"), Some(phc.clone())).await;
        assert_eq!(right, Ok(Check::Match { rehash: false }));
        assert_eq!(verify(&hasher, password("wrong horse"), Some(phc)).await, Ok(Check::Mismatch));
        assert_eq!(verify(&hasher, password("correct horse"), None).await, Ok(Check::Mismatch));
    }

    #[tokio::test]
    async fn w7_a_full_queue_answers_busy_at_once() {
        let hasher = hasher(1, 1);
        let (job, running, release) = held_up();
        let blocked = tokio::spawn({
            let hasher = Arc::clone(&hasher);
            async move { hasher.submit(hasher.places.take()?, job).await }
        });
        tokio::task::spawn_blocking(move || running.recv().unwrap()).await.unwrap();
        let queued = tokio::spawn({
            let hasher = Arc::clone(&hasher);
            async move { verify(&hasher, password("correct horse"), None).await }
        });
        tokio::task::yield_now().await;
        assert_eq!(verify(&hasher, password("correct horse"), None).await, Err(Busy));
        release.send(()).unwrap();
        assert_eq!(blocked.await.unwrap(), Ok(()));
        assert_eq!(queued.await.unwrap(), Ok(Check::Mismatch), "what was queued is still answered");
    }

    #[tokio::test]
    async fn w7_whoever_has_a_place_is_not_turned_away() {
        let hasher = hasher(1, 0);
        let place = hasher.places.take().unwrap();
        assert!(hasher.places.take().is_err());
        assert_eq!(verify(&hasher, password("correct horse"), None).await, Err(Busy));
        assert_eq!(hasher.verify(place, password("correct horse"), None).await, Ok(Check::Mismatch));
        assert!(hasher.places.take().is_ok(), "a place is free again afterwards");
    }

    #[tokio::test]
    async fn w7_whoever_hangs_up_keeps_the_place_until_the_job_is_through() {
        let hasher = hasher(1, 1);
        let (job, running, release) = held_up();
        let at_work = tokio::spawn({
            let hasher = Arc::clone(&hasher);
            async move { hasher.submit(hasher.places.take()?, job).await }
        });
        tokio::task::spawn_blocking(move || running.recv().unwrap()).await.unwrap();
        let gone = tokio::spawn({
            let hasher = Arc::clone(&hasher);
            async move { verify(&hasher, password("correct horse"), None).await }
        });
        tokio::task::yield_now().await;
        gone.abort();
        assert!(gone.await.is_err());
        assert!(hasher.places.take().is_err(), "there is never one job more than there are places");
        release.send(()).unwrap();
        at_work.await.unwrap().unwrap();
        while hasher.places.take().is_err() {
            tokio::task::yield_now().await;
        }
        assert_eq!(verify(&hasher, password("correct horse"), None).await, Ok(Check::Mismatch));
    }

    #[tokio::test(start_paused = true)]
    async fn no_password_is_checked_while_people_are_turned_away() {
        let hasher = hasher(1, 1);
        let (job, running, release) = held_up();
        hasher.jobs.send(Box::new(|engine| job(engine).unwrap())).unwrap();
        running.recv().unwrap();
        hasher.places.turn_away(|| ()).await;
        let mut check = Box::pin(verify(&hasher, password("correct horse"), None));
        assert!(check.as_mut().now_or_never().is_none());
        assert!(hasher.jobs.is_empty(), "it waits for the end of the rush");
        advance(Duration::from_secs(1)).await;
        assert!(check.as_mut().now_or_never().is_none());
        assert_eq!(hasher.jobs.len(), 1, "it waits for the worker");
        release.send(()).unwrap();
        assert_eq!(check.await, Ok(Check::Mismatch));
    }

    #[tokio::test]
    async fn w7_a_job_that_panics_is_not_the_end_of_all_sign_ins() {
        let hasher = hasher(1, 0);
        let place = hasher.places.take().unwrap();
        let broken = hasher.submit(place, |_| -> argon2::Result<()> { panic!("a defect") });
        assert_eq!(broken.await, Err(Busy));
        while hasher.places.take().is_err() {
            tokio::task::yield_now().await;
        }
        assert_eq!(verify(&hasher, password("correct horse"), None).await, Ok(Check::Mismatch));
    }

    #[test]
    fn w6_unusable_parameters_are_refused_at_the_start() {
        for params in [
            HashParams { memory_kib: 1, ..CHEAP },
            HashParams { iterations: 0, ..CHEAP },
            HashParams { parallelism: 0, ..CHEAP },
        ] {
            let built = Hasher::new(params, Peppers::from(vec![1]), 1, 1);
            assert!(matches!(built, Err(StartError::Params(_))), "{params:?}");
        }
    }

    #[test]
    fn a_worker_gives_its_memory_back_when_nobody_comes_and_takes_it_again() {
        let (jobs, waiting) = flume::bounded::<Job>(2);
        let mut engine = Engine::new(CHEAP, Arc::new(Peppers::from(vec![1]))).unwrap();
        let phc = engine.hash(&password("correct horse"), [7; 16]).unwrap();
        let mut turn = || turn(&mut engine, &waiting, Duration::ZERO);
        let (tell, told) = mpsc::channel();
        let ask = |tell: &mpsc::Sender<_>| {
            let tell = tell.clone();
            jobs.send(Box::new(move |engine: &mut Engine| tell.send(engine.rests()).unwrap())).unwrap();
        };

        ask(&tell);
        assert_eq!(turn(), ControlFlow::Continue(()));
        assert!(!told.recv().unwrap(), "a job that waits comes first");
        assert_eq!(turn(), ControlFlow::Continue(()), "a rest");
        ask(&tell);
        assert_eq!(turn(), ControlFlow::Continue(()));
        assert!(told.recv().unwrap(), "it is given back");

        let (reply, answer) = mpsc::channel();
        let verify = move |engine: &mut Engine| {
            reply.send(engine.verify(&password("correct horse"), Some(&phc))).unwrap();
        };
        jobs.send(Box::new(verify)).unwrap();
        assert_eq!(turn(), ControlFlow::Continue(()));
        assert_eq!(answer.recv().unwrap(), Ok(Check::Match { rehash: false }));
    }

    #[test]
    fn w6_a_worker_ends_with_the_hasher_whether_it_rests_or_not() {
        let (jobs, waiting) = flume::bounded::<Job>(1);
        let mut engine = Engine::new(CHEAP, Arc::new(Peppers::from(vec![1]))).unwrap();
        drop(jobs);
        assert_eq!(turn(&mut engine, &waiting, KEEP), ControlFlow::Break(()));
        engine.hash(&password("correct horse"), [7; 16]).unwrap();
        assert_eq!(turn(&mut engine, &waiting, KEEP), ControlFlow::Break(()));
    }
}
