//! Real servers for tests: each has a free port and its own folder, and ends with the test program, however that ends.
//! And what tests of several crates compare.
//!
//! * [`Postgres`]: a PostgreSQL cluster
//! * [`Redis`]: a Redis server with the shipped users
//! * [`Smtp`]: a mail server
//! * [`in_flight`]: whether two releases go on with what the other has begun
//! * `kept`: a process that stops when the test program has ended
//! * `port`: ports of servers, also across a restart

#![expect(clippy::expect_used, clippy::panic, reason = "a test that can't have its server stops here")]

pub mod in_flight;
mod kept;
mod port;
mod postgres;
mod redis;
mod smtp;

pub use postgres::Postgres;
pub use redis::Redis;
pub use smtp::Smtp;
