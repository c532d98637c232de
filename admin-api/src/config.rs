//! The configuration of the service of the staff realm.

use std::ffi::OsString;

use service::{Service, ServiceConfig, config::OtherService};
use settings::{Document, Mistakes, Reader};
use web::{client_address::Network, limits};

/// Prefix of the environment variables.
pub const ENVIRONMENT_PREFIX: &str = "ADMIN_API";

const DEFAULT: &str = include_str!("../default.toml");
const DAY: i64 = 86_400;

const SERVICE: Service = Service {
    name: "admin-api",
    realm: "staff",
    listen_example: "127.0.0.1:7102",
    session_idle: 60..=DAY,
    session_absolute: 300..=7 * DAY,
    other: OtherService {
        table: "storefront",
        pages: "storefront",
        realm: "customer",
        cookie: "rk_shop_session",
    },
};

/// The whole configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// The configuration that both services have.
    pub service: ServiceConfig,
    /// Path prefix of the console and its cookies: `/`, or a path such as `/admin`.
    pub cookie_path: String,
    /// Seconds after a sign-in during which dangerous actions need no other (C9).
    pub step_up_after: i64,
    /// Networks that may use the service; empty for all (H3).
    pub allowed_addresses: Vec<Network>,
}

impl AsRef<ServiceConfig> for Config {
    fn as_ref(&self) -> &ServiceConfig {
        &self.service
    }
}

impl Config {
    /// Reads the configuration: the defaults, overridden by the operator's document, overridden by `environment`.
    ///
    /// # Errors
    /// All mistakes together, with file, line and key.
    pub fn read<E>(file: Document, environment: E) -> Result<Self, Mistakes>
    where
        E: IntoIterator<Item = (OsString, OsString)>,
    {
        let document = Document::parse("default.toml", DEFAULT)?
            .overlaid_by(file)
            .with_environment(ENVIRONMENT_PREFIX, environment);
        let reader = Reader::new(&document);
        let config = Self {
            service: ServiceConfig::read(&reader, SERVICE),
            cookie_path: cookie_path(&reader),
            step_up_after: reader.seconds_within("step_up_after", 60..=DAY),
            allowed_addresses: limits::networks(&reader, "allowed_addresses"),
        };
        reader.finish()?;
        Ok(config)
    }

    /// The path prefix of every path of the console: empty, or without a slash at its end.
    pub fn base(&self) -> &str {
        if self.cookie_path == "/" { "" } else { &self.cookie_path }
    }
}

fn cookie_path(reader: &Reader<'_>) -> String {
    let path = reader.text("cookie_path");
    if !is_cookie_path(&path) {
        reader.mistake("cookie_path", "must be / or a path such as /admin, without a slash at its end");
    }
    path
}

fn is_cookie_path(path: &str) -> bool {
    let segment =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    path == "/" || path.strip_prefix('/').is_some_and(|rest| rest.split('/').all(segment))
}
