//! The use cases, one per file. Each passes loaded values to the rules and stores what the rules decide, in one
//! transaction where more than one fact changes.
//!
//! For a person: [`authorize`] parses and judges a client's request and, when a person is needed, begins an
//! interaction. [`dispatch`] computes the next step from stored facts. The pages of a step call [`sign_in`],
//! [`register`], [`passkeys`], [`upstream`], [`second_factor`] or [`consent`], and each of these leads back to the dispatcher. The
//! dispatcher calls [`issue_code`] at the end.
//!
//! For a client: [`token`] authenticates it and claims the code or token that it presents. Every token is issued by
//! [`issue`].

pub mod account;
pub mod accounts;
pub mod activity;
pub mod apps;
pub mod authorize;
pub mod backup;
pub mod client_call;
pub mod clocks;
pub mod condition;
pub mod consent;
pub mod deletion;
pub mod dispatch;
pub mod end_all;
pub mod end_session;
pub mod enrol;
mod error;
pub mod events;
pub mod export;
pub mod factor_policy;
pub mod identity;
pub mod introspect;
pub mod issue;
pub mod issue_code;
pub mod issued;
pub mod language;
pub mod mail_links;
pub mod mailed;
pub mod new_account;
pub mod notices;
pub mod once;
pub mod outbox;
pub mod own_profile;
pub mod passkeys;
pub mod password;
pub mod password_advice;
pub mod profile;
pub mod refresh;
pub mod refusals;
pub mod register;
pub mod reseal;
pub mod restore;
pub mod revoke;
pub mod second_factor;
pub mod seed;
pub mod served;
pub mod sessions;
pub mod setup;
pub mod sign_in;
pub mod sign_out;
pub mod signing_keys;
pub mod standing;
pub mod throttle;
pub mod token;
pub mod trusted_browsers;
pub mod upstream;
pub mod userinfo;

pub use error::{Error, Result};
