use crate::{error::OAuthError, params};

/// The URI to redirect to after a granted request: with the code, the exact state, and the issuer (RFC 9207).
pub fn success_location(redirect_uri: &str, code: &str, state: Option<&str>, issuer: &str) -> String {
    let pairs = [Some(("code", code)), state.map(|state| ("state", state)), Some(("iss", issuer))];
    append(redirect_uri, pairs)
}

/// The URI to redirect to after a refused request: with error, description, state and issuer, nothing else (AUTH-2).
pub fn error_location(redirect_uri: &str, error: &OAuthError, state: Option<&str>, issuer: &str) -> String {
    let description = Some(error.description).filter(|text| !text.is_empty());
    let pairs = [
        Some(("error", error.code.as_str())),
        description.map(|text| ("error_description", text)),
        state.map(|state| ("state", state)),
        Some(("iss", issuer)),
    ];
    append(redirect_uri, pairs)
}

/// Adds parameters to a URI. Its registered query stays as it is, byte for byte (RFC 6749 section 3.1.2).
pub(crate) fn append<'a>(uri: &str, pairs: impl IntoIterator<Item = Option<(&'a str, &'a str)>>) -> String {
    let query = params::encode(pairs.into_iter().flatten());
    let separator = match uri.split_once('?') {
        _ if query.is_empty() => "",
        None => "?",
        Some((_, registered)) if registered.is_empty() || registered.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{uri}{separator}{query}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{catalogue, params::Params};

    const ISSUER: &str = "https://id.example";

    #[test]
    fn a8_success_and_error_carry_the_issuer() {
        assert_eq!(
            success_location("https://a.example/cb", "c-1", Some("s t"), ISSUER),
            "https://a.example/cb?code=c-1&state=s+t&iss=https%3A%2F%2Fid.example"
        );
        assert_eq!(
            error_location("https://a.example/cb", &catalogue::LOGIN_REQUIRED, None, ISSUER),
            "https://a.example/cb?error=login_required&error_description=the+person+must+sign+in\
             &iss=https%3A%2F%2Fid.example"
        );
    }

    #[test]
    fn auth5_a_registered_query_is_kept() {
        let append = |uri| append(uri, [Some(("a", "1"))]);
        assert_eq!(append("https://a.example/cb?x=%41"), "https://a.example/cb?x=%41&a=1");
        assert_eq!(append("https://a.example/cb?"), "https://a.example/cb?a=1");
        assert_eq!(append("https://a.example/cb?x=1&"), "https://a.example/cb?x=1&a=1");
        assert_eq!(append("com.example.app:/cb"), "com.example.app:/cb?a=1");
    }

    proptest! {
        #[test]
        fn a9_state_comes_back_exactly_and_can_not_break_out_of_its_place(state in "\\PC{1,600}") {
            prop_assume!(!state.chars().any(params::is_unwanted));
            let location = success_location("https://a.example/cb?kept=1", "code", Some(&state), ISSUER);
            prop_assert!(location.bytes().all(|byte| byte.is_ascii_graphic()));
            let query = location.strip_prefix("https://a.example/cb?").unwrap();
            let read = Params::parse(query.as_bytes()).unwrap();
            prop_assert_eq!(read.one("state"), Ok(Some(state.as_str())));
            prop_assert_eq!(read.pairs().len(), 4);
        }
    }
}
