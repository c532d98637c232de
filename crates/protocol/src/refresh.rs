//! Refresh tokens with generations.
//!
//! A refresh token is `grant id . generation . MAC`. The store keeps the current generation and the time since when it
//! is current. The MAC makes forged tokens unreadable. The previous generation, presented within a grace window, gives
//! the same successor again, so that a lost response signs nobody out. An older generation shows that two parties have
//! tokens of the same grant.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::{
    catalogue, client_auth::AuthenticatedClient, error::OAuthError, grant::Grant, scope::Scope, secret,
    stored_time,
};

/// A refresh token that this provider issued. It may have been used or revoked since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The grant.
    pub grant_id: String,
    /// Its generation, from 0.
    pub generation: i64,
}

impl RefreshToken {
    /// The token's text, which the client gets.
    pub fn encode(&self, mac_key: &[u8]) -> String {
        let generation = self.generation.to_string();
        let mac = secret::hmac(mac_key, &["refresh token", &self.grant_id, &generation]);
        format!("{}.{generation}.{}", self.grant_id, URL_SAFE_NO_PAD.encode(mac))
    }

    /// Reads a presented token; `None` when [`RefreshToken::encode`] did not make it with this key.
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
    /// The current one: change the generation from this one to the next by compare-and-swap, and issue the next.
    Rotate {
        /// The current generation.
        from: i64,
    },
    /// The current one of a client whose tokens don't rotate: issue an access token, and keep the refresh token.
    Keep,
    /// The previous one, within the grace window: issue this generation again, which exists already.
    RepeatSuccessor {
        /// The current generation.
        generation: i64,
    },
    /// An older one, or the previous one too late: two parties have tokens of this grant. Revoke it and raise an event.
    Reuse,
    /// Not usable: answer `invalid_grant` and do nothing else.
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

/// The scope of refreshed tokens: the granted scope, or the requested part of it (RFC 6749 section 6).
pub fn narrowed(grant_scope: &Scope, asked: Option<&Scope>) -> Result<Scope, OAuthError> {
    match asked.filter(|asked| !asked.is_empty()) {
        None => Ok(grant_scope.clone()),
        Some(asked) if asked.is_subset(grant_scope) => Ok(asked.clone()),
        Some(_) => Err(catalogue::SCOPE_NOT_GRANTED),
    }
}
