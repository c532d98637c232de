//! How a user signed in: authentication context (`acr`) and methods (`amr`, RFC 8176).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// `acr` of a sign-in with one factor.
pub const SINGLE: &str = "urn:realmkeep:acr:single-factor";
/// `acr` of a sign-in with two factors.
pub const MULTI: &str = "urn:realmkeep:acr:multi-factor";
/// `acr` of a sign-in that can't be phished (OpenID Connect Extended Authentication Profile ACR Values 1.0): with a
/// passkey. It is told to clients that name it.
pub const PHISHING_RESISTANT: &str = "phr";
/// `acr` of such a sign-in with a key in hardware that has proved what it is (the same specification).
pub const PHISHING_RESISTANT_HARDWARE: &str = "phrh";

/// `amr`: a password was checked.
pub const PWD: &str = "pwd";
/// `amr`: a mail was read. A word of our own: RFC 8176 has none.
pub const EMAIL: &str = "email";
/// `amr`: the person has signed in at another provider. A word of our own: RFC 8176 has none.
pub const FED: &str = "fed";
/// `amr`: a one-time code was checked.
pub const OTP: &str = "otp";
/// `amr`: a key that can't leave its device was checked.
pub const HWK: &str = "hwk";
/// `amr`: a key that software can copy to other devices was checked.
pub const SWK: &str = "swk";
/// `amr`: the hardware that holds the key has proved what it is, when the key was registered. A word of our own: RFC
/// 8176 has none.
pub const ATTESTED: &str = "attested";
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

    /// Whether a key was checked that answers at its own origin only.
    pub fn is_phishing_resistant(&self) -> bool {
        self.contains(HWK) || self.contains(SWK)
    }

    /// Whether a key was checked that can't leave its device, and that device has proved what it is.
    pub fn is_in_attested_hardware(&self) -> bool {
        self.contains(HWK) && self.contains(ATTESTED)
    }

    /// The authentication context that these methods reach.
    pub fn acr(&self) -> &'static str {
        if self.has_second_factor() { MULTI } else { SINGLE }
    }

    /// The first of these contexts that the methods reach; `usual` when none of them is.
    pub fn acr_of<'a>(&self, named: impl IntoIterator<Item = &'a str>, usual: &'static str) -> &'static str {
        let own = self.acr();
        let reached = named.into_iter().find_map(|acr| match acr {
            PHISHING_RESISTANT if self.is_phishing_resistant() => Some(PHISHING_RESISTANT),
            PHISHING_RESISTANT_HARDWARE if self.is_in_attested_hardware() => {
                Some(PHISHING_RESISTANT_HARDWARE)
            }
            _ => (acr == own).then_some(own),
        });
        reached.unwrap_or(usual)
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

    /// These methods with a passkey whose device has proved what it is.
    #[must_use]
    pub fn with_attested_hardware(mut self) -> Self {
        self.insert(ATTESTED);
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

/// Whether a token's `acr` is the required one. A sign-in that can't be phished is one with two factors too. The `amr`
/// must bear it out, in case the issuer claims more than it checked.
pub fn satisfies(required: &str, acr: Option<&str>, amr: &Amr) -> bool {
    let is_in_hardware = acr == Some(PHISHING_RESISTANT_HARDWARE) && amr.is_in_attested_hardware();
    let is_phishing_resistant =
        is_in_hardware || acr == Some(PHISHING_RESISTANT) && amr.is_phishing_resistant();
    match required {
        PHISHING_RESISTANT_HARDWARE => is_in_hardware,
        MULTI => (acr == Some(MULTI) || is_phishing_resistant) && amr.has_second_factor(),
        PHISHING_RESISTANT => is_phishing_resistant,
        _ => acr == Some(required),
    }
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
    fn rs4_phishing_resistance_is_two_factors_and_has_to_be_borne_out() {
        let passkey = Amr::default().with_passkey(true);
        assert!(satisfies(PHISHING_RESISTANT, Some(PHISHING_RESISTANT), &passkey));
        assert!(satisfies(MULTI, Some(PHISHING_RESISTANT), &passkey));
        assert!(!satisfies(PHISHING_RESISTANT, Some(MULTI), &passkey), "nobody asked for it");
        let app = Amr::from_iter([PWD, OTP, MFA]);
        assert!(!satisfies(PHISHING_RESISTANT, Some(PHISHING_RESISTANT), &app));
        assert!(!satisfies(MULTI, Some(PHISHING_RESISTANT), &app));
        assert!(!satisfies(SINGLE, Some(PHISHING_RESISTANT), &passkey));
        let bound = Amr::default().with_passkey(false);
        let attested = bound.clone().with_attested_hardware();
        for required in [MULTI, PHISHING_RESISTANT, PHISHING_RESISTANT_HARDWARE] {
            assert!(satisfies(required, Some(PHISHING_RESISTANT_HARDWARE), &attested), "{required}");
            assert!(!satisfies(required, Some(PHISHING_RESISTANT_HARDWARE), &bound), "{required}");
        }
        assert!(!satisfies(PHISHING_RESISTANT_HARDWARE, Some(PHISHING_RESISTANT), &attested));
    }

    #[test]
    fn auth9_a_client_is_told_the_first_context_that_it_names_and_that_is_reached() {
        let (passkey, app) = (Amr::default().with_passkey(false), Amr::from_iter([PWD, OTP, MFA]));
        for (amr, named, told) in [
            (&passkey, &[][..], MULTI),
            (&passkey, &[PHISHING_RESISTANT], PHISHING_RESISTANT),
            (&passkey, &["urn:x", PHISHING_RESISTANT, MULTI], PHISHING_RESISTANT),
            (&passkey, &[MULTI, PHISHING_RESISTANT], MULTI),
            (&passkey, &["phrh"], MULTI),
            (&app, &[PHISHING_RESISTANT, MULTI], MULTI),
            (&app, &[PHISHING_RESISTANT], MULTI),
        ] {
            assert_eq!(amr.acr_of(named.iter().copied(), amr.acr()), told, "{amr:?} {named:?}");
        }
        assert_eq!(
            passkey.acr_of([], PHISHING_RESISTANT),
            PHISHING_RESISTANT,
            "where nothing less is possible"
        );
        assert_eq!(passkey.acr_of([MULTI], PHISHING_RESISTANT), MULTI, "who names less is told that");
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
        assert_eq!(Amr::from_iter([FED]).acr(), SINGLE);
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
