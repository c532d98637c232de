//! The body of a request, and whether it was read to its end. A connection on which a part of it is left can't carry
//! another request: the answer has to say so (RFC 9112 section 9.6).

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::body::HttpBody;
use hyper::body::{Frame, Incoming, SizeHint};

/// The body as it is passed to the router.
pub(super) struct RequestBody {
    body: Incoming,
    read: Arc<AtomicBool>,
}

impl RequestBody {
    /// The body, and what says later whether it was read to its end.
    pub(super) fn new(body: Incoming) -> (Self, WasRead) {
        let read = Arc::new(AtomicBool::new(body.is_end_stream()));
        (Self { body, read: read.clone() }, WasRead(read))
    }
}

impl HttpBody for RequestBody {
    type Data = bytes::Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        if matches!(polled, Poll::Ready(None)) || self.body.is_end_stream() {
            self.read.store(true, Ordering::Relaxed);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Whether a body was read to its end.
pub(super) struct WasRead(Arc<AtomicBool>);

impl WasRead {
    /// Whether nothing of it is left on the connection.
    pub(super) fn is_complete(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
