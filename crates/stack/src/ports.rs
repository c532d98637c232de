//! Where everything listens.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, ensure};
use serde::Serialize;
use service::http::blocked_port::is_blocked;

/// The bound listeners: bound before anything else happens, so that a taken port is told at once.
#[derive(Debug)]
pub struct Listeners {
    /// The customer realm.
    pub customer: TcpListener,
    /// The staff realm.
    pub admin: TcpListener,
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
    /// Storefront and shop-api.
    pub storefront: String,
    /// Console and admin-api.
    pub console: String,
}

/// From the first port to the storefront's.
const SIDES: u16 = 100;

impl Listeners {
    /// Binds the four ports from `base` on, or four free ones. Refuses a port that browsers don't open.
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
        Ok(Self { customer: at(0)?, admin: at(1)?, shop: at(SIDES)?, console: at(SIDES + 1)? })
    }

    /// Where they are reached.
    pub fn urls(&self) -> anyhow::Result<Urls> {
        let url = |listener: &TcpListener| -> anyhow::Result<String> {
            Ok(format!("http://localhost:{}", listener.local_addr()?.port()))
        };
        Ok(Urls {
            customer_issuer: url(&self.customer)?,
            admin_issuer: url(&self.admin)?,
            storefront: url(&self.shop)?,
            console: url(&self.console)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d1_ports_that_browsers_refuse_are_refused_at_the_start() {
        for base in [10_080, 10_079, 9_980, 6_566] {
            let refused = Listeners::bind(base).err().map(|error| error.to_string());
            assert!(refused.is_some_and(|told| told.contains("browsers refuse")), "{base}");
        }
    }

    #[test]
    fn d1_no_base_port_takes_free_ones() {
        let urls = Listeners::bind(0).and_then(|listeners| listeners.urls());
        assert!(urls.is_ok_and(|urls| urls.storefront != urls.console));
    }
}
