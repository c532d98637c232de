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
//! * `address`: where a database is
//! * `connect`: how it is opened and how durable a commit is
//! * `sqlite`: a database that is a file
//! * `budget`, `time_limit`, `stale`: how long a request and a call wait for a server, and which of its connections are
//!   replaced; `pooler`, `driver`: what may stand in front of it, and what may answer in its place
//! * `again`: work that collided is done again
//! * `statement`: a statement with its values, run on a database or inside a transaction
//! * `sweep`: what has expired is removed, however much it became
//! * `migrate`: bringing a schema up and down
//! * `rows`: tables and rows of any shape; `archive`: a file to copy them into
//! * `opening`: what is said when a program can't begin with a database
//! * `error`: what can go wrong, as callers have to tell it apart

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

/// Somebody waits for the database.
#[inline]
pub(crate) fn round_trip() {
    #[cfg(feature = "testing")]
    testing::round_trips::count();
}

#[doc(hidden)]
pub use sqlx;
