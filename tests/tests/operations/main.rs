//! The procedures of `docs/operations.md`, done step by step as it says.
//!
//! Backups, break-glass and what replicas and clusters need for it stand beside what they are about, in `system` and
//! `faults`.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod client_secret;
#[cfg(test)]
mod database_password;
#[cfg(test)]
mod database_tls;
#[cfg(test)]
mod key_encryption_key;
#[cfg(test)]
mod redis_password;
#[cfg(test)]
mod sealing_key;
#[cfg(test)]
mod stopping;
#[cfg(test)]
mod support;
