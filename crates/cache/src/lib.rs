//! Redis in front of the database. Replicas share data in it for speed, and may lose that data at any time.
//!
//! * [`CacheUrl`]: the address of the server
//! * [`Cache`]: short-lived copies under one prefix, each of which can be ended for all replicas
//! * [`Limiter`]: rate limits; counted in Redis, or in the database while Redis is unreachable
//!
//! No answer of Redis is trusted as a fact. When an answer is late, missing or invalid, the database is asked.

mod address;
mod connection;
mod entries;
mod limiter;

pub use address::CacheUrl;
pub use connection::Away;
pub use entries::{Cache, LIFE_SECONDS, outlive_copies};
pub use limiter::{Limiter, Pace, full_buckets};

/// The address of a Redis server can't be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct AddressError(pub(crate) &'static str);
