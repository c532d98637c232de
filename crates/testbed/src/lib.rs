//! Real servers for tests: each on a free port, in a folder of its own, and gone with the test program however it ends.
//!
//! * [`Postgres`]: a PostgreSQL cluster
//! * [`Redis`]: a Redis server with the shipped users
//! * `kept`: a process that stops when its keeper is gone
//! * [`html`]: what pages of servers are read with

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't have its server stops here")]

pub mod html;
mod kept;
mod postgres;
mod redis;

pub use postgres::Postgres;
pub use redis::Redis;

/// A port that nothing listens on now.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("the port of a listener").port()
}
