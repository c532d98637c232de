//! What the tables of a realm file hold, read and checked.

use std::time::Duration;

use cache::Pace;

use crate::authn::{hasher::HashParams, password::PasswordPolicy};

/// Scopes that OpenID Connect defines. A realm offers those that its accounts have claims of; the scopes for roles come
/// with the first `[roles.…]`.
pub const STANDARD_SCOPES: &str = "openid profile email address phone offline_access";

/// A session's lifetimes.
#[derive(Debug, Clone)]
pub struct SessionConfig {
    /// Begins the realm's cookie names.
    pub prefix: String,
    /// Seconds without use.
    pub idle: i64,
    /// Seconds after the sign-in.
    pub absolute: i64,
    /// How many one person may have at a time.
    pub per_person: i64,
}

/// How passwords are judged and hashed.
#[derive(Debug, Clone)]
pub struct PasswordConfig {
    /// What may be a password.
    pub policy: PasswordPolicy,
    /// Argon2id's parameters.
    pub params: HashParams,
    /// How many are checked at the same time at most; never on the last processor.
    pub workers: usize,
    /// How many requests may wait for that.
    pub queue: usize,
    /// How long each of them waits at most.
    pub wait: Duration,
}

/// Lifetimes in seconds.
#[derive(Debug, Clone)]
pub struct TokenConfig {
    /// Authorization codes.
    pub code: i64,
    /// Access tokens.
    pub access: i64,
    /// ID tokens.
    pub id: i64,
    /// A refresh token that is not used.
    pub refresh_idle: i64,
    /// The whole family of a refresh token.
    pub refresh_absolute: i64,
    /// How long the previous refresh token is answered with the current one.
    pub refresh_grace: i64,
}

/// Signing keys.
#[derive(Debug, Clone, Copy)]
pub struct KeyConfig {
    /// How long a key signs, seconds.
    pub rotate_after: i64,
    /// How long a key is published before it signs, seconds.
    pub publish_ahead: i64,
    /// The size of new RSA keys.
    pub rsa_bits: u32,
}

/// How many requests are answered. What fails too often is slowed down besides, by its own rules.
#[derive(Debug, Clone, Copy)]
pub struct RequestConfig {
    /// People's pages, per address.
    pub pages: Option<Pace>,
    /// Clients' endpoints, per address.
    pub endpoints: Option<Pace>,
    /// How many half-finished sign-ins are kept of one address.
    pub pending: i64,
}

/// Self-registration.
#[derive(Debug, Clone)]
pub struct RegistrationConfig {
    /// Whether people make their own accounts.
    pub open: bool,
    /// The role they start with.
    pub role: String,
    /// The claims they are asked for.
    pub fields: Vec<AskedClaim>,
}

/// A claim that people are asked for who make an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedClaim {
    /// Its name.
    pub claim: &'static str,
    /// Whether there is no account without it.
    pub required: bool,
}

/// A scope beyond OpenID Connect's own.
#[derive(Debug, Clone)]
pub struct ScopeConfig {
    /// For the consent page.
    pub description: String,
    /// The audience of tokens that carry it.
    pub resource: String,
    /// Whether the resource gets tokens of the type `JWT`, because it can't take `at+jwt`.
    pub plain: bool,
}
