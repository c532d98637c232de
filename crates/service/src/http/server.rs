//! A listener, a router, limits.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use crate::descriptors;
use crate::shutdown::Shutdown;

/// The largest request head; browsers and proxies stay far below.
const MAX_HEAD_BYTES: usize = 32 * 1024;
/// After shutdown has begun, how long a connection may wait for a last request.
const LAST_REQUEST: Duration = Duration::from_millis(500);
const AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(20);
/// How often the log says that a listener has all the connections it may have.
const TELL_AGAIN: Duration = Duration::from_mins(1);

/// How much clients may ask of a listener and of each connection.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many connections may be open at a time; whoever comes then waits until one ends.
    pub connections: usize,
    /// Time for a request head to arrive completely; also how long an idle connection is kept.
    pub header_read: Duration,
    /// Time for a request body to arrive completely.
    pub body_read: Duration,
    /// Time for a peer to take some more of its answer.
    pub answer_stall: Duration,
    /// Largest request body; a route may set another with `DefaultBodyLimit` (security.md M18).
    pub body_bytes: usize,
    /// How long requests under way may take after shutdown has begun.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: descriptors::connections_of_a_listener(),
            header_read: Duration::from_secs(10),
            body_read: Duration::from_secs(10),
            answer_stall: Duration::from_secs(10),
            body_bytes: 64 * 1024,
            grace: Duration::from_secs(20),
        }
    }
}

/// Serves until `shutdown` fires, then lets requests under way finish within the grace period. Handlers find the
/// peer in `ConnectInfo<SocketAddr>`.
///
/// Stopping cuts nobody off who was let in: connections that wait to be accepted are answered as well, a new one may
/// still send its first request, and one that is kept alive may send one more, whose answer says that it is the last.
///
/// HTTP/1.1 only: the listener speaks plain text, where browsers and proxies use nothing else, and waiting for the
/// first bytes to tell the versions apart has no time-out.
///
/// # Errors
/// When the listener can't be used.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    shutdown: Shutdown,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let mut connections = JoinSet::new();
    let mut told: Option<Instant> = None;
    let open = |(stream, peer)| connection(stream, peer, (router.clone(), limits, shutdown.clone()));
    loop {
        tokio::select! {
            accepted = listener.accept(), if connections.len() < limits.connections => match accepted {
                Ok(accepted) => {
                    connections.spawn(open(accepted));
                    let full = connections.len() == limits.connections;
                    if full && told.is_none_or(|last| last.elapsed() > TELL_AGAIN) {
                        tracing::warn!(limits.connections, "no more connections are accepted until one ends");
                        told = Some(Instant::now());
                    }
                }
                // the peer has gone again, or there are no descriptors left: others may end meanwhile
                Err(error) => {
                    tracing::debug!(%error, "a connection was not accepted");
                    tokio::time::sleep(AFTER_FAILED_ACCEPT).await;
                }
            },
            Some(_) = connections.join_next() => {}
            () = shutdown.fired() => break,
        }
    }
    let listener = listener.into_std()?;
    loop {
        let accepted = listener.accept().and_then(|(stream, peer)| {
            stream.set_nonblocking(true)?;
            Ok((TcpStream::from_std(stream)?, peer))
        });
        match accepted {
            Ok(accepted) => drop(connections.spawn(open(accepted))),
            // it has gone again; the next one may wait
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => break,
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    // what is left then ends with the set
    let _ = tokio::time::timeout(limits.grace, all).await;
    Ok(())
}

/// Answers on one connection until either side closes it.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    (router, limits, shutdown): (Router, Limits, Shutdown),
) {
    let stopping = shutdown.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let (router, stopping) = (router.clone(), stopping.clone());
        async move {
            let mut answer = router.oneshot(request).await?;
            if stopping.is_fired() {
                answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(answer)
        }
    });
    // a peer that doesn't read must not keep its connection for ever
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.answer_stall));
    let mut served = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.header_read)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(TokioIo::new(Box::pin(stream)), service)
    );
    let idle_too_long = async {
        shutdown.fired().await;
        tokio::time::sleep(LAST_REQUEST).await;
    };
    tokio::select! {
        _ = served.as_mut() => return,
        () = idle_too_long => served.as_mut().graceful_shutdown(),
    }
    // how a connection ended is its peer's business
    let _ = served.await;
}
