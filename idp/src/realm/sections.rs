//! The tables of a realm file, each with the bounds of its values.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use cache::Pace;
use protocol::{
    authorize::FactorPolicy,
    jose, profile,
    scope::Scope,
    scope_claims::{GROUPS, ROLES},
    username,
};
use secrecy::ExposeSecret;
use settings::Reader;

use super::{
    SecretsInput,
    tables::{
        AskedClaim, KeyConfig, PasswordConfig, RegistrationConfig, RequestConfig, STANDARD_SCOPES,
        ScopeConfig, SessionConfig, TokenConfig,
    },
};
use crate::{
    authn::{hasher::HashParams, password::PasswordPolicy},
    store::sessions::MOST_ACCOUNTS,
};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// How long the audit trail may be kept, in seconds: an attack is often noticed weeks later.
pub(super) const AUDIT_RETENTION: std::ops::RangeInclusive<i64> = 30 * DAY..=3650 * DAY;

/// How many accounts may be signed in to in one browser. More than the most would not fit into a page and its cookies.
const ACCOUNTS: std::ops::RangeInclusive<i64> = 1..=10;
/// How many that is for customers, where the file says nothing. People who work with several accounts are many.
const USUAL_ACCOUNTS: usize = 5;

/// Lower-case letters, digits and hyphens: fits a cookie name, a log field and a variable's name.
pub(super) fn is_word(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The operator's secrets, which must differ.
pub(super) fn secrets(reader: &Reader<'_>) -> SecretsInput {
    let secrets = reader.table("secrets");
    let bytes = |key| secrets.secret(key, 32).expose_secret().as_bytes().to_vec();
    let opt_bytes =
        |key| secrets.opt_secret(key, 32).map(|secret| secret.expose_secret().as_bytes().to_vec());
    let input = SecretsInput {
        key_encryption_key: bytes("key_encryption_key"),
        previous_key_encryption_key: opt_bytes("previous_key_encryption_key"),
        pepper: bytes("pepper"),
        previous_pepper: opt_bytes("previous_pepper"),
    };
    if !input.pepper.is_empty() && input.pepper == input.key_encryption_key {
        secrets.mistake(
            "pepper",
            "must not be the key-encryption key: each purpose has a secret of its own (K12)",
        );
    }
    let current = [&input.key_encryption_key, &input.pepper];
    for (key, previous) in [
        ("previous_key_encryption_key", &input.previous_key_encryption_key),
        ("previous_pepper", &input.previous_pepper),
    ] {
        if previous.as_ref().is_some_and(|previous| current.contains(&previous)) {
            secrets.mistake(key, "must be none of the secrets in use");
        }
    }
    input
}

/// `[session]`
pub(super) fn session(reader: &Reader<'_>, staff: bool) -> SessionConfig {
    let session = reader.table("session");
    let prefix = session.text("prefix");
    if !is_word(&prefix) {
        session.mistake("prefix", "use lower-case letters, digits and hyphens, at most 32");
    }
    // MF10
    let (idle, absolute) = if staff { (HOUR, 12 * HOUR) } else { (30 * DAY, 30 * DAY) };
    let config = SessionConfig {
        prefix,
        idle: session.seconds_within("idle", 60..=idle),
        absolute: session.seconds_within("absolute", 60..=absolute),
        per_person: session.int("per_person", 1..=1000),
        accounts_per_browser: match session.opt_int("accounts_per_browser", ACCOUNTS) {
            Some(count) => usize::try_from(count).unwrap_or(1).min(MOST_ACCOUNTS),
            // one member of staff in one browser: what is done there is done by that one
            None if staff => 1,
            None => USUAL_ACCOUNTS,
        },
    };
    if config.absolute > 0 && config.idle > config.absolute {
        session.mistake("idle", "must not be longer than `absolute`");
    }
    config
}

/// `[passwords]`
pub(super) fn passwords(reader: &Reader<'_>, factor: FactorPolicy) -> PasswordConfig {
    let table = reader.table("passwords");
    let floor = match factor {
        FactorPolicy::Required | FactorPolicy::PhishingResistant => 8,
        FactorPolicy::Optional => 15,
    };
    let min_code_points = table.int("min_length", 8..=64);
    if min_code_points < floor {
        table.mistake(
            "min_length",
            format!("must be at least {floor} with this realm's second-factor policy (S17)"),
        );
    }
    let small = |key: &str, range| u32::try_from(table.int(key, range)).unwrap_or(1);
    let size = |key: &str, range| usize::try_from(table.int(key, range)).unwrap_or(1);
    let params = HashParams {
        memory_kib: small("memory_kib", 19456..=4_194_304),
        iterations: small("iterations", 1..=64),
        parallelism: small("parallelism", 1..=16),
    };
    let [once, twice] = HashParams::LEAST;
    // a value out of its range was reported already
    if params.memory_kib >= twice.memory_kib && !params.is_enough() {
        table.mistake(
            "iterations",
            format!(
                "must be at least {} with less than {} KiB of memory (W6)",
                twice.iterations, once.memory_kib
            ),
        );
    }
    PasswordConfig {
        policy: PasswordPolicy {
            min_code_points: usize::try_from(min_code_points).unwrap_or(15),
            product_words: vec![
                reader.opt_text("product").unwrap_or_default(),
                reader.opt_text("name").unwrap_or_default(),
                "realmkeep".to_owned(),
            ],
        },
        params,
        workers: size("workers", 1..=256),
        queue: size("queue", 0..=100_000),
        wait: Duration::from_secs(table.seconds_within("wait", 1..=60).unsigned_abs()),
    }
}

/// `[registration]`
pub(super) fn registration(
    reader: &Reader<'_>,
    roles: &BTreeMap<String, Vec<String>>,
    staff: bool,
    offered: &BTreeSet<String>,
) -> RegistrationConfig {
    let table = reader.table("registration");
    let open = table.flag("open");
    let config = RegistrationConfig {
        open,
        role: table.opt_text("role").unwrap_or_default(),
        fields: asked_claims(&table.table("fields"), open, offered),
    };
    if config.open && !roles.contains_key(&config.role) {
        table.mistake("role", "must name one of this file's roles when registration is open");
    }
    if config.open && staff {
        table.mistake(
            "open",
            "must be false in a realm for staff: whoever registers has no second factor, and gets one by an \
             invitation only",
        );
    }
    config
}

/// `[registration.fields]`
fn asked_claims(table: &Reader<'_>, open: bool, offered: &BTreeSet<String>) -> Vec<AskedClaim> {
    let mut asked = Vec::new();
    for claim in profile::askable().chain([username::CLAIM]) {
        let choice = table.opt_choice(claim, &["required", "optional", "off"]);
        let Some(choice) = choice.filter(|choice| *choice != "off") else { continue };
        if open && !offered.contains(claim) {
            table.mistake(claim, "must be \"off\", or `claims.offered` must list this claim");
        }
        asked.push(AskedClaim { claim, required: choice == "required" });
    }
    asked
}

/// `[claims]`
pub(super) fn claims(reader: &Reader<'_>) -> BTreeSet<String> {
    let table = reader.table("claims");
    let offered = table.list("offered");
    let possible: BTreeSet<&str> = profile::names().chain([username::CLAIM]).collect();
    for (number, name) in (1..).zip(&offered) {
        if !possible.contains(name.as_str()) {
            let all = possible.iter().copied().collect::<Vec<_>>().join(", ");
            table.mistake("offered", format!("number {number}: must be one of {all}"));
        }
    }
    offered.into_iter().collect()
}

/// `[tokens]`
pub(super) fn tokens(reader: &Reader<'_>, staff: bool) -> TokenConfig {
    let table = reader.table("tokens");
    // T17
    let longest = if staff { 300 } else { 600 };
    TokenConfig {
        code: table.seconds_within("code", 5..=60),
        access: table.seconds_within("access", 30..=longest),
        id: table.seconds_within("id", 30..=3600),
        refresh_idle: table.seconds_within("refresh_idle", 60..=90 * DAY),
        refresh_absolute: table.seconds_within("refresh_absolute", 60..=365 * DAY),
        refresh_grace: table.seconds_within("refresh_grace", 0..=60),
    }
}

/// `[keys]`
pub(super) fn keys(reader: &Reader<'_>) -> KeyConfig {
    let table = reader.table("keys");
    KeyConfig {
        rotate_after: table.seconds_within("rotate_after", DAY..=3650 * DAY),
        // twice as long as caches may keep the JWKS
        publish_ahead: table.seconds_within("publish_ahead", 600..=DAY),
        // K11
        rsa_bits: u32::try_from(table.int("rsa_bits", 2048..=4096)).unwrap_or(3072),
    }
}

/// `[requests]`
pub(super) fn requests(reader: &Reader<'_>) -> RequestConfig {
    let table = reader.table("requests");
    let pace = |key| Pace::per_minute(table.int(key, 0..=60_000));
    RequestConfig {
        pages: pace("pages_per_minute"),
        endpoints: pace("endpoints_per_minute"),
        pending: table.int("pending_per_address", 10..=100_000),
    }
}

/// `[scopes.*]`
pub(super) fn scopes(reader: &Reader<'_>) -> BTreeMap<String, ScopeConfig> {
    let taken =
        Scope::parse(STANDARD_SCOPES).unwrap_or_default().union(&[GROUPS, ROLES].into_iter().collect());
    let read = |(name, table): (String, Reader<'_>)| {
        let one = Scope::parse(&name).is_ok_and(|scope| scope.contains(&name));
        if taken.contains(&name) || !one {
            table.mistake("description", "this name is not free for a scope of your own");
        }
        let config = ScopeConfig {
            description: table.text("description"),
            resource: table.public_url("resource"),
            plain: table.opt_choice("token_type", &[jose::ACCESS_TOKEN, jose::PLAIN_ACCESS_TOKEN])
                == Some(jose::PLAIN_ACCESS_TOKEN),
        };
        if config.plain {
            table.warning(
                "token_type",
                "an ID token has this type too: see that the resource demands its own `aud`, and better teach it at+jwt",
            );
        }
        (name, config)
    };
    let tables = reader.keyed_tables("scopes");
    let scopes: BTreeMap<String, ScopeConfig> = tables.iter().cloned().map(read).collect();
    for (name, table) in &tables {
        let this = scopes.get(name);
        let differs = |other: &ScopeConfig| {
            this.is_some_and(|this| this.resource == other.resource && this.plain != other.plain)
        };
        if scopes.values().any(differs) {
            table.mistake("token_type", "must be the same for every scope of a resource");
        }
    }
    scopes
}

/// `[roles.*]`
pub(super) fn roles(reader: &Reader<'_>) -> BTreeMap<String, Vec<String>> {
    let roles = reader.keyed_tables("roles");
    if roles.iter().any(|(name, _)| name.contains('|')) {
        reader.mistake("roles", "the name of a role may not contain \"|\"");
    }
    roles.into_iter().map(|(name, table)| (name, table.list("permissions"))).collect()
}
