//! CSRF protection: an unsafe request has to come from this service's own pages. Checked by fetch metadata (R9) and by
//! a token bound to the session, or to the visitor before sign-in (RP4, RP13).

use http::{HeaderMap, Method, request::Parts};
use web::csrf;

use crate::{
    refusal::{Reason, Refusal},
    relying_party::Core,
};

/// Name of the form field that carries the token.
pub(crate) const FIELD: &str = "csrf";
/// Name of the header that carries the token for scripts.
pub(crate) const HEADER: &str = "x-csrf-token";

/// Checks a request without a form: unsafe methods need the header.
pub(crate) fn demand_header(core: &Core, parts: &Parts, bindings: &[String]) -> Result<(), Refusal> {
    if matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    demand_origin(core, &parts.headers)?;
    demand_token(core, bindings, header_token(&parts.headers)).map(drop)
}

pub(crate) fn demand_origin(core: &Core, headers: &HeaderMap) -> Result<(), Refusal> {
    if csrf::same_origin(headers, &core.config.public_url) {
        return Ok(());
    }
    tracing::warn!(realm = core.realm, "an unsafe request came from another origin");
    Err(core.refuse(Reason::Forgery))
}

pub(crate) fn demand_token<'b>(
    core: &Core,
    bindings: &'b [String],
    token: Option<&str>,
) -> Result<&'b str, Refusal> {
    let holds =
        |binding: &str, token: &str| core.csrf_keys.iter().any(|key| csrf::verify(key, binding, token));
    let found = token.and_then(|token| bindings.iter().find(|binding| holds(binding, token)));
    found.map(String::as_str).ok_or_else(|| {
        tracing::warn!(realm = core.realm, "an unsafe request lacks the right CSRF token");
        core.refuse(Reason::Forgery)
    })
}

pub(crate) fn header_token(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(HEADER).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

/// The value that a session's CSRF tokens are bound to.
pub(crate) fn session_binding(id: &str) -> String {
    format!("session {id}")
}

/// The value that a visitor's CSRF tokens are bound to, before sign-in.
pub(crate) fn visitor_binding(id: &str) -> String {
    format!("visitor {id}")
}

impl Core {
    /// Whether the browser sent a cookie of this service.
    pub(crate) fn knows_browser(&self, headers: &HeaderMap) -> bool {
        let session = &self.config.session;
        [&session.cookie, &session.visitor_cookie].into_iter().any(|cookie| cookie.read(headers).is_some())
    }

    /// The CSRF token for this binding.
    pub(crate) fn csrf_token(&self, binding: &str) -> String {
        self.csrf_keys.first().map(|key| csrf::token(key, binding)).unwrap_or_default()
    }
}
