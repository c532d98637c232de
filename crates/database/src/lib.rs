//! One SQL text on two databases.
//!
//! A statement is written once, with `$n` placeholders, in the subset that SQLite and PostgreSQL share: TEXT and
//! BIGINT columns only, times as Unix seconds, flags as nullable times, JSON as TEXT. Call sites are one line of SQL,
//! their binds and the wanted row type:
//!
//! ```ignore
//! let user: Option<User> = sql("SELECT * FROM users WHERE id = $1").bind(id).opt(&db).await?;
//! ```
//!
//! * `address`: the address of a database
//! * `connect`: how it is opened and how durable a commit is
//! * `sqlite`: a database that is a file
//! * `budget`, `time_limit`, `stale`: how long a request and a call wait for a server, and which of its connections are
//!   replaced
//! * `pooler`: poolers in front of a server; `driver`: peers that speak another protocol
//! * `again`: retries for transactions that collided
//! * `statement`: a statement with its values, run on a database or inside a transaction
//! * `sweep`: removing expired rows, any number of them
//! * `migrate`: bringing a schema up and down
//! * `rows`: tables and rows of any shape; `archive`: a file to copy them into
//! * `opening`: the message when a program can't use a database at its start
//! * `error`: the errors, as far as callers have to distinguish them

mod address;
mod again;
mod archive;
mod budget;
mod clock;
mod connect;
mod driver;
mod error;
mod migrate;
mod opening;
mod pooler;
mod record;
mod rows;
mod sqlite;
mod stale;
mod statement;
mod sweep;
#[cfg(feature = "testing")]
pub mod testing;
mod time_limit;

pub use address::DatabaseUrl;
pub use again::{Collision, Tries};
pub use budget::{on_the_same_budget, with_one_budget};
pub use connect::{Db, Durability, Server, Tx};
pub use error::{Error, Result};
pub use migrate::{Migration, MigrationStatus};
pub use opening::Opening;
pub use rows::{Column, Kind, Row, Table};
pub use sqlite::{OpenFile, check_not_lost, remove_companions};
pub use stale::StaleConnections;
pub use statement::{Both, On, Record, Sql, Val, sql};
pub use sweep::Sweep;
pub use time_limit::TimeLimit;

/// Counts one round trip to the database, in tests.
#[inline]
pub(crate) fn round_trip() {
    #[cfg(feature = "testing")]
    testing::round_trips::count();
}

#[doc(hidden)]
pub use sqlx;
