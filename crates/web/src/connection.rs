//! One connection: passes its requests to the router and limits the time for each of them.

use std::{convert::Infallible, net::SocketAddr, pin::pin, sync::Arc, task::Poll, time::Duration};

use axum::{
    Router,
    extract::ConnectInfo,
    http::{HeaderValue, Request, Response, StatusCode, header},
    response::IntoResponse as _,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use runtime::shutdown::Shutdown;
use tokio::net::TcpStream;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use super::{
    admission::Slot,
    limits::Limits,
    progress::{AnswerBody, Progress, Watched},
    unread::RequestBody,
};

/// Size limit of a request head; browsers and proxies stay far below.
const MAX_HEAD_BYTES: usize = 32 * 1024;
/// How long a connection may wait for a last request after shutdown has begun.
const LAST_REQUEST: Duration = Duration::from_millis(500);

/// An accepted connection.
pub(super) struct Connection {
    pub stream: TcpStream,
    pub peer: SocketAddr,
    /// Its slot of the listener.
    pub slot: Slot,
}

/// The listener's settings for every connection.
pub(super) struct Served {
    pub router: Router,
    pub limits: Arc<Limits>,
    pub shutdown: Shutdown,
}

/// Serves one connection until either side closes it, a time limit passes, or its slot is given to another connection.
pub(super) async fn serve(connection: Connection, served: Served) {
    let Connection { stream, peer, slot } = connection;
    let Served { router, limits, shutdown } = served;
    let dismissed = slot.dismissed();
    let progress = Progress::new(slot);
    // a peer that doesn't read must not keep its connection for ever
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.answer_stall));
    let stream = Watched { inner: Box::pin(stream), progress: progress.clone() };
    let service = service(peer, router, progress.clone(), shutdown.clone());
    let mut served = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.idle)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service)
    );
    let idle_too_long = async {
        shutdown.fired().await;
        tokio::time::sleep(LAST_REQUEST).await;
    };
    let mut idle_too_long = pin!(idle_too_long);
    let mut dismissal = pin!(dismissed.notified());
    let mut head = pin!(tokio::time::sleep(limits.head_read));
    let mut last = false;
    // an error at the end only concerns the peer
    std::future::poll_fn(|cx| {
        if !last && idle_too_long.as_mut().poll(cx).is_ready() {
            last = true;
            served.as_mut().graceful_shutdown();
        }
        // polled before the time limits, so that a request that has arrived is still answered
        if served.as_mut().poll(cx).is_ready() {
            return Poll::Ready(());
        }
        if let Some(since) = progress.head_since() {
            let until = since + limits.head_read;
            if head.deadline() != until {
                head.as_mut().reset(until);
            }
            if head.as_mut().poll(cx).is_ready() {
                return Poll::Ready(());
            }
        }
        while dismissal.as_mut().poll(cx).is_ready() {
            if progress.waits() {
                return Poll::Ready(());
            }
            dismissal.set(dismissed.notified());
        }
        Poll::Pending
    })
    .await;
}

/// Passes each request to the router and updates the progress.
fn service(
    peer: SocketAddr,
    router: Router,
    progress: Progress,
    stopping: Shutdown,
) -> impl hyper::service::Service<
    Request<Incoming>,
    Response = Response<AnswerBody>,
    Error = Infallible,
    Future: Send,
> {
    service_fn(move |mut request: Request<Incoming>| {
        let under_way = progress.asked();
        request.extensions_mut().insert(ConnectInfo(peer));
        // the end of such a body isn't tracked, so bytes behind it must not be read as another request
        let last = request.headers().contains_key(header::TRANSFER_ENCODING);
        let (parts, body) = request.into_parts();
        let (body, was_read) = RequestBody::new(body);
        let request = Request::from_parts(parts, body);
        let (router, stopping) = (router.clone(), stopping.clone());
        async move {
            let mut answer = if under_way.trusted {
                router.oneshot(request).await?
            } else {
                tracing::debug!("a request with two lengths was refused");
                (StatusCode::BAD_REQUEST, "A request has one length.\n").into_response()
            };
            // of a body that nobody read a part is left: hyper closes the connection then
            if last || !was_read.is_complete() || !under_way.trusted || stopping.is_fired() {
                answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(answer.map(|body| AnswerBody::new(body, under_way)))
        }
    })
}
