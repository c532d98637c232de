//! Finds the credential of a request, before anything is verified.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, Uri, header::COOKIE};
use resource_server::{Reason, token};
use web::cookie::CookieSpec;

use crate::config::OtherRealm;

/// The credential that is used.
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub(crate) enum Presented {
    /// A bearer token; the request's cookies are ignored (RP11).
    Bearer(String),
    /// The value of this service's session cookie.
    Session(String),
    /// No credential for this service; `foreign` when the request carries the other realm's session cookie.
    Nothing { foreign: bool },
}

/// Finds the credential. A cookie is only used without an `Authorization` header, whatever the header's value.
pub(crate) fn presented(
    headers: &HeaderMap,
    uri: &Uri,
    cookie: &CookieSpec,
    other: &OtherRealm,
) -> Result<Presented, Reason> {
    Ok(match token::presented(headers, uri)? {
        Some(token) => Presented::Bearer(token),
        None => match cookie.read(headers) {
            Some(value) => Presented::Session(value),
            None => Presented::Nothing { foreign: has_foreign_cookie(headers, other) },
        },
    })
}

fn has_foreign_cookie(headers: &HeaderMap, other: &OtherRealm) -> bool {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut names = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split('=').next());
    names.any(|name| {
        let name = name.trim();
        let base = name.strip_prefix("__Host-").or_else(|| name.strip_prefix("__Secure-")).unwrap_or(name);
        other.cookie_names.iter().any(|foreign| foreign == name || foreign == base)
    })
}

/// The `iss` of an unverified token. Only used to choose the wording of a refusal.
pub(crate) fn claimed_issuer(token: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    Some(claims.get("iss")?.as_str()?.to_owned())
}

#[cfg(test)]
#[path = "credentials_tests.rs"]
mod tests;
