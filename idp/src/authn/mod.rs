//! How a person proves who they are: passwords, one-time codes, recovery codes, and how often they may be tried.
//!
//! Nothing here knows HTTP or SQL. Time and randomness are passed in; what has to happen only once (a time step
//! accepted, a recovery code used, an attempt counted) is decided by the caller in one guarded statement.

mod argon;
mod cost;
pub mod hasher;
pub mod password;
pub mod queue;
pub mod recovery;
pub mod throttle;
pub mod totp;
