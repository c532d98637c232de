//! Which credential a request shows, before anything is verified.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, Uri, header::COOKIE};
use resource_server::{Reason, token};
use web::cookie::CookieSpec;

use crate::config::OtherRealm;

/// The one credential that counts.
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub(crate) enum Presented {
    /// A bearer token; cookies are not looked at any more (RP11).
    Bearer(String),
    /// The value of this service's session cookie.
    Session(String),
    /// Nothing of ours; `foreign` when the other realm's session cookie came along.
    Nothing { foreign: bool },
}

/// Reads the credential: a cookie only counts without an `Authorization` header, whatever that says.
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

/// The issuer an unverified token claims. Only good for choosing the wording of a refusal.
pub(crate) fn claimed_issuer(token: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    Some(claims.get("iss")?.as_str()?.to_owned())
}

#[cfg(test)]
#[path = "credentials_tests.rs"]
mod tests;
