//! The upstream providers of a realm file: other OpenID providers at which people may sign in.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{profile, username};
use secrecy::SecretString;
use settings::{Reader, is_loopback};
use url::Url;

use super::{sections::is_word, tables::RegistrationConfig};

/// What an upstream is asked for unless the file says otherwise.
const SCOPES: [&str; 3] = ["openid", "profile", "email"];
/// The claim with the address of a new account.
pub const EMAIL: &str = "email";
/// The longest name of a button, in characters.
const MAX_NAME: usize = 60;

/// An OpenID provider at which people may sign in instead of here.
#[derive(Debug, Clone)]
pub struct UpstreamConfig {
    /// Its name in paths and in the database.
    pub id: String,
    /// Its name as people read it.
    pub name: String,
    /// Its issuer, as its ID tokens say it.
    pub issuer: String,
    /// The client that this realm is there.
    pub client_id: String,
    /// The secret of that client.
    pub client_secret: SecretString,
    /// What this realm asks for.
    pub scopes: Vec<String>,
    /// The role of accounts that are made for people whom it sends; `None` when no accounts are made for them.
    pub role: Option<String>,
    /// Whether an address that it has verified counts as confirmed here.
    pub trusted_email: bool,
    /// The values of `acr` in its ID tokens that count as two factors here.
    pub trusted_acr: Vec<String>,
    /// The values of `amr` in its ID tokens that count as two factors here.
    pub trusted_amr: Vec<String>,
    /// Claims of a new account that it calls otherwise: our name, its name.
    pub claims: BTreeMap<String, String>,
}

impl UpstreamConfig {
    /// Whether it can vouch for a second factor.
    pub fn vouches_for_factors(&self) -> bool {
        !self.trusted_acr.is_empty() || !self.trusted_amr.is_empty()
    }
}

/// What the rules for an upstream depend on.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub issuer: &'a str,
    pub roles: &'a BTreeMap<String, Vec<String>>,
    pub registration: &'a RegistrationConfig,
    /// Whether the realm is for staff, who get a second factor by an invitation only.
    pub staff: bool,
    pub claims: &'a BTreeSet<String>,
}

/// Reads every `[[upstream]]`.
pub(super) fn read(reader: &Reader<'_>, around: Around<'_>) -> Vec<UpstreamConfig> {
    let mut ids = BTreeSet::new();
    let mut upstreams = Vec::new();
    for table in reader.tables("upstream") {
        let upstream = upstream(&table, around);
        if !ids.insert(upstream.id.clone()) {
            table.mistake("id", "another upstream has this id already");
        }
        upstreams.push(upstream);
    }
    upstreams
}

fn upstream(table: &Reader<'_>, around: Around<'_>) -> UpstreamConfig {
    let config = UpstreamConfig {
        id: id(table),
        name: name(table),
        issuer: issuer(table, around.issuer),
        client_id: table.text("client_id"),
        client_secret: table.secret("client_secret", 1),
        scopes: scopes(table),
        role: None,
        trusted_email: table.opt_flag("trusted_email").unwrap_or(false),
        trusted_acr: opt_list(table, "trusted_acr"),
        trusted_amr: opt_list(table, "trusted_amr"),
        claims: claims(table, around.claims),
    };
    if around.staff && config.trusted_email && config.vouches_for_factors() {
        table.warning(
            "trusted_email",
            "whoever runs this provider can sign in to every account of staff that has confirmed its address",
        );
    }
    UpstreamConfig { role: role(table, around, config.vouches_for_factors()), ..config }
}

fn id(table: &Reader<'_>) -> String {
    let id = table.text("id");
    if !is_word(&id) {
        table.mistake("id", "use lower-case letters, digits and hyphens, at most 32");
    }
    id
}

fn name(table: &Reader<'_>) -> String {
    let name = table.text("name");
    let count = name.chars().count();
    if name.trim() != name || name.chars().any(char::is_control) || !(1..=MAX_NAME).contains(&count) {
        table.mistake("name", format!("must be a line of at most {MAX_NAME} characters"));
    }
    name
}

/// An issuer is compared byte by byte, so it is kept as it is written: other providers' may end with a slash.
fn issuer(table: &Reader<'_>, ours: &str) -> String {
    let issuer = table.text("issuer");
    match fault_of_issuer(&issuer) {
        Some(fault) => table.mistake("issuer", fault),
        None if issuer.trim_end_matches('/') == ours => {
            table.mistake("issuer", "must not be this realm's own");
        }
        None => {}
    }
    issuer
}

fn fault_of_issuer(issuer: &str) -> Option<&'static str> {
    let Ok(url) = Url::parse(issuer) else { return Some("must be a URL like https://accounts.example.com") };
    let is_here = url.host().is_some_and(|host| is_loopback(&host));
    match url.scheme() {
        "https" => {}
        "http" if is_here => {}
        "http" => return Some("must be https; http is for loopback addresses only"),
        _ => return Some("must be an https URL"),
    }
    let has_more = !url.username().is_empty() || url.password().is_some();
    if has_more || url.query().is_some() || url.fragment().is_some() {
        return Some("must not have a user, a query or a fragment");
    }
    None
}

fn scopes(table: &Reader<'_>) -> Vec<String> {
    if !table.has("scopes") {
        return SCOPES.map(str::to_owned).to_vec();
    }
    let scopes = table.list("scopes");
    let is_token = |scope: &String| {
        !scope.is_empty() && scope.bytes().all(|b| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
    };
    if !scopes.iter().all(is_token) {
        table.mistake("scopes", "each must be a scope, without spaces and quotes");
    } else if !scopes.iter().any(|scope| scope == "openid") {
        table.mistake("scopes", "must contain openid: without it there is no ID token");
    }
    scopes
}

/// The role of new accounts, if some are made.
fn role(table: &Reader<'_>, around: Around<'_>, is_trusted: bool) -> Option<String> {
    let choice = table.opt_choice("accounts", &["create", "link"]);
    let role = table.opt_text("role");
    if choice.unwrap_or(if around.registration.open { "create" } else { "link" }) == "link" {
        if role.is_some() {
            table.mistake("role", "is for accounts = \"create\" only");
        }
        return None;
    }
    if around.staff && !is_trusted {
        table.mistake(
            "accounts",
            "must be \"link\" in a realm for staff while neither `trusted_acr` nor `trusted_amr` says what counts as \
             two factors: new accounts would have none, and get one by an invitation only",
        );
    }
    let role = role.unwrap_or_else(|| around.registration.role.clone());
    if !around.roles.contains_key(&role) {
        let message = if table.has("role") {
            "must be one of this file's roles"
        } else {
            "missing: the role of new accounts, since `registration.role` names none"
        };
        table.mistake("role", message);
    }
    Some(role)
}

/// `[upstream.claims]`
fn claims(table: &Reader<'_>, offered: &BTreeSet<String>) -> BTreeMap<String, String> {
    let claims = table.table("claims");
    let mut mapped = BTreeMap::new();
    for ours in profile::askable().chain([username::CLAIM, EMAIL]) {
        let Some(theirs) = claims.opt_text(ours) else { continue };
        if ours != EMAIL && !offered.contains(ours) {
            claims.mistake(ours, "`claims.offered` must list this claim");
        }
        mapped.insert(ours.to_owned(), theirs);
    }
    mapped
}

fn opt_list(table: &Reader<'_>, key: &str) -> Vec<String> {
    if !table.has(key) {
        // the key is known all the same
        return table.opt_text(key).into_iter().collect();
    }
    table.list(key)
}
