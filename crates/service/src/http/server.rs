//! A listener, a router, limits.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::admission::{Admission, Place, Room};
use super::client_address::TrustedProxies;
use super::{client_address, connection};
use crate::descriptors;
use crate::shutdown::Shutdown;

const AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(20);
/// How often the log says that a listener has all the connections it may have.
const TELL_AGAIN: Duration = Duration::from_mins(1);

/// How much clients may ask of a listener and of each connection.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How many connections may be open at a time. When there are as many, one that only waits for its peer gives way to
    /// whoever comes; when there is none, whoever comes waits.
    pub connections: usize,
    /// How many of them one address, or IPv6 /64, may have.
    pub per_address: usize,
    /// How many of an address may not have sent a whole request yet.
    pub heads_per_address: usize,
    /// Whose connections stand for many people: they aren't counted by address.
    pub proxies: TrustedProxies,
    /// Time for a request head to arrive completely, the first from when the connection was opened.
    pub head_read: Duration,
    /// How long an idle connection is kept.
    pub idle: Duration,
    /// Time for a request body to arrive completely.
    pub body_read: Duration,
    /// Time for a peer to take some more of its answer.
    pub answer_stall: Duration,
    /// Largest request body; a route may set another with `DefaultBodyLimit` (M18).
    pub body_bytes: usize,
    /// How long requests under way may take after shutdown has begun.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let connections = descriptors::connections_of_a_listener();
        Self {
            connections,
            per_address: connections,
            heads_per_address: connections,
            proxies: TrustedProxies::default(),
            head_read: Duration::from_secs(5),
            idle: Duration::from_secs(75),
            body_read: Duration::from_secs(10),
            answer_stall: Duration::from_secs(10),
            body_bytes: 64 * 1024,
            grace: Duration::from_secs(20),
        }
    }
}

impl Limits {
    fn room(&self) -> Room {
        let (connections, per_address) = (self.connections, self.per_address);
        Room { connections, per_address, heads_per_address: self.heads_per_address }
    }

    /// By which address the connections of a peer are counted together, if they are.
    fn holder(&self, peer: SocketAddr) -> Option<std::net::IpAddr> {
        let address = peer.ip().to_canonical();
        (!self.proxies.trusts(address)).then(|| client_address::subscriber(address))
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
    let (admission, grace) = (Admission::new(limits.room()), limits.grace);
    let limits = Arc::new(limits);
    let mut connections = JoinSet::new();
    let mut full = Repeated::default();
    let mut greedy = Repeated::default();
    let enter = |peer: SocketAddr| admission.enter(limits.holder(peer));
    let open = |stream: TcpStream, peer: SocketAddr, place: Place| {
        connection::serve((stream, peer, place), (router.clone(), limits.clone(), shutdown.clone()))
    };
    loop {
        let has_room = admission.has_room();
        if !has_room && full.is_due() {
            tracing::warn!(limits.connections, "no more connections are accepted until one ends");
        }
        tokio::select! {
            accepted = listener.accept(), if has_room => match accepted {
                Ok((stream, peer)) => match enter(peer) {
                    Some(place) => drop(connections.spawn(open(stream, peer, place))),
                    None if greedy.is_due() => {
                        tracing::warn!(address = %peer.ip(), limits.per_address,
                            "connections are refused: the address has as many as it may have");
                    }
                    None => {}
                },
                // the peer has gone again, or there are no descriptors left: others may end meanwhile
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
                enter(peer).map(|place| connections.spawn(open(stream, peer, place)));
            }
            // it has gone again; the next one may wait
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => break,
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    // what is left then ends with the set
    let _ = tokio::time::timeout(grace, all).await;
    Ok(())
}

/// Something that is told once in a while, however often it happens.
#[derive(Default)]
struct Repeated(Option<Instant>);

impl Repeated {
    fn is_due(&mut self) -> bool {
        let due = self.0.is_none_or(|last| last.elapsed() > TELL_AGAIN);
        if due {
            self.0 = Some(Instant::now());
        }
        due
    }
}
