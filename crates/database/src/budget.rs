//! How long one request waits for databases, in all its calls together. With a limit for each call, a request that
//! retries or renders an error page would wait several times.

use std::{
    io,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::time::{Instant, timeout};

/// The longest wait of a request, and of a call outside of a request. It is longer than
/// [`AT_THE_SERVER`](crate::time_limit::AT_THE_SERVER), so that a working server reports its time-out itself.
pub(crate) const OF_A_REQUEST: Duration = Duration::from_secs(6);

/// How long a caller waits for a connection before the answer is "unavailable".
pub(crate) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// A call that timed out sooner proves nothing about its connection.
const A_SIGN_OF_LIFE: Duration = Duration::from_secs(1);

tokio::task_local! {
    /// The milliseconds that the request may still wait.
    static LEFT: Arc<AtomicU64>;
}

/// Runs a request: its calls to databases wait for six seconds at most, all of them together. After that each call
/// fails with [`Unavailable`](crate::Error::Unavailable) at once. Time spent on other work doesn't count.
pub async fn with_one_budget<F: Future>(request: F) -> F::Output {
    LEFT.scope(Arc::new(AtomicU64::new(millis(OF_A_REQUEST))), request).await
}

/// Lets work in a separate task use the budget of the current request.
pub fn on_the_same_budget<F: Future>(work: F) -> impl Future<Output = F::Output> {
    let left = LEFT.try_with(Arc::clone).ok();
    async move {
        match left {
            Some(left) => LEFT.scope(left, work).await,
            None => work.await,
        }
    }
}

/// Waits for a call for `limit` or what is left of the request's budget, whichever is shorter. When a call that had at
/// least a second times out, its connection counts as broken: `gave_up` is called before the call is dropped, because
/// the pool would otherwise wait for that connection.
pub(crate) async fn wait<T>(
    limit: Option<Duration>,
    call: impl Future<Output = sqlx::Result<T>>,
    gave_up: impl FnOnce(),
) -> sqlx::Result<T> {
    let budget = LEFT.try_with(Arc::clone).ok();
    let left = budget.as_ref().map(|left| Duration::from_millis(left.load(Relaxed)));
    let limit = match (limit, left) {
        (Some(limit), Some(left)) => Some(limit.min(left)),
        (one, other) => one.or(other),
    };
    let mut call = pin!(call);
    let Some(limit) = limit else { return call.await };
    if limit.is_zero() {
        return Err(late());
    }
    let began = Instant::now();
    let answer = timeout(limit, call.as_mut()).await.unwrap_or_else(|_| {
        if limit >= A_SIGN_OF_LIFE {
            gave_up();
        }
        Err(late())
    });
    if let Some(left) = budget {
        let spent = millis(began.elapsed());
        let _ = left.fetch_update(Relaxed, Relaxed, |left| Some(left.saturating_sub(spent)));
    }
    answer
}

fn late() -> sqlx::Error {
    sqlx::Error::Io(io::ErrorKind::TimedOut.into())
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn takes(time: Duration) -> sqlx::Result<()> {
        tokio::time::sleep(time).await;
        Ok(())
    }

    async fn call(seconds: u64) -> bool {
        wait(Some(OF_A_REQUEST), takes(Duration::from_secs(seconds)), || ()).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn e2_the_calls_of_a_request_wait_once_together() {
        let began = Instant::now();
        with_one_budget(async {
            assert!(call(2).await && call(2).await);
            // time spent on other work does not count
            tokio::time::sleep(Duration::from_mins(1)).await;
            assert!(!call(3).await, "only two seconds were left");
            assert!(!call(1).await, "and now none");
        })
        .await;
        assert_eq!(began.elapsed().as_secs(), 60 + OF_A_REQUEST.as_secs());
        assert!(call(5).await, "the next one has a budget of its own");
    }

    #[tokio::test(start_paused = true)]
    async fn e2_a_task_of_a_request_waits_on_the_same_budget() {
        with_one_budget(async {
            let task = tokio::spawn(on_the_same_budget(call(4)));
            assert!(task.await.unwrap());
            assert!(!call(3).await);
        })
        .await;
    }

    #[tokio::test(start_paused = true)]
    async fn work_outside_of_a_request_and_without_a_limit_takes_as_long_as_it_takes() {
        assert!(wait(None, takes(Duration::from_hours(1)), || ()).await.is_ok());
    }
}
