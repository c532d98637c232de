//! The progress of a connection: whether it waits for its peer, or the peer waits for an answer.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use axum::body::Body;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::Instant,
};
use tokio_io_timeout::TimeoutStream;

use super::{
    admission::{Slot, Wait},
    framing::Framing,
};

/// The progress of a connection, shared by its stream and its service.
#[derive(Clone)]
pub(super) struct Progress(Arc<Mutex<State>>);

struct State {
    framing: Framing,
    /// Number of requests passed to the router, and of finished answers.
    asked: u64,
    answered: u64,
    slot: Slot,
    waits: Option<(Wait, Instant)>,
}

impl Progress {
    pub(super) fn new(slot: Slot) -> Self {
        let (framing, asked, answered) = (Framing::default(), 0, 0);
        let mut state = State { framing, asked, answered, slot, waits: None };
        state.settle();
        Self(Arc::new(Mutex::new(state)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn arrived(&self, bytes: &[u8]) {
        let mut state = self.state();
        state.framing.take(bytes);
        state.settle();
    }

    /// Notes that a request is passed to the router.
    pub(super) fn asked(&self) -> UnderWay {
        let mut state = self.state();
        state.asked += 1;
        let trusted = state.framing.vouches_for(state.asked);
        state.settle();
        UnderWay { progress: self.clone(), trusted }
    }

    /// Since when the connection waits for a request head; `None` if it doesn't.
    pub(super) fn head_since(&self) -> Option<Instant> {
        self.state().waits.and_then(|(what, since)| (what == Wait::Head).then_some(since))
    }

    pub(super) fn waits(&self) -> bool {
        self.state().waits.is_some()
    }
}

impl State {
    /// Updates the slot when the connection begins or stops waiting.
    fn settle(&mut self) {
        let busy = self.asked.max(self.framing.heads()) > self.answered;
        let begun = self.asked == 0 || self.framing.within_head();
        let wait = (!busy).then_some(if begun { Wait::Head } else { Wait::Idle });
        if wait == self.waits.map(|(before, _)| before) {
            return;
        }
        match wait {
            None => self.slot.is_busy(),
            Some(wait) => self.slot.waits_for(wait),
        }
        self.waits = wait.map(|wait| (wait, Instant::now()));
    }
}

/// A request from its head to the end of its answer.
pub(super) struct UnderWay {
    progress: Progress,
    /// Whether the end of the request is known.
    pub(super) trusted: bool,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut state = self.progress.state();
        state.answered += 1;
        state.settle();
    }
}

/// The body of an answer.
pub(super) struct AnswerBody {
    body: Body,
    _under_way: UnderWay,
}

impl AnswerBody {
    pub(super) fn new(body: Body, under_way: UnderWay) -> Self {
        Self { body, _under_way: under_way }
    }
}

impl HttpBody for AnswerBody {
    type Data = bytes::Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A stream that passes its incoming bytes to the framing.
pub(super) struct Watched {
    pub(super) inner: Pin<Box<TimeoutStream<TcpStream>>>,
    pub(super) progress: Progress,
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = self.inner.as_mut().poll_read(cx, buffer);
        if let Some(bytes) = buffer.filled().get(before..)
            && !bytes.is_empty()
        {
            self.progress.arrived(bytes);
        }
        outcome
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.inner.as_mut().poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.inner.as_mut().poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.inner.as_mut().poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.inner.as_mut().poll_shutdown(cx)
    }
}
