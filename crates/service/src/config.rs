//! The configuration that both services have in common.

use std::{net::SocketAddr, ops::RangeInclusive, path::PathBuf};

use cache::{CacheUrl, Pace};
use clock::when::Zone;
use database::DatabaseUrl;
use language::Language;
use relying_party::{Config, OtherRealm, SessionPolicy};
use secrecy::SecretString;
use settings::Reader;
use web::{
    cookie::CookieSpec,
    limits::{self, Limits},
};

/// The differences between the two services. They are fixed in the program.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its name in logs, in `/status` and in Redis.
    pub name: &'static str,
    /// Its realm's name for people.
    pub realm: &'static str,
    /// A valid `listen` value, for error messages.
    pub listen_example: &'static str,
    /// Allowed values of `session.idle`, in seconds.
    pub session_idle: RangeInclusive<i64>,
    /// Allowed values of `session.absolute`, in seconds.
    pub session_absolute: RangeInclusive<i64>,
    /// The service of the other realm.
    pub other: OtherService,
}

/// What a service knows about the service of the other realm.
#[derive(Debug, Clone, Copy)]
pub struct OtherService {
    /// Its table in the configuration; also its name for people.
    pub table: &'static str,
    /// The name of its pages for people.
    pub pages: &'static str,
    /// Its realm's name for people.
    pub realm: &'static str,
    /// Base name of its session cookie.
    pub cookie: &'static str,
}

/// The configuration keys that both services have, checked.
#[derive(Debug, Clone)]
pub struct ServiceConfig {
    /// Which of the two services it is.
    pub service: Service,
    /// The URL for browsers and API clients; the audience of this service's tokens.
    pub public_url: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The product's name on pages.
    pub product: String,
    /// The languages of pages, the one for people who want none of them first.
    pub languages: Vec<Language>,
    /// The time zone of times on pages.
    pub time_zone: Zone,
    /// The database of catalogue, orders and content; shared by both services.
    pub database: DatabaseUrl,
    /// The database of this service's browser sessions.
    pub sessions_database: DatabaseUrl,
    /// The Redis server that counts requests of all replicas, if there is one.
    pub redis: Option<CacheUrl>,
    /// The request limit per caller; `None` for no limit.
    pub requests: Option<Pace>,
    /// The realm and this service's client there.
    pub realm: RealmConfig,
    /// The service of the other realm.
    pub other: OtherConfig,
    /// How long browser sessions last.
    pub session: SessionConfig,
    /// How access tokens are verified.
    pub tokens: TokenConfig,
    /// The key that seals tokens at rest.
    pub sealing_key: SecretString,
    /// The key before the last rotation.
    pub previous_sealing_key: Option<SecretString>,
    /// The listener's limits, and the proxies whose `X-Forwarded-For` is trusted.
    pub listener: Limits,
    /// Private hosts that outbound requests may reach.
    pub private_hosts: Vec<String>,
    /// An additional certificate authority for outbound requests.
    pub ca_file: Option<PathBuf>,
    /// `json` or `pretty`.
    pub log_format: &'static str,
}

/// A realm and this service's client there.
#[derive(Debug, Clone)]
pub struct RealmConfig {
    /// The only accepted issuer.
    pub issuer: String,
    /// The id of this service's client.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: SecretString,
}

/// The service of the other realm.
#[derive(Debug, Clone)]
pub struct OtherConfig {
    /// Its public URL.
    pub url: String,
    /// Its realm's issuer.
    pub issuer: String,
}

/// How long a browser session lasts, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct SessionConfig {
    /// Longest time without a request.
    pub idle: i64,
    /// Longest time in any case.
    pub absolute: i64,
}

/// How access tokens are verified, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct TokenConfig {
    /// Tolerated clock difference.
    pub leeway: i64,
    /// Longest accepted lifetime of an access token.
    pub max_lifetime: i64,
    /// Time between two fetches of the realm's keys.
    pub jwks_cooldown: i64,
}

/// The parts of sign-in that aren't configurable.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Path of the callback.
    pub callback: String,
    /// Path of the page after signing out.
    pub signed_out: String,
    /// Scopes in addition to those of every sign-in.
    pub scopes: Vec<&'static str>,
    /// The `acr` that every caller must have, if any.
    pub required_acr: Option<&'static str>,
    /// The session cookie.
    pub session_cookie: CookieSpec,
    /// The cookie of every browser, also before sign-in.
    pub visitor_cookie: CookieSpec,
}

/// The scopes of every sign-in.
const SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

impl ServiceConfig {
    /// Reads the keys that both services have. Mistakes are collected in the reader.
    pub fn read(reader: &Reader<'_>, service: Service) -> Self {
        let (session, tokens) = (reader.table("session"), reader.table("tokens"));
        let (network, secrets) = (reader.table("network"), reader.table("secrets"));
        let (realm, other) = (reader.table("realm"), reader.table(service.other.table));
        let config = Self {
            public_url: reader.public_url("public_url"),
            listen: listen(reader, service.listen_example),
            product: reader.text("product"),
            languages: reader.languages("languages"),
            time_zone: reader.time_zone("time_zone"),
            database: reader.database("database"),
            sessions_database: reader.database("sessions_database"),
            redis: reader.redis(),
            requests: Pace::per_minute(reader.table("requests").int("per_minute", 0..=60_000)),
            realm: RealmConfig {
                issuer: realm.public_url("issuer"),
                client_id: realm.text("client_id"),
                client_secret: realm.secret("client_secret", 16),
            },
            other: OtherConfig { url: other.public_url("url"), issuer: other.public_url("issuer") },
            session: SessionConfig {
                idle: session.seconds_within("idle", service.session_idle.clone()),
                absolute: session.seconds_within("absolute", service.session_absolute.clone()),
            },
            tokens: TokenConfig {
                leeway: tokens.seconds_within("leeway", 0..=60),
                max_lifetime: tokens.seconds_within("max_lifetime", 60..=86_400),
                jwks_cooldown: tokens.seconds_within("jwks_cooldown", 30..=3600),
            },
            sealing_key: secrets.secret("sealing_key", 32),
            previous_sealing_key: secrets.opt_secret("previous_sealing_key", 32),
            listener: limits::read(reader),
            private_hosts: network.list("private_hosts"),
            ca_file: network.opt_path("ca_file"),
            log_format: reader.table("log").choice("format", &["json", "pretty"]),
            service,
        };
        config.check(reader);
        config
    }

    /// Finds mistakes that involve more than one key.
    fn check(&self, reader: &Reader<'_>) {
        let Service { realm, other, .. } = &self.service;
        if self.database == self.sessions_database {
            let message = format!("must be a database of its own: the {} may not see sessions", other.pages);
            reader.mistake("sessions_database", message);
        }
        let table = reader.table(other.table);
        if self.realm.issuer == self.other.issuer {
            table.mistake(
                "issuer",
                format!("is the {realm} realm's issuer: the two realms may not share one"),
            );
        }
        if self.public_url == self.other.url {
            table.mistake("url", "is this service's own public_url");
        }
        if self.session.idle > self.session.absolute {
            reader.table("session").mistake("idle", "must not be longer than session.absolute");
        }
    }

    /// The language of pages for people who want none of the others.
    pub fn language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::English)
    }

    /// The configuration of the relying party.
    pub fn relying_party(&self, sign_in: SignIn) -> Config {
        let scopes = SCOPES.into_iter().chain(sign_in.scopes);
        Config {
            issuer: self.realm.issuer.clone(),
            audience: self.public_url.clone(),
            client_id: self.realm.client_id.clone(),
            client_secret: self.realm.client_secret.clone(),
            public_url: self.public_url.clone(),
            redirect_path: sign_in.callback,
            after_sign_out_path: sign_in.signed_out,
            scopes: scopes.map(str::to_owned).collect(),
            required_acr: sign_in.required_acr.map(str::to_owned),
            leeway: self.tokens.leeway,
            max_token_lifetime: self.tokens.max_lifetime,
            jwks_cooldown: self.tokens.jwks_cooldown,
            requests: self.requests,
            proxies: self.listener.proxies.clone(),
            session: SessionPolicy {
                idle: self.session.idle,
                absolute: self.session.absolute,
                cookie: sign_in.session_cookie,
                visitor_cookie: sign_in.visitor_cookie,
            },
            other_realm: OtherRealm {
                cookie_names: vec![self.service.other.cookie.to_owned()],
                name: self.service.other.realm.to_owned(),
                url: self.other.url.clone(),
                issuer: self.other.issuer.clone(),
            },
            sealing_key: self.sealing_key.clone(),
            previous_sealing_key: self.previous_sealing_key.clone(),
        }
    }
}

fn listen(reader: &Reader<'_>, example: &str) -> SocketAddr {
    reader.text("listen").parse().unwrap_or_else(|_| {
        reader.mistake("listen", format!("must be like {example}"));
        SocketAddr::from(([127, 0, 0, 1], 0))
    })
}
