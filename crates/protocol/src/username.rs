//! Usernames: the values of `preferred_username`, unique in a realm.
//!
//! They have ASCII letters only, so that no two look alike: apps show them in places where people trust them.

/// The claim that contains it.
pub const CLAIM: &str = "preferred_username";
/// The longest username, in characters.
pub const MAX: usize = 64;
/// The longest part before a suffix, in characters.
const MAX_BASE: usize = 48;
/// Names that an app could show as an authority. No account gets one, from its address or by choice.
const RESERVED: [&str; 16] = [
    "abuse",
    "admin",
    "administrator",
    "everyone",
    "hostmaster",
    "info",
    "moderator",
    "noreply",
    "owner",
    "postmaster",
    "root",
    "security",
    "staff",
    "support",
    "system",
    "webmaster",
];

/// The username as it is stored: trimmed, in small letters. `None` unless it has only letters, digits, `.`, `_` and
/// `-`, begins with a letter or digit, and is at most [`MAX`] long.
pub fn parse(text: &str) -> Option<String> {
    let name = text.trim().to_ascii_lowercase();
    let first = name.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
    let clean = name.chars().all(is_allowed);
    (first && clean && name.len() <= MAX).then_some(name)
}

/// Whether a username is reserved.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// Usernames for the owner of an e-mail address, in the order in which they are tried: the part before the `@`, the
/// same with small numbers, and last with `random`, which is unlikely to be taken.
pub fn candidates(email: &str, random: u32) -> Vec<String> {
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    let mapped: String = local.chars().map(|c| if is_allowed(c) { c } else { '-' }).take(MAX_BASE).collect();
    let trimmed = mapped.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let base = if trimmed.is_empty() { "user" } else { trimmed };
    let plain = Some(base.to_owned()).filter(|base| !is_reserved(base) && base != "user");
    plain.into_iter().chain([format!("{base}-2"), format!("{base}-3"), format!("{base}-{random}")]).collect()
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_username_is_of_small_ascii_letters() {
        for (text, name) in [(" Ada ", "ada"), ("a.b_c-9", "a.b_c-9"), ("7", "7")] {
            assert_eq!(parse(text).as_deref(), Some(name));
        }
        let long = "a".repeat(MAX + 1);
        for text in [
            "",
            " ",
            "ada lovelace",
            "\u{430}da",
            "ada@example.org",
            "-ada",
            ".ada",
            "a/b",
            "a\u{200b}b",
            &long,
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_gives_a_username_and_never_that_of_somebody_in_charge() {
        assert_eq!(
            candidates("Ada.L+shop@example.org", 77),
            ["ada.l-shop", "ada.l-shop-2", "ada.l-shop-3", "ada.l-shop-77"]
        );
        assert_eq!(candidates("admin@example.org", 77), ["admin-2", "admin-3", "admin-77"]);
        assert_eq!(candidates("\u{43b}@example.org", 77), ["user-2", "user-3", "user-77"]);
        assert_eq!(candidates("__x__@example.org", 77).first().map(String::as_str), Some("x"));
    }

    proptest! {
        #[test]
        fn every_candidate_is_a_username(email in ".{0,80}", random: u32) {
            for name in candidates(&email, random) {
                prop_assert_eq!(parse(&name), Some(name.clone()), "{}", name);
                prop_assert!(!is_reserved(&name));
            }
        }
    }
}
