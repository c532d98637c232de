//! The configuration that both services have in common.

use std::{net::SocketAddr, ops::RangeInclusive, path::PathBuf};

use cache::{CacheUrl, Pace};
use clock::when::Zone;
use database::DatabaseUrl;
use relying_party::{Config, OtherRealm, SessionPolicy};
use secrecy::SecretString;
use settings::Reader;
use web::{
    cookie::CookieSpec,
    limits::{self, Limits},
};

/// What distinguishes one service from the other. It is fixed in the program.
#[derive(Debug, Clone)]
pub struct Service {
    /// Its name in logs, in `/status` and in Redis.
    pub name: &'static str,
    /// Its realm, as people call it.
    pub realm: &'static str,
    /// A valid `listen`, for messages.
    pub listen_example: &'static str,
    /// How many seconds a browser session may be configured to last without a request.
    pub session_idle: RangeInclusive<i64>,
    /// How many seconds it may be configured to last in any case.
    pub session_absolute: RangeInclusive<i64>,
    /// The service of the other realm.
    pub other: OtherService,
}

/// What a service knows of the one of the other realm.
#[derive(Debug, Clone, Copy)]
pub struct OtherService {
    /// Its table in the configuration, which is its name for people as well.
    pub table: &'static str,
    /// Its pages, as people call them.
    pub pages: &'static str,
    /// Its realm, as people call it.
    pub realm: &'static str,
    /// Base name of its session cookie.
    pub cookie: &'static str,
}

/// The keys that both services have, checked.
#[derive(Debug, Clone)]
pub struct ServiceConfig {
    /// Which of the two it is.
    pub service: Service,
    /// Where browsers and API clients reach this service; the audience of its tokens.
    pub public_url: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The product's name on pages.
    pub product: String,
    /// In which people read times.
    pub time_zone: Zone,
    /// Catalogue, orders, content; shared by both services.
    pub database: DatabaseUrl,
    /// Browser sessions of this service only.
    pub sessions_database: DatabaseUrl,
    /// The server that counts requests for all replicas, if there is one.
    pub redis: Option<CacheUrl>,
    /// How many requests one caller may make; none for no limit.
    pub requests: Option<Pace>,
    /// The realm, as its client.
    pub realm: RealmConfig,
    /// The service of the other realm.
    pub other: OtherConfig,
    /// How long browser sessions last.
    pub session: SessionConfig,
    /// How access tokens are judged.
    pub tokens: TokenConfig,
    /// Seals tokens at rest.
    pub sealing_key: SecretString,
    /// The one before the last rotation.
    pub previous_sealing_key: Option<SecretString>,
    /// What the listener asks of those who connect, and whose `X-Forwarded-For` is believed.
    pub listener: Limits,
    /// Private hosts that outbound requests may reach.
    pub private_hosts: Vec<String>,
    /// An additional certificate authority for outbound requests.
    pub ca_file: Option<PathBuf>,
    /// `json` or `pretty`.
    pub log_format: &'static str,
}

/// A realm, as its client.
#[derive(Debug, Clone)]
pub struct RealmConfig {
    /// The only issuer that is believed.
    pub issuer: String,
    /// This service's client.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: SecretString,
}

/// The service of the other realm.
#[derive(Debug, Clone)]
pub struct OtherConfig {
    /// Where it is.
    pub url: String,
    /// Its realm's issuer.
    pub issuer: String,
}

/// How long a browser session lasts, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct SessionConfig {
    /// Without a request.
    pub idle: i64,
    /// In any case.
    pub absolute: i64,
}

/// How access tokens are judged, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct TokenConfig {
    /// Tolerated clock difference.
    pub leeway: i64,
    /// Longest accepted life of an access token.
    pub max_lifetime: i64,
    /// Between two fetches of the realm's keys.
    pub jwks_cooldown: i64,
}

/// How a service signs people in, beside what is configured.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Path of the callback.
    pub callback: String,
    /// Path of the page after signing out.
    pub signed_out: String,
    /// Scopes beside those of every sign-in.
    pub scopes: Vec<&'static str>,
    /// The `acr` that every caller must have, if any.
    pub required_acr: Option<&'static str>,
    /// The session cookie.
    pub session_cookie: CookieSpec,
    /// The cookie of a browser that need not be signed in.
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

    /// Mistakes that more than one key has to be looked at for.
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
