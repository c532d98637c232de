//! The values of the tables of a realm file, read and checked.

use std::time::Duration;

use cache::Pace;

use crate::authn::{hasher::HashParams, password::PasswordPolicy};

/// The scopes that OpenID Connect defines. A realm offers those that its accounts have claims for. The scopes for roles
/// are offered with the first `[roles.…]`.
pub const STANDARD_SCOPES: &str = "openid profile email address phone offline_access";

/// Sessions.
#[derive(Debug, Clone)]
pub struct SessionConfig {
    /// The part of the realm's cookie names that differs between realms.
    pub prefix: String,
    /// How long a session lives without use, in seconds.
    pub idle: i64,
    /// How long a session lives after the sign-in, in seconds.
    pub absolute: i64,
    /// How many sessions one person may have at a time.
    pub per_person: i64,
    /// How many accounts may be signed in to in one browser at a time.
    pub accounts_per_browser: usize,
}

/// How passwords are judged and hashed.
#[derive(Debug, Clone)]
pub struct PasswordConfig {
    /// The rules for new passwords.
    pub policy: PasswordPolicy,
    /// Argon2id's parameters.
    pub params: HashParams,
    /// How many passwords are checked at the same time at most. One processor is always left free.
    pub workers: usize,
    /// How many requests may wait for a check.
    pub queue: usize,
    /// How long a request waits for a check at most.
    pub wait: Duration,
}

/// The lifetimes of codes and tokens, in seconds.
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
    /// A refresh token and all its successors.
    pub refresh_absolute: i64,
    /// How long the previous refresh token is still accepted and answered with the current one.
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

/// How many requests are answered. Failed attempts are slowed down by rules of their own as well.
#[derive(Debug, Clone, Copy)]
pub struct RequestConfig {
    /// People's pages, per address.
    pub pages: Option<Pace>,
    /// Clients' endpoints, per address.
    pub endpoints: Option<Pace>,
    /// How many half-finished sign-ins are kept for one address.
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

/// A claim that the form for a new account asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedClaim {
    /// Its name.
    pub claim: &'static str,
    /// Whether it must not be left empty.
    pub required: bool,
}

/// A scope beyond OpenID Connect's own.
#[derive(Debug, Clone)]
pub struct ScopeConfig {
    /// The text for the consent page.
    pub description: String,
    /// The audience of tokens that carry it.
    pub resource: String,
    /// Whether the resource gets tokens of the type `JWT`, because it can't take `at+jwt`.
    pub plain: bool,
}
