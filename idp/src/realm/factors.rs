//! `[factors]`: of whom a second factor is demanded, and which.

use std::collections::{BTreeMap, BTreeSet};

use protocol::authorize::FactorPolicy;
use settings::Reader;

const DAY: i64 = 86_400;
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
    }
}
