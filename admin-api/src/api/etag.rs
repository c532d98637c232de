//! Strong entity tags from versions, `If-Match` and `If-None-Match` (R4; RFC 9110 sections 8.8.3, 13.1.1 and 13.1.2).

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::error::Error;

/// The most tags in one header; no client needs more.
const MOST_TAGS: usize = 32;

/// Why an `If-Match` gives no version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoVersion {
    /// It is missing, or `*`, which would overwrite any version.
    Missing,
    /// Not a list of entity tags.
    Malformed,
    /// It has only weak tags, which never match (section 13.1.1).
    Weak,
    /// It has only tags that this service never uses for versions.
    Foreign,
}

impl From<NoVersion> for Error {
    fn from(error: NoVersion) -> Self {
        match error {
            NoVersion::Missing => Error::VersionRequired,
            NoVersion::Malformed => Error::VersionMalformed,
            NoVersion::Weak => Error::VersionWeak,
            NoVersion::Foreign => Error::Stale(None),
        }
    }
}

/// The entity tag of a version.
pub fn etag(version: i64) -> HeaderValue {
    // digits and quotes are always a valid header value
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// The version in the request's `If-Match`. `present` is only awaited when there are several.
pub async fn version(
    headers: &HeaderMap,
    present: impl Future<Output = Result<i64, Error>>,
) -> Result<i64, Error> {
    let (first, others) = if_match(headers)?;
    if others.is_empty() {
        return Ok(first);
    }
    let present = present.await?;
    Ok(if others.contains(&present) { present } else { first })
}

/// 304 if the client has this version already, else `None`.
pub fn not_modified(headers: &HeaderMap, version: i64) -> Option<Response> {
    let is_any = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == b"*");
    // a malformed header is ignored: the answer is complete
    let tags = tags(headers, &header::IF_NONE_MATCH).unwrap_or_default();
    let has_it = is_any || tags.iter().any(|tag| tag.version() == Some(version));
    has_it.then(|| (StatusCode::NOT_MODIFIED, [(header::ETAG, etag(version))]).into_response())
}

/// The versions in `If-Match`: the first, and the others.
fn if_match(headers: &HeaderMap) -> Result<(i64, Vec<i64>), NoVersion> {
    if !headers.contains_key(header::IF_MATCH) || headers.get(header::IF_MATCH).is_some_and(|tag| tag == "*")
    {
        return Err(NoVersion::Missing);
    }
    let tags = tags(headers, &header::IF_MATCH).ok_or(NoVersion::Malformed)?;
    let mut versions = tags.iter().filter(|tag| !tag.is_weak).filter_map(Tag::version);
    match versions.next() {
        Some(first) => Ok((first, versions.collect())),
        None if tags.iter().all(|tag| tag.is_weak) => Err(NoVersion::Weak),
        None => Err(NoVersion::Foreign),
    }
}

struct Tag<'h> {
    is_weak: bool,
    opaque: &'h str,
}

impl Tag<'_> {
    /// The version of the tag, if it has the form of this service's tags.
    fn version(&self) -> Option<i64> {
        let plain = self.opaque.bytes().all(|b| b.is_ascii_digit()) && !self.opaque.starts_with('0');
        self.opaque.parse().ok().filter(|_| plain)
    }
}

/// All entity tags in the fields with this name; `None` when they are malformed, empty, or too many.
fn tags<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<Vec<Tag<'h>>> {
    let mut tags = Vec::new();
    for value in headers.get_all(name) {
        let mut rest = value.to_str().ok()?.trim_matches([' ', '\t', ',']);
        while !rest.is_empty() {
            let (is_weak, quoted) = rest.strip_prefix("W/").map_or((false, rest), |quoted| (true, quoted));
            let (opaque, behind) = quoted.strip_prefix('"')?.split_once('"')?;
            tags.push(Tag { is_weak, opaque });
            let behind = behind.trim_start_matches([' ', '\t']);
            if !behind.is_empty() && !behind.starts_with(',') || tags.len() > MOST_TAGS {
                return None;
            }
            rest = behind.trim_start_matches([' ', '\t', ',']);
        }
    }
    (!tags.is_empty()).then_some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Versions = Result<(i64, Vec<i64>), NoVersion>;

    fn with(name: &HeaderName, values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name.clone(), HeaderValue::from_static(value));
        }
        headers
    }

    fn sent(values: &[&'static str]) -> Versions {
        if_match(&with(&header::IF_MATCH, values))
    }

    #[test]
    fn r4_if_match_names_versions_or_none() {
        let table: [(&[&str], Versions); 18] = [
            (&["\"7\""], Ok((7, vec![]))),
            (&[" \"12\" "], Ok((12, vec![]))),
            (&["\"6\", \"7\""], Ok((6, vec![7]))),
            (&["\"6\"", "\"7\",\"8\""], Ok((6, vec![7, 8]))),
            (&["W/\"6\", \"x,y\", \"7\","], Ok((7, vec![]))),
            (&[], Err(NoVersion::Missing)),
            (&["*"], Err(NoVersion::Missing)),
            (&["W/\"7\""], Err(NoVersion::Weak)),
            (&["W/\"7\", W/\"8\""], Err(NoVersion::Weak)),
            (&["\"abc\""], Err(NoVersion::Foreign)),
            (&["\"\""], Err(NoVersion::Foreign)),
            (&["\"+7\""], Err(NoVersion::Foreign)),
            (&["\"07\""], Err(NoVersion::Foreign)),
            (&["\"99999999999999999999\""], Err(NoVersion::Foreign)),
            (&["7"], Err(NoVersion::Malformed)),
            (&["\"6\" \"7\""], Err(NoVersion::Malformed)),
            (&["\"6\", 7"], Err(NoVersion::Malformed)),
            (&["*, \"7\""], Err(NoVersion::Malformed)),
        ];
        for (values, expected) in table {
            assert_eq!(sent(values), expected, "{values:?}");
        }
    }

    #[tokio::test]
    async fn r4_of_several_versions_the_present_one_is_meant() {
        let headers = with(&header::IF_MATCH, &["\"6\", \"7\""]);
        for (present, meant) in [(7, 7), (6, 6), (9, 6)] {
            assert_eq!(version(&headers, async { Ok(present) }).await.unwrap(), meant, "{present}");
        }
    }

    #[test]
    fn a_client_that_has_the_version_is_not_sent_it_again() {
        for (values, has_it) in [
            (&["\"7\""][..], true),
            (&["W/\"7\""], true),
            (&["\"6\", W/\"7\""], true),
            (&["*"], true),
            (&["\"6\""], false),
            (&["7"], false),
            (&[], false),
        ] {
            let answer = not_modified(&with(&header::IF_NONE_MATCH, values), 7);
            assert_eq!(answer.is_some(), has_it, "{values:?}");
            if let Some(answer) = answer {
                assert_eq!(
                    (answer.status(), &answer.headers()[header::ETAG]),
                    (StatusCode::NOT_MODIFIED, &etag(7))
                );
            }
        }
    }

    #[test]
    fn r4_an_etag_comes_back_as_its_version() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_MATCH, etag(42));
        assert_eq!(if_match(&headers), Ok((42, vec![])));
    }
}
