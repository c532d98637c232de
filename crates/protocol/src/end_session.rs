//! The end-session endpoint (OpenID Connect RP-Initiated Logout 1.0): which session a request ends, and where it leads.
//!
//! A browser's request ends the session of the browser's own cookie and no other. An `id_token_hint` only confirms that
//! session: whoever holds an ID token of somebody ends nothing by it. A client that proves itself by its credential may
//! name the session by an ID token of its own (OUT-5).

use crate::{
    authorize, catalogue, client::Client, client_auth::AuthenticatedClient, error::OAuthError, id_token::Hint,
};

/// A session, as ID tokens name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// The session.
    pub sid: &'a str,
    /// Its person.
    pub sub: &'a str,
}

/// Which client sends a request: the one that the hint was issued to, or that `client_id` names. `None` when neither is
/// there, or when they contradict each other.
pub fn asking<'a>(hint: Option<&'a Hint>, client_id: Option<&'a str>) -> Option<&'a str> {
    match (hint, client_id) {
        (Some(hint), Some(id)) => hint.aud.iter().any(|audience| audience == id).then_some(id),
        (Some(hint), None) => hint.aud.first().map(String::as_str),
        (None, id) => id,
    }
}

/// What a browser asks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Request<'a> {
    /// The session of the browser's cookie, alive or idled out: both end with everything that was granted in them.
    pub session: Option<Named<'a>>,
    /// The `id_token_hint` after [`crate::id_token::verify_hint`]; `None` when absent or refused.
    pub hint: Option<&'a Hint>,
    /// Whether the session that the hint names was ended before.
    pub hinted_is_over: bool,
    /// The registered client of [`asking`].
    pub client: Option<&'a Client>,
    /// The parameter of this name.
    pub post_logout_redirect_uri: Option<&'a str>,
    /// The parameter of this name.
    pub state: Option<&'a str>,
}

/// What a browser's request leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The session of the cookie ends now.
    End(Option<WayBack>),
    /// The person is asked first: nothing proves that a client where they signed in sent them.
    Ask(Option<WayBack>),
    /// The browser has no session and the one of the hint is over: what was asked for is the case.
    Over(Option<WayBack>),
    /// The browser has no session here. Nothing ends, whatever the hint names.
    Nobody(Option<WayBack>),
}

/// Where the person goes on: a registered URI, with the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayBack {
    /// The client that registered it.
    pub client_id: String,
    /// The URI, as registered.
    pub uri: String,
    /// Comes back exactly.
    pub state: Option<String>,
}

impl WayBack {
    /// The way back to a client, if it registered this very URI: byte for byte, loopback ports included.
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

/// Judges a browser's request (sections 2 and 3).
///
/// The session ends at once when the hint was issued in it, to a client that is still registered: that client sent the
/// person. Anybody's page can send the rest, so the person decides. A URI that can't be used makes a request suspect too.
pub fn judge(request: &Request<'_>) -> Verdict {
    let back = match (request.client, request.post_logout_redirect_uri) {
        (Some(client), Some(uri)) => WayBack::to(client, uri, request.state),
        _ => None,
    };
    let in_order = request.post_logout_redirect_uri.is_none() || back.is_some();
    match request.session {
        None if request.hinted_is_over && in_order => Verdict::Over(back),
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

/// The session that a client ends by itself, without the person's browser: it proved itself by its credential, and the ID
/// token is its own and younger than a session can be (`longest`, seconds).
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
