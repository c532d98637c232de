//! The limits of a listener for its clients: the `[network]` tables of all programs.

use std::time::Duration;

use runtime::descriptors;
use settings::Reader;

use super::client_address::{Network, TrustedProxies};

/// One address may have at most one in this many of a listener's connections, whatever the configuration says.
const SHARE: usize = 4;

/// Limits of a listener and of each connection.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The most connections at a time. At the limit, a new connection replaces one that only waits for its peer; if
    /// none waits, the new one has to wait.
    pub connections: usize,
    /// The most connections of one address, or IPv6 /64.
    pub per_address: usize,
    /// The most connections of an address that haven't sent a whole request head yet.
    pub heads_per_address: usize,
    /// Trusted proxies: their connections carry many clients, so they aren't counted by address.
    pub proxies: TrustedProxies,
    /// Time for a request head to arrive completely; for the first head it starts when the connection is opened.
    pub head_read: Duration,
    /// How long an idle connection is kept.
    pub idle: Duration,
    /// Time for a request body to arrive completely.
    pub body_read: Duration,
    /// Time for a peer to read some more of its answer.
    pub answer_stall: Duration,
    /// Largest request body; a route may set another with `DefaultBodyLimit` (security.md M18).
    pub body_bytes: usize,
    /// How long running requests may take after shutdown has begun.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let connections = descriptors::connections_of_a_listener();
        Self {
            connections,
            per_address: connections,
            heads_per_address: connections,
            proxies: TrustedProxies::default(),
            head_read: Duration::from_secs(5),
            idle: Duration::from_secs(75),
            body_read: Duration::from_secs(10),
            answer_stall: Duration::from_secs(10),
            body_bytes: 64 * 1024,
            grace: Duration::from_secs(20),
        }
    }
}

/// Reads the limits in the table `network`.
pub fn read(reader: &Reader) -> Limits {
    let network = reader.table("network");
    let time = |key, most| Duration::from_secs(network.seconds_within(key, 1..=most).unsigned_abs());
    let number = |key| usize::try_from(network.int(key, 1..=100_000)).unwrap_or(1);
    let limits = Limits::default();
    let share = (limits.connections / SHARE).max(1);
    let per_address = number("connections_per_address").min(share);
    Limits {
        per_address,
        heads_per_address: number("heads_per_address").min(per_address),
        proxies: TrustedProxies::new(networks(&network, "trusted_proxies")),
        head_read: time("head_timeout", 60),
        body_read: time("body_timeout", 120),
        idle: time("idle_timeout", 3600),
        ..limits
    }
}

/// Reads a list of address ranges.
pub fn networks(reader: &Reader, key: &str) -> Vec<Network> {
    let mut networks = Vec::new();
    for (number, text) in (1..).zip(reader.list(key)) {
        match text.parse() {
            Ok(network) => networks.push(network),
            Err(error) => reader.mistake(key, format!("number {number}: {error}")),
        }
    }
    networks
}

#[cfg(test)]
mod tests {
    use settings::{Document, Reader};

    const DEFAULT: &str = "[network]\nconnections_per_address = 1000\nheads_per_address = 100\n\
        head_timeout = \"5s\"\nbody_timeout = \"10s\"\nidle_timeout = \"75s\"\n";

    fn parsed(file: &str) -> Result<(u64, usize), String> {
        let document = Document::parse("default.toml", DEFAULT).unwrap();
        let document = document.overlaid_by(Document::parse("test.toml", file).unwrap());
        let reader = Reader::new(&document);
        let limits = super::read(&reader);
        reader
            .finish()
            .map(|()| (limits.idle.as_secs(), limits.per_address))
            .map_err(|mistakes| mistakes.to_string())
    }

    #[test]
    fn limits_are_read_with_their_bounds_and_no_address_gets_most_of_a_listener() {
        let connections = super::Limits::default().connections;
        assert_eq!(parsed("").unwrap().0, 75);
        let (_, most) = parsed("[network]\nconnections_per_address = 100000\n").unwrap();
        assert!(most <= (connections / super::SHARE).max(1), "{most} of {connections}");
        for (file, key) in [
            ("idle_timeout = \"0s\"", "network.idle_timeout"),
            ("head_timeout = \"5m\"", "network.head_timeout"),
            ("connections_per_address = 0", "network.connections_per_address"),
            ("trusted_proxies = [\"10.0.0.0/8\", \"lan\"]", "number 2"),
        ] {
            let shown = parsed(&format!("[network]\n{file}\n")).unwrap_err();
            assert!(shown.contains(key), "{file}: {shown}");
        }
    }
}
