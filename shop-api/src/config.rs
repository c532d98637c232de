//! The configuration of the service of the customer realm.

use std::{ffi::OsString, sync::Arc};

use service::{Service, ServiceConfig, config::OtherService};
use settings::{Document, Mistakes, Reader};

/// Prefix of the environment variables.
pub const ENVIRONMENT_PREFIX: &str = "SHOP_API";

const DEFAULT: &str = include_str!("../default.toml");
const DAY: i64 = 86_400;

const SERVICE: Service = Service {
    name: "shop-api",
    realm: "customer",
    listen_example: "127.0.0.1:7101",
    session_idle: 60..=30 * DAY,
    session_absolute: 300..=90 * DAY,
    other: OtherService { table: "staff", pages: "console", realm: "staff", cookie: "rk_console_session" },
};

/// The whole configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// The configuration that both services have.
    pub service: ServiceConfig,
    /// Whether to put the demo products on sale.
    pub demo: bool,
    /// Origins of browser applications that may call the API (H5).
    pub cors_origins: Arc<[String]>,
    /// Whether browsers only report violations of the content security policy (P5).
    pub csp_report_only: bool,
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
            demo: reader.flag("demo"),
            cors_origins: origins(&reader).into(),
            csp_report_only: reader.flag("csp_report_only"),
        };
        reader.finish()?;
        Ok(config)
    }
}

fn origins(reader: &Reader<'_>) -> Vec<String> {
    let origins = reader.list("cors_origins");
    if !origins.iter().all(|origin| is_origin(origin)) {
        reader.mistake(
            "cors_origins",
            "must list origins such as \"https://app.example.com\", without a path or *",
        );
    }
    origins
}

/// An origin as browsers send it: scheme and authority, nothing else.
fn is_origin(text: &str) -> bool {
    let Some((scheme, authority)) = text.split_once("://") else { return false };
    let fine = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
    };
    matches!(scheme, "http" | "https") && !authority.is_empty() && authority.bytes().all(fine)
}
