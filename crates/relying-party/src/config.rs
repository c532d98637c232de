//! The configuration of a relying party.

use cache::Pace;
use resource_server::BadConfig;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use web::{client_address::TrustedProxies, cookie::CookieSpec};

/// The configuration of one service at one realm.
#[derive(Debug, Clone)]
pub struct Config {
    /// The realm's issuer, compared as an exact string with the metadata, tokens and callback parameters.
    pub issuer: String,
    /// The only audience accepted in access tokens: this service's public URL.
    pub audience: String,
    /// This service's client at the realm.
    pub client_id: String,
    /// The client's secret, sent by `client_secret_basic`.
    pub client_secret: SecretString,
    /// The URL of this service for browsers. Only its origin is used.
    pub public_url: String,
    /// Path of the callback on this service, usually `/callback`. Its directory is the start page, which gets
    /// `?signin=<cancelled|expired|no-cookies|failed|unavailable>` after a failed sign-in.
    pub redirect_path: String,
    /// Path of the page after signing out, usually `/signed-out`; registered at the realm.
    pub after_sign_out_path: String,
    /// Scopes that a sign-in requests and the resource metadata announces.
    pub scopes: Vec<String>,
    /// The `acr` every caller must have, if any (RP7, RS4).
    pub required_acr: Option<String>,
    /// Clock tolerance in seconds, at most 60 (K7).
    pub leeway: i64,
    /// Longest accepted `exp - iat` of an access token in seconds, at most a day (K7).
    pub max_token_lifetime: i64,
    /// Seconds between two fetches of the key set, at least 30 (K14).
    pub jwks_cooldown: i64,
    /// The request limit per caller; `None` for no limit (POOL-4).
    pub requests: Option<Pace>,
    /// The proxies whose `X-Forwarded-For` is trusted.
    pub proxies: TrustedProxies,
    /// The browser session.
    pub session: SessionPolicy,
    /// The realm whose credentials get a refusal with its name (P2, H8).
    pub other_realm: OtherRealm,
    /// At least 32 secret bytes. The keys for sealing tokens and for CSRF tokens are derived from it, each under its
    /// own label.
    pub sealing_key: SecretString,
    /// The key before the last rotation, still accepted for decryption and for CSRF tokens (P10).
    pub previous_sealing_key: Option<SecretString>,
}

/// Lifetimes and cookies of a browser session.
#[derive(Debug, Clone)]
pub struct SessionPolicy {
    /// Seconds without a request after which the session ends.
    pub idle: i64,
    /// Seconds after its start at which the session ends in any case.
    pub absolute: i64,
    /// The session cookie.
    pub cookie: CookieSpec,
    /// The cookie of every browser, also before sign-in. It has to be SameSite=Lax: the callback needs it to find the
    /// attempt, and a page of the issuer's site leads there.
    pub visitor_cookie: CookieSpec,
}

/// The other realm, whose credentials are misplaced here, and the service that accepts them.
#[derive(Debug, Clone)]
pub struct OtherRealm {
    /// Base names of its session cookies, without the prefixes `__Host-` and `__Secure-`.
    pub cookie_names: Vec<String>,
    /// Its name for people ("staff").
    pub name: String,
    /// URL of the service that accepts its credentials.
    pub url: String,
    /// Its issuer.
    pub issuer: String,
}

impl Config {
    /// Refuses values that would make a check ineffective. Returns the parsed public URL.
    pub(crate) fn check(&self) -> Result<Url, BadConfig> {
        let bad = |key, message| Err(BadConfig { key, message });
        self.resource().check()?;
        if self.session.idle <= 0 || self.session.absolute <= 0 {
            return bad("lifetimes", "must be positive");
        }
        let mut keys = std::iter::once(&self.sealing_key).chain(&self.previous_sealing_key);
        if keys.any(|key| key.expose_secret().len() < 32) {
            return bad("sealing_key", "must have at least 32 bytes");
        }
        if self.issuer == self.other_realm.issuer {
            return bad("issuer", "is also the other realm's issuer");
        }
        if !self.redirect_path.starts_with('/') || !self.after_sign_out_path.starts_with('/') {
            return bad("redirect_path", "must be an absolute path");
        }
        if !self
            .session
            .visitor_cookie
            .set("x", None)
            .to_str()
            .is_ok_and(|text| text.contains("SameSite=Lax"))
        {
            return bad("visitor_cookie", "must be SameSite=Lax: the callback needs it");
        }
        match Url::parse(&self.public_url) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
            _ => bad("public_url", "must be an absolute http or https URL"),
        }
    }

    /// The part of the configuration that verifies access tokens.
    pub(crate) fn resource(&self) -> resource_server::Config {
        resource_server::Config {
            issuer: self.issuer.clone(),
            audience: self.audience.clone(),
            scopes: self.scopes.clone(),
            required_acr: self.required_acr.clone(),
            leeway: self.leeway,
            max_token_lifetime: self.max_token_lifetime,
            jwks_cooldown: self.jwks_cooldown,
        }
    }

    /// The start page: the directory of the callback.
    pub fn home(&self) -> &str {
        self.redirect_path
            .rsplit_once('/')
            .map_or("/", |(base, _)| self.redirect_path.split_at(base.len() + 1).0)
    }

    /// The page of a person's account at the realm, with a link back to this client (ACC-15).
    pub fn account_url(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("client_id", &self.client_id);
        format!("{}/account?{}", self.issuer, query.finish())
    }

    /// An absolute URL of this service.
    pub(crate) fn url(&self, path: &str) -> String {
        let origin = Url::parse(&self.public_url).map(|url| url.origin().ascii_serialization());
        format!("{}{path}", origin.unwrap_or_default())
    }
}
