//! Serves a router on a listener, within limits.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use axum::Router;
use runtime::shutdown::Shutdown;
use tokio::{net::TcpStream, task::JoinSet, time::Instant};

use super::{
    admission::{Admission, Capacity, Slot},
    client_address,
    connection::{self, Connection, Served},
    limits::Limits,
};

const AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(20);
/// Time between two warnings that a listener is full.
const WARN_AGAIN: Duration = Duration::from_mins(1);

impl Limits {
    fn room(&self) -> Capacity {
        let (connections, per_address) = (self.connections, self.per_address);
        Capacity { connections, per_address, heads_per_address: self.heads_per_address }
    }

    /// The address that the connections of a peer are counted under; `None` for trusted proxies.
    fn holder(&self, peer: SocketAddr) -> Option<std::net::IpAddr> {
        let address = peer.ip().to_canonical();
        (!self.proxies.trusts(address)).then(|| client_address::subscriber(address))
    }
}

/// Serves until `shutdown` fires, then lets running requests finish within the grace period. Handlers find the peer's
/// address in `ConnectInfo<SocketAddr>`.
///
/// Stopping drops no client: connections that wait to be accepted are answered as well, a new one may still send its
/// first request, and a kept-alive one may send one more, whose answer has `Connection: close`.
///
/// HTTP/1.1 only: the listener speaks plain text, where browsers and proxies use nothing else, and detecting the
/// version from the first bytes has no time-out.
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
    let (admission, grace) = (Admission::new(limits.room()), limits.grace);
    let limits = Arc::new(limits);
    let mut connections = JoinSet::new();
    let mut full = Repeated::default();
    let mut greedy = Repeated::default();
    let enter = |peer: SocketAddr| admission.enter(limits.holder(peer));
    let open = |stream: TcpStream, peer: SocketAddr, slot: Slot| {
        let served = Served { router: router.clone(), limits: limits.clone(), shutdown: shutdown.clone() };
        connection::serve(Connection { stream, peer, slot }, served)
    };
    loop {
        let has_room = admission.has_room();
        if !has_room && full.is_due() {
            tracing::warn!(limits.connections, "no more connections are accepted until one ends");
        }
        tokio::select! {
            accepted = listener.accept(), if has_room => match accepted {
                Ok((stream, peer)) => match enter(peer) {
                    Some(slot) => drop(connections.spawn(open(stream, peer, slot))),
                    None if greedy.is_due() => {
                        tracing::warn!(address = %peer.ip(), limits.per_address,
                            "connections are refused: the address has reached its limit");
                    }
                    None => {}
                },
                // the peer has disconnected already, or no file descriptors are left: wait for others to close
                Err(error) => {
                    tracing::debug!(%error, "a connection was not accepted");
                    tokio::time::sleep(AFTER_FAILED_ACCEPT).await;
                }
            },
            Some(_) = connections.join_next() => {}
            () = admission.changed() => {}
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
            Ok((stream, peer)) => {
                enter(peer).map(|slot| connections.spawn(open(stream, peer, slot)));
            }
            // the peer has disconnected already; the next connection may be waiting
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => break,
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    // the connections that are left are closed with the set
    let _ = tokio::time::timeout(grace, all).await;
    Ok(())
}

/// Limits how often a repeated warning is logged.
#[derive(Default)]
struct Repeated(Option<Instant>);

impl Repeated {
    fn is_due(&mut self) -> bool {
        let due = self.0.is_none_or(|last| last.elapsed() > WARN_AGAIN);
        if due {
            self.0 = Some(Instant::now());
        }
        due
    }
}
