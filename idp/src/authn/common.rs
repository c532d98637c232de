//! The passwords that many people have (S18). See `idp/passwords/README.md` for where they come from.

use std::sync::LazyLock;

/// In small letters, sorted.
static LIST: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("../../passwords/common.txt").lines().collect());

/// Whether many people have this password, however they write it.
pub fn is_common(password: &str) -> bool {
    LIST.binary_search(&password.to_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s18_the_list_is_sorted_and_finds_each_of_its_passwords() {
        assert!(LIST.is_sorted() && LIST.len() > 38_000, "{}", LIST.len());
        assert!(LIST.iter().all(|password| is_common(password)));
        for common in ["password", "PassWord", "qwertyuiop", "iloveyou", "SuperMan"] {
            assert!(is_common(common), "{common}");
        }
        for rare in ["", "pass", "violet-tram-mug", "passwordpasswordpassword!"] {
            assert!(!is_common(rare), "{rare}");
        }
    }
}
