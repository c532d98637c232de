//! Which credential a request shows, before anything is verified.

use crate::config::OtherSide;
use crate::refusal::Reason;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, Uri};
use service::http::cookie::CookieSpec;

/// The one credential that counts.
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub(crate) enum Presented {
    /// A bearer token; cookies are not looked at any more (RP11).
    Bearer(String),
    /// The value of this side's session cookie.
    Session(String),
    /// Nothing of ours; `foreign` when the other side's session cookie came along.
    Nothing { foreign: bool },
}

/// Reads the credential. A token in the query is never one (RS5), and together with the header it is one too many.
pub(crate) fn presented(
    headers: &HeaderMap,
    uri: &Uri,
    cookie: &CookieSpec,
    other: &OtherSide,
) -> Result<Presented, Reason> {
    let mut authorization = headers.get_all(AUTHORIZATION).iter();
    let Some(first) = authorization.next() else {
        return Ok(match cookie.read(headers) {
            Some(value) => Presented::Session(value),
            None => Presented::Nothing { foreign: has_foreign_cookie(headers, other) },
        });
    };
    if authorization.next().is_some() || has_query_token(uri) {
        return Err(Reason::TwoCredentials);
    }
    let value = first.to_str().map_err(|_| Reason::InvalidToken)?;
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        // another scheme is no credential here, and no reason to fall back to a cookie
        return Err(Reason::NoCredential);
    }
    match token.trim_matches(' ') {
        "" => Err(Reason::InvalidToken),
        token => Ok(Presented::Bearer(token.to_owned())),
    }
}

fn has_query_token(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "access_token")
}

fn has_foreign_cookie(headers: &HeaderMap, other: &OtherSide) -> bool {
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
