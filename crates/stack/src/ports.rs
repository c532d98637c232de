//! Where everything listens.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::Context;
use serde::Serialize;

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
    /// Binds the four ports from `base` on, or four free ones.
    pub fn bind(base: u16) -> anyhow::Result<Self> {
        let at = |offset: u16| {
            let port = if base == 0 { Some(0) } else { base.checked_add(offset) };
            let port = port.context("the ports after --base-port end at 65535")?;
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
