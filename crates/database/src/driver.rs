//! The driver of PostgreSQL panics at some answers that are none of PostgreSQL's. Something that speaks another protocol
//! must not bring down whoever asks it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

/// Waits for the driver, which panics at some nonsense instead of calling it a violation of the protocol.
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
