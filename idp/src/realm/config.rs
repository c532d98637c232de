//! A realm file, read: every value typed and checked, every mistake reported at once (D6, P3, E6).

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    path::PathBuf,
};

use cache::CacheUrl;
use clock::when::Zone;
use database::DatabaseUrl;
use language::Language;
use protocol::{
    client::Client,
    jose::rotation::RotationPolicy,
    resource::Resources,
    scope::Scope,
    scope_claims::{self, GROUPS, ROLES},
};
use settings::{Document, Mistakes, Reader};
use web::limits::{self, Limits};

pub use super::tables::{
    AskedClaim, KeyConfig, PasswordConfig, RegistrationConfig, RequestConfig, STANDARD_SCOPES, ScopeConfig,
    SessionConfig, TokenConfig,
};
use super::{
    SecretsInput, clients,
    factors::{self, FactorConfig},
    mail::{self, MailConfig},
    passkeys::{self, PasskeyConfig},
    sections, theme,
    upstreams::{self, UpstreamConfig},
};
use crate::look::Theme;

/// Every key of a realm file, with its default.
pub const DEFAULTS: &str = include_str!("../../../realms/default.toml");
/// The shipped customer realm.
pub const CUSTOMER: &str = include_str!("../../../realms/customer.toml");
/// The shipped staff realm.
pub const ADMIN: &str = include_str!("../../../realms/admin.toml");

/// The configuration in a realm file.
#[derive(Debug, Clone)]
pub struct RealmConfig {
    /// The name in commands, logs and environment variables.
    pub name: String,
    /// The public URL; the `iss` of every token.
    pub issuer: String,
    /// The address and port it listens on.
    pub listen: SocketAddr,
    /// The realm's own database.
    pub database: DatabaseUrl,
    /// The Redis server that keeps short-lived copies for all replicas, if there is one.
    pub redis: Option<CacheUrl>,
    /// The name of the product, as people read it.
    pub product: String,
    /// What its pages look like.
    pub theme: Theme,
    /// The languages of its pages and mails. The first is for people who want none of them.
    pub languages: Vec<Language>,
    /// The time zone in which people read times.
    pub time_zone: Zone,
    /// Whether it is a realm for staff.
    pub staff: bool,
    /// The operator's secrets.
    pub secrets: SecretsInput,
    /// Sessions.
    pub session: SessionConfig,
    /// Passwords.
    pub passwords: PasswordConfig,
    /// Of whom a second factor is demanded.
    pub factors: FactorConfig,
    /// When passkeys are offered, and where else they may be used.
    pub passkeys: PasskeyConfig,
    /// Self-registration.
    pub registration: RegistrationConfig,
    /// The claims that accounts can be given, of those that OpenID Connect defines.
    pub claims: BTreeSet<String>,
    /// The lifetimes of codes and tokens.
    pub tokens: TokenConfig,
    /// Signing keys.
    pub keys: KeyConfig,
    /// How many requests are answered.
    pub requests: RequestConfig,
    /// How long audit events are kept, in seconds.
    pub audit_retention: i64,
    /// The limits for connections to its listener, and who may set forwarded headers.
    pub listener: Limits,
    /// How it sends mail; `None` when it sends none.
    pub mail: Option<MailConfig>,
    /// Private hosts that outbound calls may reach.
    pub private_hosts: Vec<String>,
    /// An additional certificate authority for outbound calls.
    pub ca_file: Option<PathBuf>,
    /// Scopes of resources.
    pub scopes: BTreeMap<String, ScopeConfig>,
    /// The resources that these scopes belong to.
    pub resources: Resources,
    /// The resources whose tokens have the type `JWT`.
    pub plain_resources: BTreeSet<String>,
    /// Roles and their permissions.
    pub roles: BTreeMap<String, Vec<String>>,
    /// Every scope a client can ask for.
    pub offered_scopes: Scope,
    /// Registered clients.
    pub clients: Vec<Client>,
    /// Other providers at which people may sign in.
    pub upstreams: Vec<UpstreamConfig>,
    /// What works but is not advisable.
    pub warnings: Mistakes,
}

impl RealmConfig {
    /// Reads a finished document.
    pub fn read(document: &Document) -> Result<Self, Mistakes> {
        let (config, checked) = Self::read_all(document);
        checked.map(|()| config)
    }

    /// Reads a document to its end. If there are mistakes, the values concerned are empty.
    pub(super) fn read_all(document: &Document) -> (Self, Result<(), Mistakes>) {
        let reader = Reader::new(document);
        let scopes = sections::scopes(&reader);
        let roles = sections::roles(&reader);
        let claims = sections::claims(&reader);
        let offered_scopes = offered_scopes(&scopes, &roles, &claims);
        let clients = clients::read(&reader, &offered_scopes, &scopes);
        let staff = reader.flag("staff");
        let registration = sections::registration(&reader, &roles, staff, &claims);
        let issuer = issuer(&reader);
        let factors = factors::read(&reader, &roles, staff, &issuer);
        let around = upstreams::Around {
            issuer: &issuer,
            roles: &roles,
            registration: &registration,
            staff,
            claims: &claims,
        };
        let upstreams = upstreams::read(&reader, around);
        let network = reader.table("network");
        let config = Self {
            name: name(&reader),
            issuer: issuer.clone(),
            listen: parsed(&reader, "listen", "an address and port").unwrap_or(([127, 0, 0, 1], 0).into()),
            database: reader.database("database"),
            redis: reader.redis(),
            product: reader.text("product"),
            theme: theme::read(&reader, staff),
            languages: reader.languages("languages"),
            time_zone: reader.time_zone("time_zone"),
            staff,
            secrets: sections::secrets(&reader),
            session: sections::session(&reader, staff),
            passwords: sections::passwords(&reader, factors.everybody),
            registration,
            claims,
            factors,
            passkeys: passkeys::read(&reader, &issuer),
            tokens: sections::tokens(&reader, staff),
            keys: sections::keys(&reader),
            requests: sections::requests(&reader),
            resources: scopes.iter().map(|(name, scope)| (name.clone(), scope.resource.clone())).collect(),
            plain_resources: plain_resources(&scopes),
            audit_retention: reader.table("audit").seconds_within("retention", sections::AUDIT_RETENTION),
            listener: limits::read(&reader),
            mail: mail::read(&reader, issuer.starts_with("https://"), staff),
            private_hosts: network.list("private_hosts"),
            ca_file: network.opt_path("ca_file"),
            scopes,
            roles,
            offered_scopes,
            clients,
            upstreams,
            warnings: reader.warnings(),
        };
        (config, reader.finish())
    }

    /// When signing keys are rotated. A retired key stays published as long as a session may hold an ID token that it
    /// signed, since the token is presented again at sign-out.
    pub fn rotation(&self) -> RotationPolicy {
        let tokens = self.tokens.access.max(self.tokens.id);
        let KeyConfig { rotate_after, publish_ahead, .. } = self.keys;
        RotationPolicy { rotate_after, publish_ahead, keep_retired: self.session.absolute + tokens }
    }

    /// Whether people may sign in by a mail alone.
    pub fn signs_in_by_mail(&self) -> bool {
        self.mail.as_ref().is_some_and(|mail| mail.sign_in)
    }

    /// The permissions that come with roles, each once.
    pub fn permissions(&self, roles: &[String]) -> Vec<String> {
        let all = roles.iter().filter_map(|role| self.roles.get(role)).flatten();
        let unique: BTreeSet<&String> = all.collect();
        unique.into_iter().cloned().collect()
    }

    /// The roles that include every permission of the file; none where roles have no permissions.
    pub fn roles_with_every_permission(&self) -> Vec<&str> {
        let all: BTreeSet<&String> = self.roles.values().flatten().collect();
        let has_all = |permissions: &[String]| all.iter().all(|permission| permissions.contains(permission));
        let roles = self.roles.iter().filter(|(_, permissions)| !all.is_empty() && has_all(permissions));
        roles.map(|(name, _)| name.as_str()).collect()
    }
}

fn plain_resources(scopes: &BTreeMap<String, ScopeConfig>) -> BTreeSet<String> {
    scopes.values().filter(|scope| scope.plain).map(|scope| scope.resource.clone()).collect()
}

fn offered_scopes(
    scopes: &BTreeMap<String, ScopeConfig>,
    roles: &BTreeMap<String, Vec<String>>,
    claims: &BTreeSet<String>,
) -> Scope {
    // every account has an e-mail address and `updated_at`; of `address` and `phone` there may be no claims here
    let always = |token: &str| !matches!(token, "address" | "phone");
    let standard = Scope::parse(STANDARD_SCOPES).unwrap_or_default();
    let standard = standard.filter(|token| always(token) || scope_claims::carries_any(token, claims));
    let of_roles = [GROUPS, ROLES].into_iter().filter(|_| !roles.is_empty());
    standard.union(&scopes.keys().map(String::as_str).chain(of_roles).collect())
}

fn name(reader: &Reader<'_>) -> String {
    let name = reader.text("name");
    if !sections::is_word(&name) {
        reader.mistake("name", "use lower-case letters, digits and hyphens, at most 32");
    }
    name
}

fn issuer(reader: &Reader<'_>) -> String {
    let issuer = reader.public_url("issuer");
    if url::Url::parse(&issuer).is_ok_and(|url| url.path() != "/") {
        reader
            .mistake("issuer", "must have no path: a realm has an origin of its own, and so its own cookies");
    }
    issuer
}

fn parsed<T: std::str::FromStr>(reader: &Reader<'_>, key: &str, expected: &str) -> Option<T> {
    let text = reader.opt_text(key);
    if text.is_none() && !reader.has(key) {
        reader.text(key);
        return None;
    }
    let value = text?.parse().ok();
    if value.is_none() {
        reader.mistake(key, format!("must be {expected}"));
    }
    value
}
