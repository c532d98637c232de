//! Finds the access token of a request (RFC 6750 section 2): only in the header `Authorization`.

use http::{HeaderMap, Uri, header::AUTHORIZATION};

use crate::refusal::Reason;

/// The access token of a request; `None` without an `Authorization` header. A token in the query is ignored (RS5), but
/// together with the header it is refused as a second credential.
///
/// # Errors
/// Why the `Authorization` header holds no usable token.
pub fn presented(headers: &HeaderMap, uri: &Uri) -> Result<Option<String>, Reason> {
    let mut authorization = headers.get_all(AUTHORIZATION).iter();
    let Some(first) = authorization.next() else { return Ok(None) };
    if authorization.next().is_some() || has_query_token(uri) {
        return Err(Reason::TwoCredentials);
    }
    let value = first.to_str().map_err(|_| Reason::InvalidToken)?;
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        // other schemes are treated like no credential
        return Err(Reason::NoCredential);
    }
    match token.trim_matches(' ') {
        "" => Err(Reason::InvalidToken),
        token => Ok(Some(token.to_owned())),
    }
}

fn has_query_token(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "access_token")
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(values: &[&str], uri: &str) -> Result<Option<String>, Reason> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        presented(&headers, &uri.parse().unwrap())
    }

    #[test]
    fn rs5_exactly_one_token_in_the_header_counts() {
        assert_eq!(read(&["Bearer abc"], "/"), Ok(Some("abc".to_owned())));
        assert_eq!(read(&["bEARER abc"], "/?a=1"), Ok(Some("abc".to_owned())));
        assert_eq!(read(&[], "/?access_token=x"), Ok(None));
        assert_eq!(read(&["Bearer abc", "Bearer abc"], "/"), Err(Reason::TwoCredentials));
        assert_eq!(read(&["Bearer abc"], "/?a=1&access%5Ftoken=x"), Err(Reason::TwoCredentials));
        assert_eq!(read(&["Bearer "], "/"), Err(Reason::InvalidToken));
        assert_eq!(read(&["Basic abc"], "/"), Err(Reason::NoCredential));
    }
}
