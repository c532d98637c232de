//! Back-channel logout tokens (OpenID Connect Back-Channel Logout 1.0).

use serde_json::{Map, Value, json};

use crate::{
    claims::{self, Window},
    jose::{self, KeySet, TokenError},
};

/// The only member of `events` in a logout token.
pub const BACKCHANNEL_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Lifetime of a logout token, in seconds.
pub const LOGOUT_TOKEN_LIFETIME: i64 = 120;
const LEEWAY: i64 = 60;

/// What a logout token ends: all sessions of a user, or one of them.
#[derive(Debug, Clone, Copy)]
pub struct LogoutSubject<'a> {
    /// The user's `sub`.
    pub sub: &'a str,
    /// The session; `None` for all sessions of the user.
    pub sid: Option<&'a str>,
}

/// The claims of a logout token (OpenID Connect Back-Channel Logout section 2.4). It expires after
/// [`LOGOUT_TOKEN_LIFETIME`].
pub fn logout_token_claims(
    issuer: &str,
    audience: &str,
    subject: LogoutSubject<'_>,
    jti: &str,
    now: i64,
) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("iss".into(), issuer.into());
    map.insert("aud".into(), audience.into());
    map.insert("iat".into(), now.into());
    map.insert("exp".into(), now.saturating_add(LOGOUT_TOKEN_LIFETIME).into());
    map.insert("jti".into(), jti.into());
    map.insert("sub".into(), subject.sub.into());
    if let Some(sid) = subject.sid {
        map.insert("sid".into(), sid.into());
    }
    map.insert("events".into(), json!({ BACKCHANNEL_EVENT: {} }));
    map
}

/// The claims of a verified logout token. The receiver must also accept each `jti` only once, until `exp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoutClaims {
    /// The user; `None` for whichever user the session has.
    pub sub: Option<String>,
    /// The session; `None` for every session of the user.
    pub sid: Option<String>,
    /// Token id, for single use.
    pub jti: String,
    /// Until when the receiver must remember the `jti`, Unix seconds. It includes the allowed clock difference.
    pub exp: i64,
}

/// Verifies a received logout token (section 2.6): signature, `typ`, issuer, audience, times and event. It must have no
/// nonce, and name a user or a session.
pub fn verify_logout_token(
    keys: &KeySet,
    token: &str,
    issuer: &str,
    client_id: &str,
    now: i64,
) -> Result<LogoutClaims, TokenError> {
    let map = keys.verify(token, &[jose::LOGOUT_TOKEN])?;
    claims::issuer(&map, issuer)?;
    claims::sole_audience(&map, client_id)?;
    let window = Window { now, leeway: LEEWAY, max_lifetime: LOGOUT_TOKEN_LIFETIME };
    let (_, exp) = claims::window(&map, window)?;
    let event = map.get("events").and_then(|events| events.get(BACKCHANNEL_EVENT));
    if !event.is_some_and(Value::is_object) {
        return Err(TokenError::Claim("events"));
    }
    if map.contains_key("nonce") {
        return Err(TokenError::Claim("nonce"));
    }
    let (sub, sid) = (claims::opt_text(&map, "sub")?, claims::opt_text(&map, "sid")?);
    if sub.is_none() && sid.is_none() {
        return Err(TokenError::Claim("sub"));
    }
    Ok(LogoutClaims { sub, sid, jti: claims::text(&map, "jti")?, exp: exp.saturating_add(LEEWAY) })
}
