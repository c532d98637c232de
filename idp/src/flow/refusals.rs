//! Refused requests of clients: the answer to the client or the person, and one line in the log for each, so that the
//! log alone shows an operator why an app doesn't work (TOK-10, D19). Realm, endpoint and request id are in the line's
//! span. No credential is logged.

use protocol::{
    authorize::{self, AuthorizationRequest},
    error::OAuthError,
};

use super::Error;
use crate::realm::Realm;

/// How many characters of a value from a request are logged.
const LONGEST: usize = 300;

/// What an error page can show about a request that can't be answered by a redirect.
#[derive(Debug)]
pub struct Unredirectable {
    /// What is wrong.
    pub error: OAuthError,
    /// The client's name, when it is known.
    pub client_name: Option<String>,
    /// The redirect URI as received.
    pub received: Option<String>,
    /// The client's registered redirect URIs.
    pub registered: Vec<String>,
}

/// The redirect that tells the client of the refusal. Logs it as well.
pub fn redirect(realm: &Realm, request: &AuthorizationRequest, error: &OAuthError) -> String {
    of_authorization(&request.client_id, &request.redirect_uri, error);
    authorize::error_location(&request.redirect_uri, error, request.state.as_deref(), &realm.config.issuer)
}

/// Logs a refused call to the token, introspection, revocation, userinfo or end-session endpoint. Internal failures are
/// logged where they become a status.
pub fn of_call(client_id: Option<&str>, failure: &Error) {
    let client_id = client_id.map(shortened);
    match failure {
        Error::Refused(error) => {
            let (reason, error) = (error.reason(), error.code.as_str());
            tracing::info!(client_id, error, reason, "a request was refused");
        }
        Error::Wait { .. } => {
            let reason = "too many wrong client secrets came from this address";
            tracing::info!(client_id, error = "temporarily_unavailable", reason, "a request was refused");
        }
        Error::TooMany { .. }
        | Error::Busy
        | Error::Repeated
        | Error::Unavailable(_)
        | Error::Internal(_) => {}
    }
}

/// Logs a request that could not be read.
pub fn unreadable(reason: &'static str) {
    tracing::info!(error = "invalid_request", reason, "a request was refused");
}

/// Logs an authorization request whose error goes to the client.
pub fn of_authorization(client_id: &str, redirect_uri: &str, error: &OAuthError) {
    let (client_id, redirect_uri) = (shortened(client_id), shortened(redirect_uri));
    let (reason, error) = (error.reason(), error.code.as_str());
    tracing::info!(client_id, redirect_uri, error, reason, "an authorization request was refused");
}

/// Logs an authorization request that was answered by a page, since its redirect URI is not known to be the client's.
pub fn unredirectable(client_id: Option<&str>, what: &Unredirectable) {
    let (client_id, received) = (client_id.map(shortened), what.received.as_deref().map(shortened));
    let registered = what.registered.join(" ");
    let (reason, error) = (what.error.reason(), what.error.code.as_str());
    tracing::info!(
        client_id,
        redirect_uri = received,
        registered,
        error,
        reason,
        "an authorization request was refused"
    );
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
