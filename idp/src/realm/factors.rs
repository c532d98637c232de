//! `[factors]`: of whom a second factor is demanded, and which.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Read,
    path::Path,
};

use openssl::x509::X509;
use protocol::authorize::FactorPolicy;
use settings::Reader;
use uuid::Uuid;

use crate::authn::passkey::attestation::Trusted;

const DAY: i64 = 86_400;
/// The largest file of authorities, in bytes.
const MOST_BYTES: u64 = 64 * 1024;
/// The most models of one maker.
const MOST_MODELS: usize = 200;
/// For how long a browser may be trusted, in seconds.
const TRUSTED: std::ops::RangeInclusive<i64> = 0..=90 * DAY;

/// What is demanded beside a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorConfig {
    /// Of everybody.
    pub everybody: FactorPolicy,
    /// Of whoever has one of [`Self::roles`].
    pub with_role: FactorPolicy,
    /// The roles of which it is demanded.
    pub roles: BTreeSet<String>,
    /// For how many seconds a browser may be spared an optional second factor; 0 for never.
    pub trusts_browsers_for: i64,
    /// The authenticators that may make passkeys; empty for any.
    pub attested: Trusted,
}

impl FactorConfig {
    /// What is demanded of an account with these roles.
    pub fn of<R: AsRef<str>>(&self, roles: &[R]) -> FactorPolicy {
        let has_one = roles.iter().any(|role| self.roles.contains(role.as_ref()));
        if has_one { self.everybody.max(self.with_role) } else { self.everybody }
    }

    /// The strongest demand on any account.
    pub fn strongest(&self) -> FactorPolicy {
        if self.roles.is_empty() { self.everybody } else { self.everybody.max(self.with_role) }
    }
}

/// Reads the table. `staff` realms always require a second factor (MF6); `issuer` says whether there can be passkeys.
pub(super) fn read(
    reader: &Reader<'_>,
    roles: &BTreeMap<String, Vec<String>>,
    staff: bool,
    issuer: &str,
) -> FactorConfig {
    let table = reader.table("factors");
    let is_required = table.choice("second", &["optional", "required"]) != "optional";
    if staff && !is_required {
        table.mistake("second", "must be \"required\" in a realm for staff");
    }
    let named: BTreeSet<String> = table.list("required_for_roles").into_iter().collect();
    for role in named.iter().filter(|role| !roles.contains_key(*role)) {
        table.mistake("required_for_roles", format!("must name this file's roles: there is no \"{role}\""));
    }
    let resists = table.flag("phishing_resistant");
    if resists && !is_required && named.is_empty() {
        table.mistake(
            "phishing_resistant",
            "needs `second = \"required\"`, or roles in `required_for_roles`: of nobody else is a factor demanded",
        );
    }
    let has_passkeys = url::Url::parse(issuer).is_ok_and(|url| url.domain().is_some());
    let attested = attested(&table);
    if !attested.is_empty() && !issuer.is_empty() && !has_passkeys {
        table.mistake("attestation", "needs an issuer with a host name: an IP address has no passkeys");
    }
    if resists && !issuer.is_empty() && !has_passkeys {
        table
            .mistake("phishing_resistant", "needs an issuer with a host name: an IP address has no passkeys");
    }
    let demanded = if resists { FactorPolicy::PhishingResistant } else { FactorPolicy::Required };
    FactorConfig {
        everybody: if is_required { demanded } else { FactorPolicy::Optional },
        with_role: demanded,
        roles: named,
        trusts_browsers_for: table.seconds_within("trusted_browsers", TRUSTED),
        attested,
    }
}

/// `[[factors.attestation]]`: makers of authenticators, each with its authorities and models.
fn attested(table: &Reader<'_>) -> Trusted {
    let mut vouched: Vec<(Vec<u8>, Uuid)> = Vec::new();
    for maker in table.tables("attestation") {
        let authorities = maker.opt_path("ca_file").map(|path| authorities(&path));
        let authorities = match authorities {
            Some(Ok(found)) => found,
            Some(Err(why)) => {
                maker.mistake("ca_file", why);
                Vec::new()
            }
            None => {
                maker.path("ca_file");
                Vec::new()
            }
        };
        let models = maker.list("models");
        if models.is_empty() || models.len() > MOST_MODELS {
            maker.mistake("models", format!("must list one to {MOST_MODELS} models (AAGUIDs)"));
        }
        for (number, text) in (1..).zip(&models) {
            let Ok(model) = Uuid::parse_str(text).map_err(|_| ()).and_then(real) else {
                maker.mistake("models", format!("number {number}: must be an AAGUID that is not all zeros"));
                continue;
            };
            vouched.extend(authorities.iter().map(|authority| (authority.clone(), model)));
        }
    }
    let trusted = Trusted::of(vouched.iter().map(|(authority, model)| (authority.as_slice(), *model)));
    trusted.unwrap_or_else(|| {
        table.mistake("attestation", "has a certificate that can't be read");
        Trusted::default()
    })
}

/// An authenticator that tells no model says zeros.
fn real(model: Uuid) -> Result<Uuid, ()> {
    if model.is_nil() { Err(()) } else { Ok(model) }
}

/// The certificates of a PEM file (DER).
fn authorities(path: &Path) -> Result<Vec<Vec<u8>>, String> {
    let mut pem = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut pem));
    read.map_err(|error| format!("can't be read: {error}"))?;
    let unusable = || "must hold PEM certificates of authorities, at most 64 KiB".to_owned();
    if u64::try_from(pem.len()).is_ok_and(|bytes| bytes > MOST_BYTES) {
        return Err(unusable());
    }
    let found = X509::stack_from_pem(&pem).map_err(|_| unusable())?;
    let found: Result<Vec<_>, _> = found.iter().map(|certificate| certificate.to_der()).collect();
    found.ok().filter(|found| !found.is_empty()).ok_or_else(unusable)
}
