//! Redirect URIs against hostile spellings (Z3, M20).

#![cfg(test)]

use proptest::prelude::*;
use protocol::redirect_uri::{csp_source, matches, register};
use url::Url;

/// What URL parsers repair, fold, resolve or misread.
const HOSTILE: &[&str] = &[
    "https://app.example\\@evil.example/cb",
    "https://app.example@evil.example/cb",
    "https://app.example:443@evil.example/cb",
    "https://a@b@evil.example/cb",
    "https://user:pass@app.example/cb",
    "https://@app.example/cb",
    "https://:@app.example/cb",
    "https://evil.example#@app.example/cb",
    "https://app.example/cb#fragment",
    "https://app.example/cb#",
    "https://APP.example/cb",
    "HTTPS://app.example/cb",
    "https:app.example/cb",
    "https:/app.example/cb",
    "https:///app.example/cb",
    "https:\\\\app.example\\cb",
    "//app.example/cb",
    "/cb",
    "cb",
    "",
    "https://app.example/a/../cb",
    "https://app.example/./cb",
    "https://app.example/%2e%2e/cb",
    "https://app.example/%2E./cb",
    "https://app.example:443/cb",
    "https://app.example:/cb",
    "https://app.example:0443/cb",
    "https://app.example:99999/cb",
    "https://*.example/cb",
    "https://app.example/*",
    "https://app.example/c b",
    "https://app.example/c\tb",
    "https://app.example/c\nb",
    "https://app.example/\0cb",
    " https://app.example/cb",
    "https://app.example/cb ",
    "https://app.ex\u{e4}mple/cb",
    "https://app.example/c\u{fe}b",
    "https://app\u{3002}example/cb",
    "https://app%2eexample/cb",
    "https://app.example%00.evil.example/cb",
    "https://2130706433/cb",
    "https://0x7f.1/cb",
    "https://app.example;script-src/cb",
    "https://app.example,evil.example/cb",
    "https://'app'.example/cb",
    "https:///",
    "https://",
    "https://[::1",
    "https://app.example/\"><script>",
    "http://app.example/cb",
    "http://localhost.evil.example/cb",
    "http://127.0.0.1.evil.example/cb",
    "http://127.0.0.2/cb",
    "http://0.0.0.0/cb",
    "http://[::]/cb",
    "http://[::ffff:127.0.0.1]/cb",
    "http://2130706433/cb",
    "http://127.1/cb",
    "http://localhost./cb",
    "http://user@localhost/cb",
    "javascript:alert(1)",
    "javascript://app.example/%0aalert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "blob:https://app.example/1",
    "about:blank",
    "ws://app.example/cb",
    "myapp:/cb",
    "urn:ietf:wg:oauth:2.0:oob",
];

#[test]
fn a3_m20_no_hostile_spelling_can_be_registered() {
    for uri in HOSTILE {
        assert!(register(uri).is_err(), "{uri:?}");
        assert_eq!(csp_source(uri), None, "{uri:?}");
    }
    assert!(register(&format!("https://app.example/{}", "a".repeat(2048))).is_err());
}

#[test]
fn z3_no_hostile_spelling_matches_a_registered_uri() {
    let registered =
        ["https://app.example/cb", "http://127.0.0.1/cb", "http://[::1]:8000/cb", "com.example.app:/cb"];
    for presented in HOSTILE {
        assert!(!registered.iter().any(|registered| matches(registered, presented)), "{presented:?}");
    }
}

fn host(uri: &str) -> Option<String> {
    Url::parse(uri).ok()?.host_str().map(str::to_owned)
}

proptest! {
    #[test]
    fn z3_away_from_loopback_matching_is_equality_of_bytes(
        registered in "https://[a-z]{1,5}\\.example(:[0-9]{2,4})?/[a-z/]{0,6}", change in ".{0,3}", at in 0usize..30
    ) {
        let at = at.min(registered.len());
        let presented = format!("{}{change}{}", &registered[..at], &registered[at..]);
        prop_assert_eq!(matches(&registered, &presented), registered == presented);
    }

    #[test]
    fn z3_what_matches_goes_to_the_registered_host_and_scheme(
        port in prop::option::of(1u16..), presented in "http://(127\\.0\\.0\\.1|\\[::1\\]|localhost|evil)[:@\\\\./?#0-9a-z]{0,14}"
    ) {
        for host_name in ["127.0.0.1", "[::1]"] {
            let port = port.map(|port| format!(":{port}")).unwrap_or_default();
            let registered = format!("http://{host_name}{port}/cb");
            for presented in [presented.as_str(), &format!("http://{host_name}:7/cb")] {
                if matches(&registered, presented) {
                    prop_assert_eq!(host(presented), host(&registered));
                    prop_assert!(presented.starts_with("http://") && presented.ends_with("/cb"));
                }
            }
            let moved = format!("http://{host_name}:7/cb");
            prop_assert!(matches(&registered, &moved));
        }
    }

    #[test]
    fn z3_registration_is_total_and_admits_only_what_a_browser_reads_the_same(
        noise in ".{0,40}", uri in "(https|http|com\\.a|x)://?[a-zA-Z0-9.@:\\\\\\[\\]%;_-]{0,12}[/?a-z.%#=&]{0,10}"
    ) {
        for uri in [noise, uri] {
            if register(&uri).is_ok() {
                let url = Url::parse(&uri).unwrap();
                let same = url.as_str() == uri || url.as_str().strip_suffix('/') == Some(&uri);
                prop_assert!(same);
                prop_assert!(url.username().is_empty() && url.password().is_none() && url.fragment().is_none());
                prop_assert!(csp_source(&uri).is_some_and(|source| !source.contains([';', ',', ' ', '\''])));
                prop_assert!(matches(&uri, &uri));
            }
        }
    }
}
