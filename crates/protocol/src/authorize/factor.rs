//! Second factors: which ones an account has, what is demanded of it, and whether a sign-in meets that.

use crate::acr::{self, Amr};

/// The second factors of an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Enrolled {
    /// An authenticator app.
    pub app: bool,
    /// At least one passkey.
    pub passkey: bool,
    /// At least one passkey in hardware that has proved what it is.
    pub hardware: bool,
}

impl Enrolled {
    /// Whether a person who has typed the password has to prove a second factor. An authenticator app is set up for
    /// that. A passkey is another way to sign in: where the account's owner has the choice, it does not lock the
    /// password out of devices that don't have the passkey.
    pub fn is_demanded(self, policy: FactorPolicy) -> bool {
        self.app || self.passkey && policy != FactorPolicy::Optional
    }

    /// Whether an account that has these can meet the policy.
    pub const fn can_meet(self, policy: FactorPolicy) -> bool {
        match policy {
            FactorPolicy::Optional => true,
            FactorPolicy::Required => self.app || self.passkey,
            FactorPolicy::PhishingResistant => self.passkey,
        }
    }

    /// Whether recovery codes are of use to the account: they replace what is asked for, but never a passkey where
    /// nothing else will do.
    pub fn is_recovered_by_codes(self, policy: FactorPolicy) -> bool {
        policy != FactorPolicy::PhishingResistant && self.is_demanded(policy)
    }
}

/// Which second factor is demanded of an account, from the weakest demand to the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactorPolicy {
    /// None, unless one was set up to be asked for.
    Optional,
    /// Any.
    Required,
    /// A passkey: neither a one-time code nor a recovery code is safe from a page that pretends to be the realm's.
    PhishingResistant,
}

impl FactorPolicy {
    /// Its name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Optional => "optional",
            Self::Required => "required",
            Self::PhishingResistant => "phishing_resistant",
        }
    }

    /// Whether a sign-in by these methods is enough.
    pub fn is_met_by(self, amr: &Amr) -> bool {
        match self {
            Self::Optional => true,
            Self::Required => amr.has_second_factor(),
            Self::PhishingResistant => amr.has_second_factor() && amr.is_phishing_resistant(),
        }
    }

    /// The authentication context that clients are told who name none.
    pub fn usual_acr(self, amr: &Amr) -> &'static str {
        let demanded = self == Self::PhishingResistant && self.is_met_by(amr);
        if demanded { acr::PHISHING_RESISTANT } else { amr.acr() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acr::{MULTI, PHISHING_RESISTANT, PWD, SINGLE};

    #[test]
    fn mf9_only_a_passkey_meets_the_demand_for_what_can_not_be_phished() {
        let password = Amr::from_iter([PWD]);
        let (app, passkey) = (password.clone().with_one_time_code(), password.clone().with_passkey(true));
        let (policy, required) = (FactorPolicy::PhishingResistant, FactorPolicy::Required);
        assert_eq!([&password, &app, &passkey].map(|amr| policy.is_met_by(amr)), [false, false, true]);
        assert_eq!([&password, &app, &passkey].map(|amr| required.is_met_by(amr)), [false, true, true]);
        assert!(
            !policy.is_met_by(&Amr::from_iter([acr::FED, acr::MFA])),
            "what another provider vouches for"
        );
        assert!(FactorPolicy::Optional.is_met_by(&password));
        assert_eq!(
            [&password, &app, &passkey].map(|amr| policy.usual_acr(amr)),
            [SINGLE, MULTI, PHISHING_RESISTANT]
        );
        assert_eq!(required.usual_acr(&passkey), MULTI, "who doesn't demand it tells as before");
    }

    #[test]
    fn mf9_an_app_and_recovery_codes_are_of_no_use_where_a_passkey_is_demanded() {
        let app = Enrolled { app: true, ..Enrolled::default() };
        let both = Enrolled { app: true, passkey: true, hardware: false };
        assert!(
            !app.can_meet(FactorPolicy::PhishingResistant) && both.can_meet(FactorPolicy::PhishingResistant)
        );
        assert!(
            app.can_meet(FactorPolicy::Required) && !Enrolled::default().can_meet(FactorPolicy::Required)
        );
        assert!(!both.is_recovered_by_codes(FactorPolicy::PhishingResistant));
        assert!(both.is_recovered_by_codes(FactorPolicy::Required));
        let passkey = Enrolled { passkey: true, ..Enrolled::default() };
        assert!(!passkey.is_recovered_by_codes(FactorPolicy::Optional));
    }
}
