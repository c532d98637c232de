//! Redirect URIs: which ones may be registered, and when a requested one matches a registered one.
//!
//! Matching compares raw bytes. URL parsers repair, fold and resolve their input, so that two different strings can
//! become the same URL. A comparison after parsing would accept more than was registered.

use url::{Host, Url};

const MAX_BYTES: usize = 2048;
const LOOPBACK_IP_LITERALS: [&str; 2] = ["http://127.0.0.1", "http://[::1]"];
/// The parameters of authorization responses (RFC 6749 section 4.1.2, RFC 9207, OpenID Connect Core and Session
/// Management). A registered URI must not have them: a client that finds one twice can't tell which came from the
/// provider.
const ANSWERS: [&str; 8] =
    ["code", "state", "iss", "error", "error_description", "error_uri", "session_state", "response"];

/// Whether a requested redirect URI matches this registered one. They must be equal byte for byte, except that an
/// `http` URI on a loopback IP literal may have any port (RFC 8252 section 7.3). That exception does not include
/// `localhost`, which is a name.
pub fn matches(registered: &str, presented: &str) -> bool {
    registered == presented
        || match (loopback_without_port(registered), loopback_without_port(presented)) {
            (Some(registered), Some(presented)) => registered == presented,
            _ => false,
        }
}

/// Splits an `http` URI on a loopback IP literal into scheme and host, and the part after the port.
fn loopback_without_port(uri: &str) -> Option<(&'static str, &str)> {
    LOOPBACK_IP_LITERALS.into_iter().find_map(|prefix| {
        let rest = uri.strip_prefix(prefix)?;
        let rest = match rest.strip_prefix(':') {
            Some(port) => {
                let digits = port.bytes().take_while(u8::is_ascii_digit).count();
                let (port, rest) = port.split_at_checked(digits)?;
                (port.len() <= 5 && port.parse::<u16>().is_ok_and(|port| port > 0)).then_some(rest)?
            }
            None => rest,
        };
        (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((prefix, rest))
    })
}

/// Checks whether a URI may be registered as a redirect URI. The error says what is wrong with it.
///
/// Accepted: `https`; `http` on a loopback host; a private-use scheme with a dot in it (RFC 8252 section 7.1). Refused
/// everywhere: fragments, wildcards, credentials, backslashes, spaces, anything but printable ASCII, and every spelling
/// that a browser would rewrite.
pub fn register(uri: &str) -> Result<(), &'static str> {
    if uri.len() > MAX_BYTES {
        return Err("it is longer than 2048 bytes");
    }
    if !uri.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("it may contain printable ASCII characters only");
    }
    if uri.contains(['\\', '*', '"', '<', '>', '^', '`', '{', '|', '}']) {
        return Err("it contains a character that is not allowed in a URI, or a wildcard");
    }
    if uri.contains('#') {
        return Err("it may not have a fragment");
    }
    let url = Url::parse(uri).map_err(|_| "it is not an absolute URI")?;
    if !url.username().is_empty() || url.password().is_some() || authority(uri).contains('@') {
        return Err("it may not contain credentials");
    }
    if url.query_pairs().any(|(name, _)| ANSWERS.contains(&name.as_ref())) {
        return Err("its query already has a parameter that our answer adds, such as code or state");
    }
    let normal = url.as_str();
    if normal != uri && normal.strip_suffix('/') != Some(uri) {
        return Err("it is not in its normal form");
    }
    match url.scheme() {
        "https" if has_plain_host(&url) => Ok(()),
        "https" => Err("its host is not a host name"),
        "http" if is_loopback(&url) => Ok(()),
        "http" => Err("http is for loopback addresses only, use https"),
        scheme if scheme.contains('.') => Ok(()),
        _ => Err("its scheme must be https, or a private one with a dot in it"),
    }
}

/// The part with host and port, as written.
fn authority(uri: &str) -> &str {
    let after = uri.split_once("://").map_or("", |(_, rest)| rest);
    after.split(['/', '?']).next().unwrap_or_default()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip == std::net::Ipv4Addr::LOCALHOST,
        Some(Host::Ipv6(ip)) => ip == std::net::Ipv6Addr::LOCALHOST,
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Whether the host name has only plain characters. URL parsers also accept `;`, `,` and quotes, which have a meaning
/// in a CSP.
fn has_plain_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
        }
        Some(_) => true,
        None => false,
    }
}

/// The CSP `form-action` source that permits a form on this provider's pages to lead to this URI: its origin, or the
/// scheme alone for a private-use one. `None` when no source can name it (see [`needs_page`]) or it could not be
/// registered.
pub fn csp_source(uri: &str) -> Option<String> {
    register(uri).ok()?;
    let url = Url::parse(uri).ok()?;
    Some(match (url.scheme(), url.host()) {
        // CSP host sources have no syntax for IPv6 literals, and the scheme alone would allow every host
        ("http" | "https", Some(Host::Ipv6(_))) => return None,
        // a native application uses another port each time
        ("http", Some(Host::Ipv4(ip))) => format!("http://{ip}:*"),
        ("http" | "https", _) => url.origin().ascii_serialization(),
        (scheme, _) => format!("{scheme}:"),
    })
}

/// Whether no CSP source can name this URI. Then a page without a form leads there.
pub fn needs_page(uri: &str) -> bool {
    Url::parse(uri).is_ok_and(|url| matches!(url.host(), Some(Host::Ipv6(_))))
}

/// Whether the URI identifies the client, as a host name of its own does. Any program on the machine can use a loopback
/// address with any port, or a private-use scheme (RFC 8252 section 8.6). `localhost` has a fixed port here, and is for
/// browser apps under development.
pub fn identifies_client(uri: &str) -> bool {
    let loopback = LOOPBACK_IP_LITERALS.iter().any(|literal| uri.starts_with(literal));
    !loopback && (uri.starts_with("https://") || uri.starts_with("http://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a1_auth5_only_the_same_bytes_match() {
        let registered = "https://app.example/cb?kept=1";
        assert!(matches(registered, registered));
        for presented in [
            "https://app.example/cb",
            "https://app.example/cb?kept=1&more=2",
            "https://app.example/cb?kept=2",
            "https://app.example:443/cb?kept=1",
            "https://APP.example/cb?kept=1",
            "https://app.example/CB?kept=1",
            "https://app.example/cb/?kept=1",
            "https://app.example/x/../cb?kept=1",
            "https://app.example/%63b?kept=1",
            "http://app.example/cb?kept=1",
            "https://app.example/cb?kept=1#",
            "https://app.example/cb?kept=1 ",
            "",
        ] {
            assert!(!matches(registered, presented), "{presented}");
        }
    }

    #[test]
    fn rfc8252_a_loopback_literal_may_name_any_port_and_nothing_else() {
        for (registered, presented) in [
            ("http://127.0.0.1/cb", "http://127.0.0.1:51004/cb"),
            ("http://127.0.0.1:80/cb?a=1", "http://127.0.0.1:65535/cb?a=1"),
            ("http://[::1]:8000", "http://[::1]"),
        ] {
            assert!(matches(registered, presented), "{registered} {presented}");
        }
        for (registered, presented) in [
            ("http://127.0.0.1/cb", "http://127.0.0.1:1/other"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:1/cb?x"),
            ("http://127.0.0.1/cb", "http://[::1]:1/cb"),
            ("http://127.0.0.1/cb", "https://127.0.0.1:1/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1.evil/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:1@evil/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:0/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:65536/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:000080/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:+80/cb"),
            ("http://127.0.0.1", "http://127.0.0.1:1\\@evil"),
            ("http://localhost/cb", "http://localhost:1/cb"),
            ("http://127.0.0.1/cb", "http://2130706433:1/cb"),
            ("http://127.0.0.2/cb", "http://127.0.0.2:1/cb"),
            ("http://127.0.0.1.evil/cb", "http://127.0.0.1:1.evil/cb"),
        ] {
            assert!(!matches(registered, presented), "{registered} {presented}");
        }
    }

    #[test]
    fn a3_what_may_be_registered() {
        for uri in [
            "https://app.example/cb",
            "https://app.example",
            "https://app.example:8443/cb?a=1&b=%2F",
            "http://127.0.0.1/cb",
            "http://127.0.0.1:7101/callback",
            "http://[::1]:8000/cb",
            "http://localhost:7101/callback",
            "com.example.app:/oauth",
            "com.example.app://callback",
            "https://xn--bcher-kva.example/cb",
        ] {
            assert_eq!(register(uri), Ok(()), "{uri}");
        }
    }

    #[test]
    fn a3_a_uri_that_says_what_our_answer_says_can_not_be_registered() {
        for name in ANSWERS {
            for query in [format!("{name}=x"), name.to_owned(), format!("a=1&{name}=")] {
                let uri = format!("https://app.example/cb?{query}");
                assert!(register(&uri).is_err(), "{uri}");
            }
        }
        assert!(register("https://app.example/cb?%63ode=x").is_err(), "however it is written");
        assert_eq!(register("https://app.example/cb?codes=x&tenant=state"), Ok(()));
    }

    #[test]
    fn rfc8252_what_any_program_can_listen_at_identifies_nobody() {
        for uri in ["https://app.example/cb", "http://localhost:8080/cb", "https://[2001:db8::1]/cb"] {
            assert!(identifies_client(uri), "{uri}");
        }
        for uri in
            ["http://127.0.0.1/cb", "http://127.0.0.1:8080/cb", "http://[::1]/cb", "com.example.app:/cb"]
        {
            assert!(!identifies_client(uri), "{uri}");
        }
    }

    #[test]
    fn s6_the_way_to_an_ipv6_literal_leads_over_a_page() {
        assert!(needs_page("http://[::1]:5100/cb?code=x") && needs_page("https://[2001:db8::1]/cb"));
        assert!(!needs_page("http://127.0.0.1:5100/cb") && !needs_page("com.example.app:/cb"));
    }

    #[test]
    fn csp_sources_are_origins_or_schemes() {
        for (uri, source) in [
            ("https://app.example/cb?x=1", Some("https://app.example")),
            ("https://app.example:8443/cb", Some("https://app.example:8443")),
            ("http://127.0.0.1/cb", Some("http://127.0.0.1:*")),
            ("http://localhost:7101/callback", Some("http://localhost:7101")),
            ("http://[::1]/cb", None),
            ("https://[2001:db8::1]/cb", None),
            ("com.example.app:/oauth", Some("com.example.app:")),
            ("https://a;script-src.example/cb", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(csp_source(uri).as_deref(), source, "{uri}");
        }
    }
}
