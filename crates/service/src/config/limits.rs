//! What a listener asks of those who connect to it: the `[network]` tables of all programs.

use std::time::Duration;

use super::reader::Reader;
use crate::http::client_address::{Network, TrustedProxies};
use crate::http::server::Limits;

/// What part of a listener's connections one address may have, whatever the configuration says.
const SHARE: usize = 4;

impl Reader<'_> {
    /// The limits in the table `network`.
    pub fn limits(&self) -> Limits {
        let network = self.table("network");
        let time = |key, most| Duration::from_secs(network.seconds_within(key, 1..=most).unsigned_abs());
        let number = |key| usize::try_from(network.int(key, 1..=100_000)).unwrap_or(1);
        let limits = Limits::default();
        let share = (limits.connections / SHARE).max(1);
        let per_address = number("connections_per_address").min(share);
        Limits {
            per_address,
            heads_per_address: number("heads_per_address").min(per_address),
            proxies: TrustedProxies::new(network.networks("trusted_proxies")),
            head_read: time("head_timeout", 60),
            body_read: time("body_timeout", 120),
            idle: time("idle_timeout", 3600),
            ..limits
        }
    }

    /// A list of address ranges.
    pub fn networks(&self, key: &str) -> Vec<Network> {
        let mut networks = Vec::new();
        for (number, text) in (1..).zip(self.list(key)) {
            match text.parse() {
                Ok(network) => networks.push(network),
                Err(fault) => self.mistake(key, format!("number {number}: {fault}")),
            }
        }
        networks
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Reader};

    const DEFAULT: &str = "[network]\nconnections_per_address = 1000\nheads_per_address = 100\n\
        head_timeout = \"5s\"\nbody_timeout = \"10s\"\nidle_timeout = \"75s\"\n";

    fn read(file: &str) -> Result<(u64, usize), String> {
        let document = Document::parse("default.toml", DEFAULT).unwrap();
        let document = document.overlaid_by(Document::parse("test.toml", file).unwrap());
        let reader = Reader::new(&document);
        let limits = reader.limits();
        reader
            .finish()
            .map(|()| (limits.idle.as_secs(), limits.per_address))
            .map_err(|mistakes| mistakes.to_string())
    }

    #[test]
    fn limits_are_read_with_their_bounds_and_no_address_gets_most_of_a_listener() {
        let connections = super::Limits::default().connections;
        assert_eq!(read("").unwrap().0, 75);
        let (_, most) = read("[network]\nconnections_per_address = 100000\n").unwrap();
        assert!(most <= (connections / super::SHARE).max(1), "{most} of {connections}");
        for (file, key) in [
            ("idle_timeout = \"0s\"", "network.idle_timeout"),
            ("head_timeout = \"5m\"", "network.head_timeout"),
            ("connections_per_address = 0", "network.connections_per_address"),
            ("trusted_proxies = [\"10.0.0.0/8\", \"lan\"]", "number 2"),
        ] {
            let told = read(&format!("[network]\n{file}\n")).unwrap_err();
            assert!(told.contains(key), "{file}: {told}");
        }
    }
}
