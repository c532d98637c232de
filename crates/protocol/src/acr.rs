//! How a user signed in: authentication context (`acr`) and methods (`amr`, RFC 8176).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// `acr` of a sign-in with one factor.
pub const SINGLE: &str = "urn:realmkeep:acr:single-factor";
/// `acr` of a sign-in with two factors.
pub const MULTI: &str = "urn:realmkeep:acr:multi-factor";

/// `amr`: a password was checked.
pub const PWD: &str = "pwd";
/// `amr`: a mail was read. A word of our own: RFC 8176 has none.
pub const EMAIL: &str = "email";
/// `amr`: a one-time code was checked.
pub const OTP: &str = "otp";
/// `amr`: a key that can't leave its device was checked.
pub const HWK: &str = "hwk";
/// `amr`: a key that software can copy to other devices was checked.
pub const SWK: &str = "swk";
/// `amr`: the device has verified its user.
pub const USER: &str = "user";
/// `amr`: more than one factor was checked.
pub const MFA: &str = "mfa";

/// The methods used in a sign-in. Serialises as an array of strings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amr(BTreeSet<String>);

impl Amr {
    /// Adds a method.
    pub fn insert(&mut self, method: &str) {
        self.0.insert(method.to_owned());
    }

    /// Whether this method was used.
    pub fn contains(&self, method: &str) -> bool {
        self.0.contains(method)
    }

    /// Whether a second factor was checked.
    pub fn has_second_factor(&self) -> bool {
        self.contains(OTP) || self.contains(MFA)
    }

    /// The authentication context that these methods reach.
    pub fn acr(&self) -> &'static str {
        if self.has_second_factor() { MULTI } else { SINGLE }
    }

    /// These methods and a one-time code: with it one factor becomes two (RFC 8176).
    #[must_use]
    pub fn with_one_time_code(mut self) -> Self {
        self.insert(OTP);
        self.insert(MFA);
        self
    }

    /// These methods and a passkey whose device has verified its user: alone it is two factors (RFC 8176).
    #[must_use]
    pub fn with_passkey(mut self, synced: bool) -> Self {
        self.insert(if synced { SWK } else { HWK });
        self.insert(USER);
        self.insert(MFA);
        self
    }

    /// Whether no method is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The methods in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<S: Into<String>> FromIterator<S> for Amr {
    fn from_iter<I: IntoIterator<Item = S>>(methods: I) -> Self {
        Self(methods.into_iter().map(Into::into).collect())
    }
}

/// Whether a token's `acr` is the required one. For [`MULTI`] the `amr` must also contain a second factor, in case the
/// issuer claims more than it checked.
pub fn satisfies(required: &str, acr: Option<&str>, amr: &Amr) -> bool {
    acr == Some(required) && (required != MULTI || amr.has_second_factor())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rs4_multi_factor_has_to_be_claimed_and_borne_out() {
        let two = Amr::from_iter([PWD, OTP]);
        assert!(satisfies(MULTI, Some(MULTI), &two));
        assert!(!satisfies(MULTI, Some(MULTI), &Amr::from_iter([PWD])));
        assert!(!satisfies(MULTI, Some(SINGLE), &two));
        assert!(!satisfies(MULTI, None, &two));
        assert!(satisfies("urn:other", Some("urn:other"), &Amr::default()));
    }

    #[test]
    fn mf7_acr_says_multi_factor_only_when_a_second_factor_was_checked() {
        let amr = Amr::from_iter([PWD]);
        assert_eq!(amr.acr(), SINGLE);
        let amr = amr.with_one_time_code();
        assert_eq!(amr, Amr::from_iter([PWD, OTP, MFA]));
        assert_eq!(amr.acr(), MULTI);
        assert_eq!(Amr::default().acr(), SINGLE);
        assert!(!Amr::from_iter(["sms-ish"]).has_second_factor());
        assert_eq!(Amr::from_iter([EMAIL]).acr(), SINGLE);
        assert!(!Amr::from_iter([HWK, USER]).has_second_factor());
    }

    #[test]
    fn s15_a_passkey_is_two_factors_in_one() {
        let (copied, bound) = (Amr::default().with_passkey(true), Amr::default().with_passkey(false));
        assert_eq!(copied, Amr::from_iter([SWK, USER, MFA]));
        assert_eq!(bound, Amr::from_iter([HWK, USER, MFA]));
        assert_eq!((copied.acr(), bound.acr()), (MULTI, MULTI));
        assert_eq!(Amr::from_iter([PWD]).with_passkey(false), Amr::from_iter([PWD, HWK, USER, MFA]));
    }

    #[test]
    fn it_is_an_array_of_strings_on_the_wire() {
        let amr = Amr::from_iter([PWD, OTP]);
        assert_eq!(serde_json::to_string(&amr).unwrap(), r#"["otp","pwd"]"#);
        assert!(serde_json::from_str::<Amr>(r#""pwd""#).is_err());
        assert!(serde_json::from_str::<Amr>("[1]").is_err());
    }
}
