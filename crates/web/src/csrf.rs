//! Two independent protections against cross-site requests: a check of the request's origin, and a token bound to the
//! session (R9, P4, RP4, RP13).

use axum::http::{HeaderMap, HeaderName, header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a page of `public_url`'s origin started a state-changing request. `Sec-Fetch-Site` decides when the browser
/// sends it; otherwise `Origin` must equal this origin. With neither header, or one of them twice, the result is
/// `false`. (`Origin` isn't compared when `Sec-Fetch-Site` is present: under `Referrer-Policy: no-referrer` it is
/// `null`.)
pub fn same_origin(headers: &HeaderMap, public_url: &str) -> bool {
    match (only(headers, &FETCH_SITE), only(headers, &header::ORIGIN)) {
        (Sent::Once(site), Sent::Once(_) | Sent::Never) => site == "same-origin",
        (Sent::Never, Sent::Once(origin)) => {
            url::Url::parse(public_url).is_ok_and(|ours| ours.origin().ascii_serialization() == origin)
        }
        _ => false,
    }
}

/// The token for forms of one session: a MAC over the id that binds it to the browser (of the session or the visitor).
/// `key` must not be used for anything else (K12).
pub fn token(key: &[u8], binding: &str) -> String {
    URL_SAFE_NO_PAD.encode(protocol::secret::hmac(key, &["csrf", binding]))
}

/// Whether `presented` is the token of this binding, compared in constant time.
pub fn verify(key: &[u8], binding: &str, presented: &str) -> bool {
    protocol::secret::eq(token(key, binding).as_bytes(), presented.as_bytes())
}

enum Sent<'h> {
    Never,
    Once(&'h str),
    Wrongly,
}

fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Sent<'h> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Sent::Never,
        (Some(value), None) => value.to_str().map_or(Sent::Wrongly, Sent::Once),
        _ => Sent::Wrongly,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn r9_only_our_own_origin_may_change_state() {
        let ours = "https://shop.example";
        let table: [(&[(&str, &str)], bool); 14] = [
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "same-origin"), ("origin", "null")], true),
            (&[("origin", "https://shop.example")], true),
            (&[], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://shop.example")], false),
            (&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "same-origin")], false),
            (&[("origin", "null")], false),
            (&[("origin", "http://shop.example")], false),
            (&[("origin", "https://shop.example:444")], false),
            (&[("origin", "https://shop.example.evil")], false),
            (&[("origin", "https://shop.example"), ("origin", "https://evil.example")], false),
        ];
        for (sent, expected) in table {
            assert_eq!(same_origin(&headers(sent), ours), expected, "{sent:?}");
        }
    }

    #[test]
    fn a_port_and_a_path_in_the_public_url_are_handled() {
        assert!(same_origin(&headers(&[("origin", "http://localhost:7101")]), "http://localhost:7101/admin"));
        assert!(!same_origin(&headers(&[("origin", "http://localhost:7102")]), "http://localhost:7101"));
        assert!(!same_origin(&headers(&[("origin", "null")]), "not a url"));
    }

    #[test]
    fn p4_a_token_is_bound_to_its_session_and_key() {
        let token = token(b"key", "session-1");
        assert!(verify(b"key", "session-1", &token));
        assert!(!verify(b"key", "session-2", &token));
        assert!(!verify(b"other", "session-1", &token));
        assert!(!verify(b"key", "session-1", ""));
        assert!(!verify(b"key", "session-1", &token[1..]));
    }
}
