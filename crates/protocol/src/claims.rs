//! Reads claims of a verified token, and checks their presence, type and range.

use serde_json::{Map, Value};

use crate::jose::TokenError;

/// The end of the year 9999. Later NumericDates are mistakes, and sums with them could overflow.
const LATEST: i64 = 253_402_300_799;

/// A required claim: a string that is not empty.
pub(crate) fn text(claims: &Map<String, Value>, name: &'static str) -> Result<String, TokenError> {
    opt_text(claims, name)?.ok_or(TokenError::Claim(name))
}

/// An optional claim: a string that is not empty, or `None` when it is absent.
pub(crate) fn opt_text(
    claims: &Map<String, Value>,
    name: &'static str,
) -> Result<Option<String>, TokenError> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text.clone())),
        Some(_) => Err(TokenError::Claim(name)),
    }
}

/// A required NumericDate, in whole seconds.
pub(crate) fn time(claims: &Map<String, Value>, name: &'static str) -> Result<i64, TokenError> {
    opt_time(claims, name)?.ok_or(TokenError::Claim(name))
}

/// An optional NumericDate, in whole seconds.
pub(crate) fn opt_time(claims: &Map<String, Value>, name: &'static str) -> Result<Option<i64>, TokenError> {
    match claims.get(name) {
        None => Ok(None),
        Some(value) => match value.as_i64() {
            Some(time) if (0..=LATEST).contains(&time) => Ok(Some(time)),
            _ => Err(TokenError::Claim(name)),
        },
    }
}

/// A list of strings; empty when the claim is absent.
pub(crate) fn texts(claims: &Map<String, Value>, name: &'static str) -> Result<Vec<String>, TokenError> {
    match claims.get(name) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => {
            items.iter().map(|item| item.as_str().map(str::to_owned).ok_or(TokenError::Claim(name))).collect()
        }
        Some(_) => Err(TokenError::Claim(name)),
    }
}

/// `aud`: one string or a list of strings, at least one.
pub(crate) fn audience(claims: &Map<String, Value>) -> Result<Vec<String>, TokenError> {
    let audience = match claims.get("aud") {
        Some(Value::String(one)) => vec![one.clone()],
        _ => texts(claims, "aud")?,
    };
    if audience.is_empty() || audience.iter().any(String::is_empty) {
        return Err(TokenError::Claim("aud"));
    }
    Ok(audience)
}

/// `iss`, which must equal the expected issuer byte for byte.
pub(crate) fn issuer(claims: &Map<String, Value>, expected: &str) -> Result<String, TokenError> {
    text(claims, "iss").and_then(|iss| if iss == expected { Ok(iss) } else { Err(TokenError::Claim("iss")) })
}

/// `aud`, which must be exactly this audience: as a string, or a list of one.
pub(crate) fn sole_audience(claims: &Map<String, Value>, expected: &str) -> Result<Vec<String>, TokenError> {
    audience(claims).and_then(|aud| if aud == [expected] { Ok(aud) } else { Err(TokenError::Claim("aud")) })
}

/// The longest lifetime of any token, in seconds, whatever a receiver is configured to accept: a day.
pub const MAX_LIFETIME: i64 = 86_400;

/// How the time claims of a token are judged.
#[derive(Clone, Copy)]
pub(crate) struct Window {
    pub(crate) now: i64,
    /// Allowed clock difference in seconds.
    pub(crate) leeway: i64,
    /// Longest accepted `exp - iat` in seconds. A larger value than [`MAX_LIFETIME`] counts as that.
    pub(crate) max_lifetime: i64,
}

impl Window {
    /// Checks a token's time of issue and its expiry.
    pub(crate) fn judge(self, iat: i64, exp: i64) -> Result<(), TokenError> {
        if iat > self.now.saturating_add(self.leeway) {
            return Err(TokenError::Claim("iat"));
        }
        if exp <= iat || exp.saturating_sub(iat) > self.max_lifetime.min(MAX_LIFETIME) {
            return Err(TokenError::Claim("exp"));
        }
        if exp <= self.now.saturating_sub(self.leeway) { Err(TokenError::Expired) } else { Ok(()) }
    }
}

/// Checks the time claims: `exp` and `iat` are required, `nbf` is optional. Returns `(iat, exp)`.
pub(crate) fn window(claims: &Map<String, Value>, window: Window) -> Result<(i64, i64), TokenError> {
    let (iat, exp) = (time(claims, "iat")?, time(claims, "exp")?);
    if opt_time(claims, "nbf")?.is_some_and(|nbf| nbf > window.now.saturating_add(window.leeway)) {
        return Err(TokenError::Claim("nbf"));
    }
    window.judge(iat, exp).map(|()| (iat, exp))
}
