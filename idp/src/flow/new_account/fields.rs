//! The claims that the form of a new account can ask for: their labels, hints, and the names by which browsers fill
//! them in (HTML's autofill detail tokens).

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
    /// What people read above it.
    pub label: &'static str,
    /// How to write the value; empty where that is obvious.
    pub hint: &'static str,
    /// The token by which browsers fill it in.
    pub autocomplete: &'static str,
    /// How the value is typed.
    pub input: Input,
}

/// Everything that can be asked for, in the order of the page.
pub const FIELDS: [Field; 15] = [
    line("name", "Your name", "", "name", "text"),
    line("given_name", "First name", "", "given-name", "text"),
    line("middle_name", "Middle name", "", "additional-name", "text"),
    line("family_name", "Last name", "", "family-name", "text"),
    line("nickname", "Nickname", "", "nickname", "text"),
    line(
        username::CLAIM,
        "Username",
        "Small letters, digits, dots, dashes and underscores. Apps show it.",
        "off",
        "text",
    ),
    line("birthdate", "Date of birth", "Year, month and day, like 1985-12-31.", "bday", "text"),
    line("gender", "Gender", "", "sex", "text"),
    line("phone_number", "Phone number", "With the country's number, like +44 20 7123 4567.", "tel", "tel"),
    Field {
        claim: "address",
        label: "Address",
        hint: "As it is written on a letter.",
        autocomplete: "street-address",
        input: Input::Lines,
    },
    line("locale", "Language", "Like en-GB or de.", "language", "text"),
    line("zoneinfo", "Time zone", "Like Europe/London.", "off", "text"),
    line("website", "Website", "Begins with https://.", "url", "url"),
    line("profile", "Page about you", "Begins with https://.", "off", "url"),
    line("picture", "Address of a picture of you", "Begins with https://.", "photo", "url"),
];

const fn line(
    claim: &'static str,
    label: &'static str,
    hint: &'static str,
    autocomplete: &'static str,
    input: &'static str,
) -> Field {
    Field { claim, label, hint, autocomplete, input: Input::Line(input) }
}

/// The label of a claim.
pub fn label(claim: &str) -> &'static str {
    FIELDS.iter().find(|field| field.claim == claim).map_or("This", |field| field.label)
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
