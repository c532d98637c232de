//! How a person authenticates: passwords, one-time codes, recovery codes, and how often each may be tried.
//!
//! This module knows nothing of HTTP and SQL. Time and randomness are passed in. What may happen only once (accept a
//! time step, use a recovery code, count an attempt) is decided by the caller in one guarded statement.

mod argon;
mod common;
mod cost;
pub mod hasher;
pub mod imported;
pub mod passkey;
pub mod password;
pub mod queue;
pub mod recovery;
pub mod throttle;
pub mod totp;
