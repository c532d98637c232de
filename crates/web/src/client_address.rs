//! The client's address when proxies are in between (WEB-11, Z19, D7).

use std::{
    net::{IpAddr, Ipv6Addr, SocketAddr},
    str::FromStr,
};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap},
};
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The proxies whose `X-Forwarded-For` is trusted. Empty: none.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<Network>);

/// A range of addresses in CIDR notation, such as `10.0.0.0/8`; a bare address is a range of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpNet);

/// The text is not an address range.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("must be an address range like 10.0.0.0/8 or 2001:db8::/32")]
pub struct NotANetwork;

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let one = |_| text.parse::<IpAddr>().map(IpNet::from);
        text.parse().or_else(one).map(Self).map_err(|_| NotANetwork)
    }
}

impl Network {
    /// Whether the address is in the range. Expects mapped IPv6 addresses in canonical form.
    pub fn contains(self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }
}

impl TrustedProxies {
    /// Trusts the proxies in these ranges.
    pub fn new(networks: Vec<Network>) -> Self {
        Self(networks)
    }

    /// The client's address: the peer's, unless the peer is a trusted proxy. Then it is the right-most address in
    /// `X-Forwarded-For` that isn't a trusted proxy's. The search ends at an entry that is no address.
    pub fn resolve(&self, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer.ip().to_canonical();
        let lines = headers.get_all(FORWARDED_FOR).iter();
        let entries: Vec<&[u8]> = lines.flat_map(|line| line.as_bytes().split(|b| *b == b',')).collect();
        for entry in entries.into_iter().rev() {
            if !self.trusts(nearest) {
                break;
            }
            let Some(address) = std::str::from_utf8(entry).ok().and_then(|entry| address(entry.trim()))
            else {
                break;
            };
            nearest = address.to_canonical();
        }
        nearest
    }

    /// The client's address of a request that a [`server`](super::server) accepted; the unspecified address for other
    /// requests.
    pub fn client(&self, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| *peer);
        self.resolve(peer.unwrap_or_else(|| SocketAddr::from(([0, 0, 0, 0], 0))), headers)
    }

    /// Whether the address is a trusted proxy's. Expects mapped IPv6 addresses in canonical form.
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

/// The address that a subscriber's addresses are counted under: an IPv4 address itself, or the first address of the /64
/// that an IPv6 subscriber has.
pub fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

/// Parses an address as proxies write it: bare or in brackets, with or without a port.
fn address(entry: &str) -> Option<IpAddr> {
    let bare = entry.strip_prefix('[').and_then(|entry| entry.strip_suffix(']')).unwrap_or(entry);
    bare.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn resolve(proxies: &[&str], peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies::new(proxies.iter().map(|text| text.parse().unwrap()).collect());
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(line).unwrap());
        }
        proxies.resolve(SocketAddr::new(peer.parse().unwrap(), 1), &headers).to_string()
    }

    #[test]
    fn web11_only_a_trusted_peer_may_name_the_client() {
        let lan = &["10.0.0.0/8", "fd00::/8"][..];
        for (proxies, peer, forwarded, expected) in [
            (&[][..], "10.0.0.1", &["203.0.113.9"][..], "10.0.0.1"),
            (lan, "198.51.100.1", &["203.0.113.9"], "198.51.100.1"),
            (lan, "10.0.0.1", &[], "10.0.0.1"),
            (lan, "10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            (lan, "::ffff:10.0.0.1", &["203.0.113.9"], "203.0.113.9"),
            (lan, "10.0.0.1", &["1.1.1.1, 203.0.113.9, 10.2.2.2"], "203.0.113.9"),
            (lan, "10.0.0.1", &["1.1.1.1", "203.0.113.9", "10.2.2.2"], "203.0.113.9"),
            (lan, "fd00::1", &["[2001:db8::7]:443"], "2001:db8::7"),
            (lan, "10.0.0.1", &["203.0.113.9:5123"], "203.0.113.9"),
            (lan, "10.0.0.1", &["203.0.113.9, unknown"], "10.0.0.1"),
            (lan, "10.0.0.1", &["10.3.3.3"], "10.3.3.3"),
        ] {
            assert_eq!(resolve(proxies, peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn ranges_are_checked_when_parsed() {
        for wrong in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "host"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
        assert!("0.0.0.0/0".parse::<Network>().unwrap().contains("203.0.113.9".parse().unwrap()));
        assert!("::/0".parse::<Network>().unwrap().contains("2001:db8::1".parse().unwrap()));
        assert!(!"203.0.113.8".parse::<Network>().unwrap().contains("203.0.113.9".parse().unwrap()));
    }

    #[test]
    fn q3_an_ipv6_subscriber_is_one_whatever_address_of_its_64_it_uses() {
        let of = |address: &str| subscriber(address.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_ne!(of("2001:db8:1:3::1"), of("2001:db8:1:2::1"));
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("192.0.2.8"), "192.0.2.8");
    }

    proptest! {
        #[test]
        fn z19_an_untrusted_peer_is_the_client_whatever_it_claims(peer: u32, claim in "[ -~]{0,80}") {
            let peer = IpAddr::from(std::net::Ipv4Addr::from(peer | 0x8000_0000));
            let proxies = TrustedProxies::new(vec!["0.0.0.0/1".parse().unwrap()]);
            let mut headers = HeaderMap::new();
            headers.append(FORWARDED_FOR, HeaderValue::from_str(&claim).unwrap());
            prop_assert_eq!(proxies.resolve(SocketAddr::new(peer, 1), &headers), peer);
        }

        #[test]
        fn z19_other_headers_and_their_order_change_nothing(claim in "([0-9]{1,3}\\.){3}[0-9]{1,3}", first: bool) {
            let proxies = TrustedProxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
            let peer: SocketAddr = "10.0.0.1:1".parse().unwrap();
            let mut alone = HeaderMap::new();
            alone.append(FORWARDED_FOR, HeaderValue::from_str(&claim).unwrap());
            let mut mixed = HeaderMap::new();
            for ours in [first, !first] {
                if ours {
                    mixed.append(FORWARDED_FOR, HeaderValue::from_str(&claim).unwrap());
                } else {
                    mixed.append("forwarded", HeaderValue::from_static("for=192.0.2.1"));
                    mixed.append("x-real-ip", HeaderValue::from_static("192.0.2.1"));
                }
            }
            prop_assert_eq!(proxies.resolve(peer, &alone), proxies.resolve(peer, &mixed));
        }
    }
}
