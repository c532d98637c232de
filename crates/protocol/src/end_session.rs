//! The end-session endpoint (OpenID Connect RP-Initiated Logout 1.0): which session a request ends, and where it leads.
//!
//! A browser's request ends a session of which the browser itself has the cookie, and no other. An `id_token_hint` says
//! which one, and confirms it: holding somebody's ID token is not enough to end their session. A client that authenticates itself may name
//! the session by an ID token that was issued to it (OUT-5).

use crate::{
    authorize, catalogue, client::Client, client_auth::AuthenticatedClient, error::OAuthError, id_token::Hint,
};

/// A session, as it is named in ID tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// The session's id.
    pub sid: &'a str,
    /// The user of the session.
    pub sub: &'a str,
}

/// The client that sends a logout request: the one that the hint was issued to, or the one that `client_id` names.
/// `None` when both are absent or contradict each other.
pub fn asking<'a>(hint: Option<&'a Hint>, client_id: Option<&'a str>) -> Option<&'a str> {
    match (hint, client_id) {
        (Some(hint), Some(id)) => hint.aud.iter().any(|audience| audience == id).then_some(id),
        (Some(hint), None) => hint.aud.first().map(String::as_str),
        (None, id) => id,
    }
}

/// The session that a browser's request is about: the one that the hint names, else one of the person that it names,
/// else the one in use. The browser has the cookies of all of them.
pub fn about<'a>(hint: Option<&Hint>, in_use: Option<Named<'a>>, others: &[Named<'a>]) -> Option<Named<'a>> {
    let Some(hint) = hint else { return in_use };
    let held = || in_use.into_iter().chain(others.iter().copied());
    let named = held().find(|held| hint.sid.as_deref() == Some(held.sid) && held.sub == hint.sub);
    named.or_else(|| held().find(|held| held.sub == hint.sub)).or(in_use)
}

/// A browser's logout request.
#[derive(Debug, Clone, Copy, Default)]
pub struct Request<'a> {
    /// The session of the browser that [`about`] returned, alive or expired by idleness. Both end together with
    /// everything that was granted in them.
    pub session: Option<Named<'a>>,
    /// Whether the browser has other sessions.
    pub has_others: bool,
    /// The `id_token_hint` after [`crate::id_token::verify_hint`]; `None` when absent or refused.
    pub hint: Option<&'a Hint>,
    /// Whether the session that the hint names has ended already.
    pub hinted_is_over: bool,
    /// The client that [`asking`] returned, if it is registered.
    pub client: Option<&'a Client>,
    /// The parameter of this name.
    pub post_logout_redirect_uri: Option<&'a str>,
    /// The parameter of this name.
    pub state: Option<&'a str>,
}

/// The decision about a browser's logout request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The session of the cookie ends now, without a question.
    End(Option<WayBack>),
    /// The person is asked first, because nothing proves that a client of this session sent them.
    Ask(Option<WayBack>),
    /// The browser has no session, and the session of the hint has ended already. The person is signed out, as
    /// requested.
    Over(Option<WayBack>),
    /// The browser has no session. Nothing ends, whatever the hint names.
    Nobody(Option<WayBack>),
}

/// Where the browser is sent afterwards: a registered URI, with the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayBack {
    /// The client that registered it.
    pub client_id: String,
    /// The URI, as registered.
    pub uri: String,
    /// The state, which is returned exactly.
    pub state: Option<String>,
}

impl WayBack {
    /// The way back to a client, if the client registered exactly this URI, byte for byte, including a loopback port.
    pub fn to(client: &Client, uri: &str, state: Option<&str>) -> Option<Self> {
        let registered = client.post_logout_redirect_uris.iter().any(|registered| registered == uri);
        registered.then(|| Self {
            client_id: client.id.clone(),
            uri: uri.to_owned(),
            state: state.map(str::to_owned),
        })
    }

    /// The URI with the state and nothing else (OUT-1).
    pub fn location(&self) -> String {
        authorize::append(&self.uri, [self.state.as_deref().map(|state| ("state", state))])
    }
}

/// Decides about a browser's logout request (sections 2 and 3).
///
/// The session ends without a question when the hint was issued in that session to a client that is still registered:
/// this proves that the client sent the person. Any website can send the other requests, so the person is asked. An
/// unusable URI makes a request doubtful too.
pub fn judge(request: &Request<'_>) -> Verdict {
    let back = match (request.client, request.post_logout_redirect_uri) {
        (Some(client), Some(uri)) => WayBack::to(client, uri, request.state),
        _ => None,
    };
    let in_order = request.post_logout_redirect_uri.is_none() || back.is_some();
    match request.session {
        None if request.hinted_is_over && in_order => Verdict::Over(back),
        // nothing proves which of them is meant
        None if request.has_others => Verdict::Ask(back),
        None => Verdict::Nobody(back),
        Some(session) => {
            let issued_in_it = request
                .hint
                .is_some_and(|hint| hint.sid.as_deref() == Some(session.sid) && hint.sub == session.sub);
            let sent_by_client = issued_in_it && request.client.is_some();
            if sent_by_client && in_order { Verdict::End(back) } else { Verdict::Ask(back) }
        }
    }
}

/// The session that an authenticated client may end without the person's browser. The ID token must have been issued to
/// that client, and be younger than the longest session (`longest`, seconds).
pub fn by_client<'a>(
    client: &AuthenticatedClient,
    hint: Option<&'a Hint>,
    longest: i64,
    now: i64,
) -> Result<Named<'a>, OAuthError> {
    if !client.is_confidential() {
        return Err(catalogue::INVALID_CLIENT);
    }
    let hint = hint.ok_or(catalogue::UNUSABLE_HINT)?;
    if !hint.aud.contains(&client.id) {
        return Err(catalogue::FOREIGN_HINT);
    }
    if now.saturating_sub(hint.issued_at) >= longest {
        return Err(catalogue::OLD_HINT);
    }
    let sid = hint.sid.as_deref().ok_or(catalogue::UNUSABLE_HINT)?;
    Ok(Named { sid, sub: &hint.sub })
}
