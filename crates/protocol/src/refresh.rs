//! Refresh tokens by generation.
//!
//! A refresh token is `grant id . generation . MAC`. The store keeps the current generation and since when; the MAC makes
//! tokens that we never issued unreadable. Presenting the previous generation within a grace window gives the same
//! successor again, so that a lost answer signs nobody out; anything older shows that two parties hold the family.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    catalogue, client_auth::AuthenticatedClient, error::OAuthError, grant::Grant, scope::Scope, secret,
    stored_time,
};

/// A refresh token that we issued. Says nothing about whether it is still good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The grant.
    pub grant_id: String,
    /// Its generation, from 0.
    pub generation: i64,
}

impl RefreshToken {
    /// The text that the client holds.
    pub fn encode(&self, mac_key: &[u8]) -> String {
        let generation = self.generation.to_string();
        let mac = secret::hmac(mac_key, &["refresh token", &self.grant_id, &generation]);
        format!("{}.{generation}.{}", self.grant_id, URL_SAFE_NO_PAD.encode(mac))
    }

    /// Reads a presented token; `None` when it is not one that [`RefreshToken::encode`] made with this key.
    pub fn decode(text: &str, mac_key: &[u8]) -> Option<Self> {
        let (rest, _) = text.rsplit_once('.')?;
        let (grant_id, generation) = rest.split_once('.')?;
        let token = Self { grant_id: grant_id.to_owned(), generation: generation.parse().ok()? };
        secret::eq(token.encode(mac_key).as_bytes(), text.as_bytes()).then_some(token)
    }
}

/// What to do with a presented refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshVerdict {
    /// Current: compare-and-swap the generation from this one to the next, and issue that.
    Rotate {
        /// The current generation.
        from: i64,
    },
    /// Current, and the client's tokens don't rotate: issue, keep the refresh token.
    Keep,
    /// The previous one within the grace window: issue this generation, which exists already, again.
    RepeatSuccessor {
        /// The current generation.
        generation: i64,
    },
    /// An old one: two parties hold the family. Revoke it and raise an event.
    Reuse,
    /// Not usable: `invalid_grant`, nothing else happens.
    Refused,
}

/// Judges a presented refresh token against its grant (T10, T11, T12).
pub fn judge(
    grant: &Grant,
    presented: &RefreshToken,
    client: &AuthenticatedClient,
    now: i64,
    grace_seconds: i64,
) -> RefreshVerdict {
    let alive = grant.id == presented.grant_id
        && grant.client_id == client.id
        && grant.revoked_at.is_none()
        && now < grant.refresh_expires_at.min(grant.refresh_absolute_at);
    if !alive || presented.generation < 0 || presented.generation > grant.generation {
        return RefreshVerdict::Refused;
    }
    let in_grace = stored_time::age(grant.generation_at, now).is_some_and(|age| age <= grace_seconds);
    match grant.generation - presented.generation {
        0 if client.rotates() => RefreshVerdict::Rotate { from: grant.generation },
        0 => RefreshVerdict::Keep,
        1 if in_grace => RefreshVerdict::RepeatSuccessor { generation: grant.generation },
        _ => RefreshVerdict::Reuse,
    }
}

/// The scope of refreshed tokens: what was granted, or the part of it that was asked for (RFC 6749 section 6).
pub fn narrowed(grant_scope: &Scope, asked: Option<&Scope>) -> Result<Scope, OAuthError> {
    match asked.filter(|asked| !asked.is_empty()) {
        None => Ok(grant_scope.clone()),
        Some(asked) if asked.is_subset(grant_scope) => Ok(asked.clone()),
        Some(_) => Err(catalogue::SCOPE_NOT_GRANTED),
    }
}
