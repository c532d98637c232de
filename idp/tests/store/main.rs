//! The contract of the store, function by function, on fresh databases: what each does, what it refuses, and, where
//! something may happen once only, that of many at once exactly one gets it.
//!
//! Every test takes its databases from [`harness::stores`]; what it asserts holds on each of them.

#![cfg(test)]

mod addresses;
mod apps;
mod attempts;
mod audit;
mod consents;
mod credentials;
mod factors;
mod form_outcomes;
mod grants;
mod grants_refresh;
mod grants_revoke;
mod harness;
mod identities;
mod keys;
mod mailed_links;
mod migrations;
mod not_before;
mod outbox;
mod passkey_prompts;
mod passkeys;
mod pending;
mod reaper;
mod rotation;
mod sessions;
mod sessions_rotate;
mod setup_links;
mod statements;
mod trusted_browsers;
mod users;
mod whole;
