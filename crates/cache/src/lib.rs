//! What replicas share to be quick, and may lose at any time: Redis in front of the database, never instead of it.
//!
//! * [`CacheUrl`]: where the server is
//! * [`Cache`]: short-lived copies under one prefix, each of which can be ended for all replicas
//! * [`Limiter`]: how many requests somebody may make; in Redis, or in the database while there is none
//!
//! No answer of Redis is a fact. One that is late, missing or senseless means "ask the database".

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
