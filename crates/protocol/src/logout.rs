//! Ending sessions: RP-initiated logout and back-channel logout tokens.

use serde_json::{Map, Value, json};

use crate::claims::{self, Window};
use crate::client::Client;
use crate::id_token::Hint;
use crate::jose::{self, KeySet, TokenError};
use crate::redirect_uri;

/// The one member of `events` in a logout token.
pub const BACKCHANNEL_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Life of a logout token, in seconds.
pub const LOGOUT_TOKEN_LIFETIME: i64 = 120;
const LEEWAY: i64 = 60;

/// Whom a logout token signs out: a user, a session, or a session of a user.
#[derive(Clone, Copy, Debug)]
pub struct LogoutSubject<'a> {
    /// The user's `sub`.
    pub sub: &'a str,
    /// The session, when only that one ends.
    pub sid: Option<&'a str>,
}

/// The claims of a logout token (OpenID Connect Back-Channel Logout section 2.4), living [`LOGOUT_TOKEN_LIFETIME`].
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

/// What a verified logout token says. The receiver must still accept each `jti` once, until `exp`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutClaims {
    /// The user, or any user of the session.
    pub sub: Option<String>,
    /// The session, or every session of the user.
    pub sid: Option<String>,
    /// Token id, for single use.
    pub jti: String,
    /// Until when the `jti` must be remembered, Unix seconds, clock difference included.
    pub exp: i64,
}

/// Verifies a received logout token (section 2.6): signature, `typ`, issuer, audience, times, the event, no nonce,
/// somebody to sign out.
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

/// What the end-session endpoint does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndSession {
    /// End the session and go to this registered URI.
    Redirect {
        /// The registered URI, as it was presented.
        uri: String,
        /// To be added to it, exactly.
        state: Option<String>,
    },
    /// End the session, if there is one, and show that it ended.
    SignOutPage,
    /// Ask the person first; end nothing yet, redirect nowhere.
    Confirm,
}

/// The facts of a request to the end-session endpoint.
#[derive(Clone, Copy, Debug, Default)]
pub struct EndSessionRequest<'a> {
    /// The `id_token_hint` after [`crate::id_token::verify_hint`]; `None` when absent or refused.
    pub hint: Option<&'a Hint>,
    /// The client that the hint was issued to.
    pub client: Option<&'a Client>,
    /// The `client_id` parameter, if sent: it must name the same client.
    pub client_id: Option<&'a str>,
    /// The parameter of this name.
    pub post_logout_redirect_uri: Option<&'a str>,
    /// The parameter of this name.
    pub state: Option<&'a str>,
    /// `sub` of the session in this browser that would end, alive or idled out, if there is one.
    pub session_sub: Option<&'a str>,
}

/// Judges a request to end the session (OpenID Connect RP-Initiated Logout sections 2 and 3).
///
/// A hint of ours shows that the request comes from a client where this user signed in; without it, anybody's page
/// could sign people out, so a person is asked. A redirect needs the hint and an exactly registered URI.
pub fn end_session(request: &EndSessionRequest) -> EndSession {
    let trusted_client = request.client.filter(|client| {
        let named = request.client_id.is_none_or(|id| id == client.id);
        named && request.hint.is_some_and(|hint| hint.aud.contains(&client.id))
    });
    let same_user =
        request.hint.is_some_and(|hint| request.session_sub.is_none_or(|session| session == hint.sub));
    match (request.post_logout_redirect_uri, trusted_client) {
        (None, _) if request.session_sub.is_none() => EndSession::SignOutPage,
        (None, Some(_)) if same_user => EndSession::SignOutPage,
        (Some(uri), Some(client))
            if same_user
                && client
                    .post_logout_redirect_uris
                    .iter()
                    .any(|registered| redirect_uri::matches(registered, uri)) =>
        {
            EndSession::Redirect { uri: uri.to_owned(), state: request.state.map(str::to_owned) }
        }
        _ => EndSession::Confirm,
    }
}

/// Where a signed-out person goes: the registered URI with the state exactly, and nothing else (OUT-1).
pub fn redirect_location(uri: &str, state: Option<&str>) -> String {
    crate::authorize::append(uri, [state.map(|state| ("state", state))])
}
