//! A listener, a router, limits.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use hyper_util::rt::TokioTimer;

use crate::shutdown::Shutdown;

/// The largest request head; browsers and proxies stay far below.
const MAX_HEAD_BYTES: usize = 32 * 1024;

/// How much a client may ask of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time for a request head to arrive completely; also how long an idle connection is kept.
    pub header_read: Duration,
    /// Time for a request body to arrive completely.
    pub body_read: Duration,
    /// Largest request body; a route may set another with `DefaultBodyLimit` (security.md M18).
    pub body_bytes: usize,
    /// How long requests under way may take after shutdown has begun.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_read: Duration::from_secs(10),
            body_read: Duration::from_secs(10),
            body_bytes: 64 * 1024,
            grace: Duration::from_secs(20),
        }
    }
}

/// Serves until `shutdown` fires, then lets requests under way finish within the grace period. Handlers find the
/// peer in `ConnectInfo<SocketAddr>`.
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
    let handle = axum_server::Handle::<SocketAddr>::new();
    let mut server = axum_server::from_tcp(listener)?.handle(handle.clone()).http1_only();
    let mut connection = server.http_builder().http1();
    connection.timer(TokioTimer::new()).header_read_timeout(limits.header_read).max_buf_size(MAX_HEAD_BYTES);

    let serving = server.serve(router.into_make_service_with_connect_info::<SocketAddr>());
    let stopping = async {
        shutdown.fired().await;
        handle.graceful_shutdown(Some(limits.grace));
        std::future::pending::<()>().await;
    };
    tokio::select! {
        outcome = serving => outcome,
        () = stopping => Ok(()),
    }
}
