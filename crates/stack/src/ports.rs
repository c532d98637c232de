//! The addresses of all listeners.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, ensure};
use serde::Serialize;
use settings::blocked_port::is_blocked;

/// The listeners. They are bound before anything else happens, so that a port in use is reported at once.
#[derive(Debug)]
pub struct Listeners {
    /// The customer realm.
    pub customer: TcpListener,
    /// The staff realm.
    pub admin: TcpListener,
    /// The mailbox.
    pub mailbox: TcpListener,
    /// Storefront and shop-api.
    pub shop: TcpListener,
    /// Console and admin-api.
    pub console: TcpListener,
}

/// The public URLs.
#[derive(Debug, Clone, Serialize)]
pub struct Urls {
    /// The customer realm's issuer.
    pub customer_issuer: String,
    /// The staff realm's issuer.
    pub admin_issuer: String,
    /// The mailbox.
    pub mailbox: String,
    /// Storefront and shop-api.
    pub storefront: String,
    /// Console and admin-api.
    pub console: String,
}

/// Difference between the first port and the first one of the two APIs.
const APIS: u16 = 100;

impl Listeners {
    /// Binds the five ports from `base` on, or five free ones. Refuses a port that browsers don't open.
    pub fn bind(base: u16) -> anyhow::Result<Self> {
        let at = |offset: u16| {
            let port = if base == 0 { Some(0) } else { base.checked_add(offset) };
            let port = port.context("the ports after --base-port end at 65535")?;
            ensure!(
                port == 0 || !is_blocked(port),
                "browsers refuse to open port {port}; choose others with --base-port"
            );
            TcpListener::bind((Ipv4Addr::LOCALHOST, port))
                .with_context(|| format!("port {port} can't be listened on; choose others with --base-port"))
        };
        Ok(Self { customer: at(0)?, admin: at(1)?, mailbox: at(2)?, shop: at(APIS)?, console: at(APIS + 1)? })
    }

    /// The public URLs of the listeners.
    pub fn urls(&self) -> anyhow::Result<Urls> {
        let port = |listener: &TcpListener| anyhow::Ok(listener.local_addr()?.port());
        Ok(Urls::at([
            port(&self.customer)?,
            port(&self.admin)?,
            port(&self.mailbox)?,
            port(&self.shop)?,
            port(&self.console)?,
        ]))
    }
}

impl Urls {
    /// The URLs of a system that was started with this base port.
    pub fn of(base: u16) -> anyhow::Result<Self> {
        ensure!(base != 0, "say with --base-port which system it is about");
        let at = |offset: u16| base.checked_add(offset).context("the ports after --base-port end at 65535");
        Ok(Self::at([base, at(1)?, at(2)?, at(APIS)?, at(APIS + 1)?]))
    }

    fn at(ports: [u16; 5]) -> Self {
        let [customer_issuer, admin_issuer, mailbox, storefront, console] =
            ports.map(|port| format!("http://localhost:{port}"));
        Self { customer_issuer, admin_issuer, mailbox, storefront, console }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d1_ports_that_browsers_refuse_are_refused_at_the_start() {
        for base in [10_080, 10_079, 9_980, 6_566] {
            let refused = Listeners::bind(base).err().map(|error| error.to_string());
            assert!(refused.is_some_and(|message| message.contains("browsers refuse")), "{base}");
        }
    }

    #[test]
    fn the_urls_of_a_base_port_are_those_that_listeners_on_it_have() {
        let listeners = Listeners::bind(0);
        let first = listeners.and_then(|listeners| listeners.urls()).unwrap().customer_issuer;
        let base: u16 = first.rsplit(':').next().unwrap().parse().unwrap();
        assert_eq!(Urls::of(base).unwrap().customer_issuer, first);
        assert_eq!(Urls::of(7001).unwrap().console, "http://localhost:7102");
        assert!(Urls::of(0).is_err() && Urls::of(u16::MAX).is_err());
    }

    #[test]
    fn d1_no_base_port_takes_free_ones() {
        let urls = Listeners::bind(0).and_then(|listeners| listeners.urls());
        assert!(urls.is_ok_and(|urls| urls.storefront != urls.console));
    }
}
