//! Unsafe requests have to be this service's own doing: fetch metadata (R9), and a token bound to the session, or to the
//! visitor before sign-in (RP4, RP13).

use http::{HeaderMap, Method, request::Parts};
use web::csrf;

use crate::{
    refusal::{Reason, Refusal},
    relying_party::Core,
};

/// Name of the form field that carries the token.
pub(crate) const FIELD: &str = "csrf";
/// Name of the header that carries it for scripts.
pub(crate) const HEADER: &str = "x-csrf-token";

/// For requests without a form: the header is demanded on unsafe methods.
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

/// What a token is bound to: a session, or a visitor before sign-in.
pub(crate) fn session_binding(id: &str) -> String {
    format!("session {id}")
}

/// See [`session_binding`].
pub(crate) fn visitor_binding(id: &str) -> String {
    format!("visitor {id}")
}

impl Core {
    /// Whether the browser sent a cookie of ours.
    pub(crate) fn knows_browser(&self, headers: &HeaderMap) -> bool {
        let session = &self.config.session;
        [&session.cookie, &session.visitor_cookie].into_iter().any(|cookie| cookie.read(headers).is_some())
    }

    /// The token for forms under this binding.
    pub(crate) fn csrf_token(&self, binding: &str) -> String {
        self.csrf_keys.first().map(|key| csrf::token(key, binding)).unwrap_or_default()
    }
}
