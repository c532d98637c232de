//! Recovery codes: ten single-use codes for a person who lost the authenticator (MF4, ACC-5).

use clock::random::{self, Random};
use protocol::{secret, typed};

/// How many codes a set has.
pub const CODES: usize = 10;
/// Characters of one code without separators. Each stands for five bits, so a code has 120 bits, and a fast hash is
/// enough to store it (MF4).
const CHARACTERS: usize = 24;
/// Crockford's base32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new set, in groups of four characters for reading. The codes are shown once, and only their [`hash`]es are stored.
pub fn generate(random: &dyn Random) -> Vec<String> {
    (0..CODES).map(|_| one(random::bytes(random))).collect()
}

fn one(bytes: [u8; CHARACTERS]) -> String {
    let symbols: Vec<char> = bytes.into_iter().map(symbol).collect();
    symbols.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// Five bits of a random byte as a character. 32 divides 256, so every character is equally likely.
fn symbol(byte: u8) -> char {
    ALPHABET.get(usize::from(byte & 31)).map_or('0', |symbol| char::from(*symbol))
}

/// A typed code without separators, in upper case, with look-alike letters read as digits. `None` when it can't be a
/// code.
pub fn normalise(typed: &str) -> Option<String> {
    let mut code = String::with_capacity(CHARACTERS);
    for c in typed::code(typed).chars() {
        let symbol = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if code.len() == CHARACTERS || !symbol.is_ascii() || !ALPHABET.contains(&(symbol as u8)) {
            return None;
        }
        code.push(symbol);
    }
    (code.len() == CHARACTERS).then_some(code)
}

/// The hash to store for a code that [`normalise`] returned.
pub fn hash(normalised: &str) -> String {
    secret::hash(normalised)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clock::random::OsRandom;

    use super::*;

    #[test]
    fn mf4_a_set_has_ten_different_codes_of_120_bits() {
        let codes = generate(&OsRandom);
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), CODES);
        for code in &codes {
            let groups: Vec<&str> = code.split('-').collect();
            assert_eq!((groups.len(), groups.concat().len()), (6, CHARACTERS), "{code}");
            assert!(groups.iter().all(|group| group.len() == 4), "{code}");
        }
    }

    #[test]
    fn mf4_every_character_can_appear() {
        let all: BTreeSet<char> = (0..=255).map(symbol).collect();
        assert_eq!(all.len(), 32);
        assert!(all.iter().all(|c| !"ILOU".contains(*c)));
    }

    #[test]
    fn acc5_a_code_is_read_however_it_is_written() {
        let shown = "0123-4567-89AB-CDEF-GHJK-MNPQ";
        let plain = "0123456789ABCDEFGHJKMNPQ";
        for typed in [
            shown,
            plain,
            " 0123 4567 89ab cdef ghjk mnpq\n",
            "oi23-4567-89ab-cdef-ghjk-mnpq",
            "OL234567-89AB-CDEFGHJKMNPQ",
            "\u{feff}0123–4567–89AB–CDEF–GHJK–MNPQ\u{200e}",
            "٠١٢٣ ４５６７ 89ＡＢ cdef ghjk mnpq",
        ] {
            assert_eq!(normalise(typed).as_deref(), Some(plain), "{typed}");
        }
        assert_eq!(hash(&normalise(shown).unwrap()), hash(plain));
    }

    #[test]
    fn mf4_what_cannot_be_a_code_is_refused() {
        for typed in [
            "",
            "0123",
            "0123-4567-89AB-CDEF-GHJK-MNP",
            "0123-4567-89AB-CDEF-GHJK-MNPQR",
            "U123-4567-89AB-CDEF-GHJK-MNPQ",
            "é123-4567-89AB-CDEF-GHJK-MNPQ",
            "0123_4567_89AB_CDEF_GHJK_MNPQ",
        ] {
            assert_eq!(normalise(typed), None, "{typed}");
        }
    }

    #[test]
    fn mf4_another_code_has_another_hash() {
        assert_ne!(hash("0123456789ABCDEFGHJKMNPQ"), hash("0123456789ABCDEFGHJKMNPR"));
    }
}
