//! What the staff side is told at start.

use std::net::SocketAddr;
use std::path::PathBuf;

use cache::{CacheUrl, Pace};
use clock::when::Zone;
use database::DatabaseUrl;
use secrecy::SecretString;
use settings::{Document, Mistakes, Reader};
use web::client_address::Network;
use web::limits::{self, Limits};

/// Prefix of the environment variables.
pub const ENVIRONMENT_PREFIX: &str = "ADMIN_API";

const DEFAULT: &str = include_str!("../default.toml");

/// The whole configuration, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where browsers and API clients reach this service; the audience of its tokens.
    pub public_url: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The product's name on pages.
    pub product: String,
    /// In which people read times.
    pub time_zone: Zone,
    /// Path in front of the console and of its cookies: `/`, or such as `/admin`.
    pub cookie_path: String,
    /// Networks that may come in at all; empty for all (H3).
    pub allowed_addresses: Vec<Network>,
    /// Catalogue, orders, content; shared with the storefront.
    pub database: DatabaseUrl,
    /// Browser sessions of this side only.
    pub sessions_database: DatabaseUrl,
    /// The server that counts requests for all replicas, if there is one.
    pub redis: Option<CacheUrl>,
    /// How many requests one caller may make; none for no limit.
    pub requests: Option<Pace>,
    /// The staff realm.
    pub realm: RealmConfig,
    /// The other side.
    pub storefront: StorefrontConfig,
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

/// The staff realm, as its client.
#[derive(Clone, Debug)]
pub struct RealmConfig {
    /// The only issuer that is believed.
    pub issuer: String,
    /// This service's client.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: SecretString,
}

/// The customers' side.
#[derive(Clone, Debug)]
pub struct StorefrontConfig {
    /// Where it is.
    pub url: String,
    /// Its realm.
    pub issuer: String,
}

impl Config {
    /// Reads the operator's document over the defaults; `environment` comes on top.
    ///
    /// # Errors
    /// All mistakes together, with file, line and key.
    pub fn read<E>(file: Document, environment: E) -> Result<Config, Mistakes>
    where
        E: IntoIterator<Item = (std::ffi::OsString, std::ffi::OsString)>,
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

    fn from_reader(reader: &Reader<'_>) -> Config {
        let (session, tokens) = (reader.table("session"), reader.table("tokens"));
        let (network, secrets) = (reader.table("network"), reader.table("secrets"));
        Config {
            public_url: reader.public_url("public_url"),
            listen: parsed(reader, "listen", "127.0.0.1:7102")
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0))),
            product: reader.text("product"),
            time_zone: reader.time_zone("time_zone"),
            cookie_path: reader.text("cookie_path"),
            allowed_addresses: limits::networks(reader, "allowed_addresses"),
            database: reader.database("database"),
            sessions_database: reader.database("sessions_database"),
            redis: reader.redis(),
            requests: Pace::per_minute(reader.table("requests").int("per_minute", 0..=60_000)),
            realm: realm(&reader.table("realm")),
            storefront: storefront(&reader.table("storefront")),
            session_idle: session.seconds_within("idle", 60..=86_400),
            session_absolute: session.seconds_within("absolute", 300..=7 * 86_400),
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
                "must be a database of its own: the storefront may not see sessions",
            );
        }
        if self.realm.issuer == self.storefront.issuer {
            reader
                .table("storefront")
                .mistake("issuer", "is the staff realm's issuer: the two sides may not share one");
        }
        if self.public_url == self.storefront.url {
            reader.table("storefront").mistake("url", "is this side's own public_url");
        }
        if self.session_idle > self.session_absolute {
            reader.table("session").mistake("idle", "must not be longer than session.absolute");
        }
        if !is_cookie_path(&self.cookie_path) {
            reader.mistake("cookie_path", "must be / or a path such as /admin, without a slash at its end");
        }
    }
}

fn realm(reader: &Reader<'_>) -> RealmConfig {
    RealmConfig {
        issuer: reader.public_url("issuer"),
        client_id: reader.text("client_id"),
        client_secret: reader.secret("client_secret", 16),
    }
}

fn storefront(reader: &Reader<'_>) -> StorefrontConfig {
    StorefrontConfig { url: reader.public_url("url"), issuer: reader.public_url("issuer") }
}

fn parsed<T: std::str::FromStr>(reader: &Reader<'_>, key: &str, example: &str) -> Option<T> {
    let value = reader.text(key).parse().ok();
    if value.is_none() {
        reader.mistake(key, format!("must be like {example}"));
    }
    value
}

fn is_cookie_path(path: &str) -> bool {
    let segment =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    path == "/" || path.strip_prefix('/').is_some_and(|rest| rest.split('/').all(segment))
}
