//! What may be put under load: this machine, and nothing else.

use std::net::Ipv4Addr;

use url::{Host, Url};

/// Why a URL is not called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    /// It leads to another machine, or may do so.
    #[error("{0} is not on this machine: only localhost, 127.0.0.0/8 and [::1] are put under load")]
    Elsewhere(String),
    /// TLS would be measured, and a private authority be needed.
    #[error("{0}: only http is measured; give the address behind whatever ends TLS")]
    Scheme(String),
}

/// Whether a URL leads to this machine. A name other than `localhost` doesn't even when it leads to loopback now.
pub fn is_here(url: &Url) -> Result<(), Unreachable> {
    if url.scheme() != "http" {
        return Err(Unreachable::Scheme(url.to_string()));
    }
    let here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if here { Ok(()) } else { Err(Unreachable::Elsewhere(url.to_string())) }
}

/// The address that browser number `n` has: most providers count attempts per address, and people rarely share one.
pub fn source(n: usize) -> Ipv4Addr {
    let low = u8::try_from(n % 250).unwrap_or_default();
    let high = u8::try_from(n / 250 % 250).unwrap_or_default();
    Ipv4Addr::new(127, 0, high + 1, low + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(url: &str) -> Result<(), Unreachable> {
        is_here(&Url::parse(url).unwrap())
    }

    #[test]
    fn only_this_machine_is_put_under_load() {
        for url in ["http://localhost:7001/x", "http://127.0.0.1", "http://127.8.9.10:80/", "http://[::1]:81"]
        {
            assert!(judged(url).is_ok(), "{url}");
        }
        for url in [
            "http://id.example.com/",
            "http://localhost.example.com/",
            "http://localhost@example.com/",
            "http://192.168.1.1/",
            "http://0.0.0.0:7001/",
            "http://[::ffff:127.0.0.1]/",
            "http://[fe80::1]/",
        ] {
            assert!(matches!(judged(url), Err(Unreachable::Elsewhere(_))), "{url}");
        }
        assert!(matches!(judged("https://localhost/"), Err(Unreachable::Scheme(_))));
    }

    #[test]
    fn every_browser_of_a_storm_has_an_address_of_its_own() {
        let all: std::collections::BTreeSet<_> = (0..1000).map(source).collect();
        assert!(all.len() == 1000 && all.iter().all(Ipv4Addr::is_loopback));
    }
}
