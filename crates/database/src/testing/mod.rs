//! For tests: scratch databases, a counter of round trips, and the SQL statements in a crate's sources.
//!
//! A test runs on the database that `REALMKEEP_TEST_DATABASE` names: `sqlite` (also when it isn't set) or `postgres`.
//! The same tests run on both, one after the other.

pub(crate) mod round_trips;
mod scratch;
mod statements;

pub use round_trips::round_trips;
pub use scratch::{TestDatabases, scratch};
pub use statements::{Written, prepare, statements};
