//! Strong entity tags made of a version, and `If-Match` (R4; RFC 9110 sections 8.8.3 and 13.1.1).

use axum::http::{HeaderMap, HeaderValue, header};

use crate::error::Fault;

/// Why an `If-Match` doesn't name a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoVersion {
    /// Missing, or `*`, which would overwrite whatever is there.
    Missing,
    /// Not exactly one entity tag.
    Malformed,
    /// A tag this service never made for any version, or a weak one, which never matches (section 13.1.1).
    Foreign,
}

impl From<NoVersion> for Fault {
    fn from(error: NoVersion) -> Self {
        match error {
            NoVersion::Missing => Fault::VersionRequired,
            NoVersion::Malformed => Fault::VersionMalformed,
            NoVersion::Foreign => Fault::Stale(None),
        }
    }
}

/// The entity tag of a version.
pub fn etag(version: i64) -> HeaderValue {
    // digits and quotes are always a valid header value
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// The version that the request is meant for.
pub fn if_match(headers: &HeaderMap) -> Result<i64, NoVersion> {
    let mut values = headers.get_all(header::IF_MATCH).iter();
    let value = match (values.next(), values.next()) {
        (None, _) => return Err(NoVersion::Missing),
        (Some(value), None) => value.to_str().map_err(|_| NoVersion::Malformed)?.trim(),
        _ => return Err(NoVersion::Malformed),
    };
    if value == "*" {
        return Err(NoVersion::Missing);
    }
    if value.starts_with("W/\"") {
        return Err(NoVersion::Foreign);
    }
    let tag = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or(NoVersion::Malformed)?;
    if tag.contains('"') {
        return Err(NoVersion::Malformed);
    }
    let plain = tag.bytes().all(|b| b.is_ascii_digit()) && !tag.starts_with('0');
    tag.parse().ok().filter(|_| plain).ok_or(NoVersion::Foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(values: &[&'static str]) -> Result<i64, NoVersion> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::IF_MATCH, HeaderValue::from_static(value));
        }
        if_match(&headers)
    }

    #[test]
    fn r4_if_match_names_one_version_or_none() {
        let table: [(&[&str], Result<i64, NoVersion>); 12] = [
            (&["\"7\""], Ok(7)),
            (&[" \"12\" "], Ok(12)),
            (&[], Err(NoVersion::Missing)),
            (&["*"], Err(NoVersion::Missing)),
            (&["W/\"7\""], Err(NoVersion::Foreign)),
            (&["\"abc\""], Err(NoVersion::Foreign)),
            (&["\"\""], Err(NoVersion::Foreign)),
            (&["\"+7\""], Err(NoVersion::Foreign)),
            (&["\"07\""], Err(NoVersion::Foreign)),
            (&["\"99999999999999999999\""], Err(NoVersion::Foreign)),
            (&["7"], Err(NoVersion::Malformed)),
            (&["\"6\", \"7\""], Err(NoVersion::Malformed)),
        ];
        for (values, expected) in table {
            assert_eq!(sent(values), expected, "{values:?}");
        }
        assert_eq!(sent(&["\"6\"", "\"7\""]), Err(NoVersion::Malformed));
    }

    #[test]
    fn r4_an_etag_comes_back_as_its_version() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_MATCH, etag(42));
        assert_eq!(if_match(&headers), Ok(42));
    }
}
