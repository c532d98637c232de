//! The PostgreSQL driver panics at some messages that are not of PostgreSQL's protocol. A server that speaks another
//! protocol must not crash the task that calls it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

/// Waits for a call of the driver, and turns a panic of the driver into a protocol error.
pub(crate) async fn guarded<T>(call: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    let mut call = pin!(call);
    std::future::poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(cx)));
        polled.unwrap_or_else(|_| {
            Poll::Ready(Err(sqlx::Error::Protocol("the driver can't make sense of what it was told".into())))
        })
    })
    .await
}
