//! Real servers for tests: each on a free port, in a folder of its own, and gone with the test program however it ends.
//!
//! * [`Postgres`]: a PostgreSQL cluster
//! * [`Redis`]: a Redis server with the shipped users
//! * `kept`: a process that stops when its keeper is gone
//! * `port`: where it listens, also after a restart

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't have its server stops here")]

mod kept;
mod port;
mod postgres;
mod redis;

pub use postgres::Postgres;
pub use redis::Redis;
