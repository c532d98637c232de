//! Finds values that are too weak for a secret.

/// Words in examples and placeholders, compared without case and punctuation.
const WELL_KNOWN: [&str; 16] = [
    "changeme",
    "changeit",
    "changethis",
    "replaceme",
    "replacethis",
    "yoursecret",
    "mysecret",
    "supersecret",
    "insecure",
    "donotuse",
    "placeholder",
    "example",
    "defaultsecret",
    "keyboardcat",
    "password",
    "topsecret",
];
/// A random value of 16 bytes has more different characters than this, even in hexadecimal.
const MIN_DIFFERENT: usize = 6;

/// Why `value` is too weak, if it is; contains nothing of its content.
pub(super) fn weakness(value: &str, min_bytes: usize) -> Option<String> {
    if value.len() < min_bytes {
        return Some(format!("the secret is too short: at least {min_bytes} bytes are needed"));
    }
    let folded: String = value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if folded == "secret" || WELL_KNOWN.iter().any(|known| folded.contains(known)) {
        return Some("the secret is a well-known or default value; generate a random one".into());
    }
    let different: std::collections::BTreeSet<char> = value.chars().collect();
    if different.len() < MIN_DIFFERENT || repeats(value.as_bytes()) {
        return Some("the secret repeats a pattern; generate a random one".into());
    }
    None
}

/// Whether the whole value is a repetition of one shorter block.
fn repeats(value: &[u8]) -> bool {
    (1..=value.len() / 2)
        .any(|period| value.iter().zip(value.iter().skip(period)).all(|(one, two)| one == two))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e6_short_default_and_repeated_secrets_are_refused() {
        for (value, word) in [
            ("Zk3-0fQ", "too short"),
            ("change-me-change-me-change-me-change-me", "well-known"),
            ("CHANGEME0123456789abcdefghijklmnopqrst", "well-known"),
            ("abcdefghabcdefghabcdefghabcdefgha", "repeats"),
            ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "repeats"),
        ] {
            assert!(weakness(value, 32).is_some_and(|message| message.contains(word)), "{value:?}");
        }
        assert!(weakness("secret", 0).is_some());
    }

    #[test]
    fn a_random_secret_is_accepted() {
        assert_eq!(weakness("oO4cQ1yAqX9Yp0dJmZt2VbW7sLk8nHe5", 32), None);
        assert_eq!(weakness("9f86d081884c7d659a2feaa0c55ad015", 32), None);
    }
}
