//! The claims that the form of a new account can ask for: their labels, hints, and the names by which browsers fill
//! them in (HTML's autofill detail tokens).

use language::Message;
use protocol::username;

/// How a value is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// One line, with the type of the input.
    Line(&'static str),
    /// Several lines.
    Lines,
}

/// One claim on a form.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The claim's name, which is the name of the input too.
    pub claim: &'static str,
    /// The message above it.
    pub label: &'static str,
    /// The message that says how to write the value, where that is not obvious.
    pub hint: Option<&'static str>,
    /// The token by which browsers fill it in.
    pub autocomplete: &'static str,
    /// How the value is typed.
    pub input: Input,
}

/// Everything that can be asked for, in the order of the page.
pub const FIELDS: [Field; 15] = [
    line("name", "claim-name", None, "name", "text"),
    line("given_name", "claim-given-name", None, "given-name", "text"),
    line("middle_name", "claim-middle-name", None, "additional-name", "text"),
    line("family_name", "claim-family-name", None, "family-name", "text"),
    line("nickname", "claim-nickname", None, "nickname", "text"),
    line(username::CLAIM, "claim-username", Some("claim-username-hint"), "off", "text"),
    line("birthdate", "claim-birthdate", Some("claim-birthdate-hint"), "bday", "text"),
    line("gender", "claim-gender", None, "sex", "text"),
    line("phone_number", "claim-phone", Some("claim-phone-hint"), "tel", "tel"),
    Field {
        claim: "address",
        label: "claim-address",
        hint: Some("claim-address-hint"),
        autocomplete: "street-address",
        input: Input::Lines,
    },
    line("locale", "claim-locale", Some("claim-locale-hint"), "language", "text"),
    line("zoneinfo", "claim-zone", Some("claim-zone-hint"), "off", "text"),
    line("website", "claim-website", Some("claim-url-hint"), "url", "url"),
    line("profile", "claim-profile", Some("claim-url-hint"), "off", "url"),
    line("picture", "claim-picture", Some("claim-url-hint"), "photo", "url"),
];

const fn line(
    claim: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    autocomplete: &'static str,
    input: &'static str,
) -> Field {
    Field { claim, label, hint, autocomplete, input: Input::Line(input) }
}

/// The label of a claim of a form.
pub fn label(claim: &str) -> Message {
    let field = FIELDS.iter().find(|field| field.claim == claim);
    field.map_or_else(|| Message::verbatim(claim), |field| Message::new(field.label))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use protocol::profile;

    use super::*;

    #[test]
    fn ui2_every_claim_that_can_be_asked_for_has_words() {
        let asked: BTreeSet<&str> = FIELDS.iter().map(|field| field.claim).collect();
        assert_eq!(asked, profile::askable().chain([username::CLAIM]).collect());
    }
}
