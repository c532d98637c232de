//! What the customer side is told at start.

use std::{ffi::OsString, net::SocketAddr, path::PathBuf, sync::Arc};

use cache::{CacheUrl, Pace};
use clock::when::Zone;
use database::DatabaseUrl;
use secrecy::SecretString;
use settings::{Document, Mistakes, Reader};
use web::limits::{self, Limits};

/// Prefix of the environment variables.
pub const ENVIRONMENT_PREFIX: &str = "SHOP_API";

const DEFAULT: &str = include_str!("../default.toml");

/// The whole configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where browsers and API clients reach this service; the audience of its tokens.
    pub public_url: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The shop's name.
    pub product: String,
    /// In which people read times.
    pub time_zone: Zone,
    /// Whether the demo products are put on sale.
    pub demo: bool,
    /// Origins of browser applications that may call the API (H5).
    pub cors_origins: Arc<[String]>,
    /// Whether the content security policy only reports (P5).
    pub csp_report_only: bool,
    /// Catalogue, orders, content; shared with the console.
    pub database: DatabaseUrl,
    /// Browser sessions of this side only.
    pub sessions_database: DatabaseUrl,
    /// The server that counts requests for all replicas, if there is one.
    pub redis: Option<CacheUrl>,
    /// How many requests one caller may make; none for no limit.
    pub requests: Option<Pace>,
    /// The customer realm.
    pub realm: RealmConfig,
    /// The other side.
    pub staff: StaffConfig,
    /// Seconds without a request after which a browser session ends.
    pub session_idle: i64,
    /// Seconds after which it ends in any case.
    pub session_absolute: i64,
    /// Seals tokens at rest.
    pub sealing_key: SecretString,
    /// The one before the last rotation.
    pub previous_sealing_key: Option<SecretString>,
    /// Tolerated clock difference in seconds.
    pub leeway: i64,
    /// Longest accepted life of an access token in seconds.
    pub max_token_lifetime: i64,
    /// Seconds between two fetches of the realm's keys.
    pub jwks_cooldown: i64,
    /// What the listener asks of those who connect, and whose `X-Forwarded-For` is believed.
    pub listener: Limits,
    /// Private hosts that outbound requests may reach.
    pub private_hosts: Vec<String>,
    /// An additional certificate authority for outbound requests.
    pub ca_file: Option<PathBuf>,
    /// `json` or `pretty`.
    pub log_format: &'static str,
}

/// The customer realm, as its client.
#[derive(Debug, Clone)]
pub struct RealmConfig {
    /// The only issuer that is believed.
    pub issuer: String,
    /// This service's client.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: SecretString,
}

/// The staff side.
#[derive(Debug, Clone)]
pub struct StaffConfig {
    /// Where the console is.
    pub url: String,
    /// Its realm.
    pub issuer: String,
}

impl Config {
    /// Reads the operator's document over the defaults; `environment` comes on top.
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
        let config = Self::from_reader(&reader);
        config.check(&reader);
        reader.finish()?;
        Ok(config)
    }

    fn from_reader(reader: &Reader<'_>) -> Self {
        let (session, tokens) = (reader.table("session"), reader.table("tokens"));
        let (network, secrets) = (reader.table("network"), reader.table("secrets"));
        let (realm, staff) = (reader.table("realm"), reader.table("staff"));
        Self {
            public_url: reader.public_url("public_url"),
            listen: listen(reader),
            product: reader.text("product"),
            time_zone: reader.time_zone("time_zone"),
            demo: reader.flag("demo"),
            cors_origins: reader.list("cors_origins").into(),
            csp_report_only: reader.flag("csp_report_only"),
            database: reader.database("database"),
            sessions_database: reader.database("sessions_database"),
            redis: reader.redis(),
            requests: Pace::per_minute(reader.table("requests").int("per_minute", 0..=60_000)),
            realm: RealmConfig {
                issuer: realm.public_url("issuer"),
                client_id: realm.text("client_id"),
                client_secret: realm.secret("client_secret", 16),
            },
            staff: StaffConfig { url: staff.public_url("url"), issuer: staff.public_url("issuer") },
            session_idle: session.seconds_within("idle", 60..=30 * 86_400),
            session_absolute: session.seconds_within("absolute", 300..=90 * 86_400),
            sealing_key: secrets.secret("sealing_key", 32),
            previous_sealing_key: secrets.opt_secret("previous_sealing_key", 32),
            leeway: tokens.seconds_within("leeway", 0..=60),
            max_token_lifetime: tokens.seconds_within("max_lifetime", 60..=86_400),
            jwks_cooldown: tokens.seconds_within("jwks_cooldown", 30..=3600),
            listener: limits::read(reader),
            private_hosts: network.list("private_hosts"),
            ca_file: network.opt_path("ca_file"),
            log_format: reader.table("log").choice("format", &["json", "pretty"]),
        }
    }

    /// Mistakes that more than one key has to be looked at for.
    fn check(&self, reader: &Reader<'_>) {
        if self.database == self.sessions_database {
            reader.mistake(
                "sessions_database",
                "must be a database of its own: the console may not see sessions",
            );
        }
        if self.realm.issuer == self.staff.issuer {
            reader
                .table("staff")
                .mistake("issuer", "is the customer realm's issuer: the two sides may not share one");
        }
        if self.public_url == self.staff.url {
            reader.table("staff").mistake("url", "is this side's own public_url");
        }
        if self.session_idle > self.session_absolute {
            reader.table("session").mistake("idle", "must not be longer than session.absolute");
        }
        if !self.cors_origins.iter().all(|origin| is_origin(origin)) {
            reader.mistake(
                "cors_origins",
                "must list origins such as \"https://app.example.com\", without a path or *",
            );
        }
    }
}

fn listen(reader: &Reader<'_>) -> SocketAddr {
    reader.text("listen").parse().unwrap_or_else(|_| {
        reader.mistake("listen", "must be like 127.0.0.1:7101");
        SocketAddr::from(([127, 0, 0, 1], 0))
    })
}

/// An origin as browsers send it: scheme and authority, nothing else.
fn is_origin(text: &str) -> bool {
    let Some((scheme, authority)) = text.split_once("://") else { return false };
    let fine = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
    };
    matches!(scheme, "http" | "https") && !authority.is_empty() && authority.bytes().all(fine)
}
