//! E-mail addresses: which texts are valid addresses, and which of them are the same address.

use email_address::EmailAddress;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

use crate::typed;

/// Longest accepted address in bytes (RFC 5321 section 4.5.3.1.3).
pub const MAX_BYTES: usize = 254;
/// A longer text can't be an address in any form, so it is not normalised.
const MAX_TYPED: usize = 4 * MAX_BYTES;
/// `@`, and the two other characters that stand for it.
const AT: [char; 3] = ['@', '\u{ff20}', '\u{fe6b}'];

/// A valid address for an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// The address as its owner wrote it, without invisible characters: to show it, and to send to it.
    pub written: String,
    /// [`key`] of it.
    pub key: String,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address([redacted])")
    }
}

impl Address {
    /// Reads a typed address: a local part, one `@`, and a domain with a dot or `localhost`. `None` when it can't be an
    /// address. Whether it receives mail is not checked.
    pub fn parse(typed: &str) -> Option<Self> {
        let text = typed::identifier(typed);
        let (local, domain) = parts(&text)?;
        let written = format!("{}@{}", written(local), written(domain));
        let name = ascii(domain)?;
        let is_domain = name.contains('.') || name == "localhost";
        (is_local(&nfkc(local)) && is_domain && written.len() <= MAX_BYTES)
            .then(|| Self { key: key(&text), written })
    }
}

/// The form in which addresses are compared, for accounts, hints and attempt counters: two texts with the same key are
/// the same address. The local part is compared like an identifier (Unicode's compatibility caseless match, definition
/// D146), the domain in its ASCII form (UTS 46). Characters without a glyph are ignored. Don't send mail to a key. A
/// text that is no address has a key too, because somebody may try to sign in with it.
pub fn key(typed: &str) -> String {
    let text = typed::identifier(typed);
    match parts(&text) {
        _ if text.len() > MAX_TYPED => text,
        Some((local, domain)) => {
            format!("{}@{}", folded(local), ascii(domain).unwrap_or_else(|| folded(domain)))
        }
        None => folded(&text),
    }
}

fn parts(text: &str) -> Option<(&str, &str)> {
    let (local, rest) = text.split_at(text.rfind(AT)?);
    Some((local, rest.trim_start_matches(AT)))
}

/// Case folding, with NFKC after each fold, as D146 requires.
fn folded(text: &str) -> String {
    let fold = |text: String| UniCase::unicode(text).to_folded_case();
    nfkc(&fold(nfkc(&fold(text.nfd().collect()))))
}

fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

/// A part whose characters stand for ASCII ones (wide letters, a ligature from a PDF) becomes ASCII. Every other part
/// is only composed (NFC).
fn written(part: &str) -> String {
    let plain = nfkc(part);
    if plain.is_ascii() { plain } else { part.nfc().collect() }
}

/// Whether mail can be sent to this local part. One in quotation marks is valid by RFC 5322, but not used in practice.
fn is_local(part: &str) -> bool {
    !part.contains('"') && EmailAddress::is_valid_local_part(part)
}

/// A domain in its ASCII form, as DNS has it; `None` when it can't be one.
fn ascii(domain: &str) -> Option<String> {
    if domain.len() > MAX_TYPED {
        return None;
    }
    let name =
        Uts46::new().to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow, DnsLength::Verify);
    name.ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(typed: &str) -> Option<String> {
        Address::parse(typed).map(|address| address.written)
    }

    #[test]
    fn an_address_has_a_local_part_and_a_domain() {
        for good in
            ["a@b.example", "grüße@bücher.example", "a+b@c.d.example", "root@localhost", "o'hara@b.example"]
        {
            assert_eq!(written(good).as_deref(), Some(good));
        }
    }

    #[test]
    fn what_cannot_be_an_address_is_refused() {
        let long = format!("{}@b.example", "a".repeat(MAX_BYTES));
        for bad in [
            "",
            "a",
            "@b.example",
            "a@",
            "a@b",
            "a@b..c",
            "a b@c.example",
            "a\tb@c.example",
            "a@b@c.example",
            "a@@c.example",
            "a＠b@c.example",
            "a@.example",
            "a@b.example.",
            "a@b!.example",
            "a@[192.0.2.1]",
            "<a@b.example>",
            "mailto:a@b.example",
            "a@xn--a.example",
            "a@\u{202e}",
            long.as_str(),
        ] {
            assert_eq!(written(bad), None, "{bad}");
        }
    }

    #[test]
    fn q6_the_same_address_has_one_key_however_it_is_written() {
        for (one, other) in [
            ("ada@example.com", " Ada@EXAMPLE.com\t"),
            ("ada@example.com", "ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
            ("ada@example.com", "\u{feff}a\u{200b}da@exam\u{ad}ple.com\u{200e}"),
            ("fiona@example.com", "ﬁona@example.com"),
            ("zoë@example.com", "zoe\u{308}@example.com"),
            ("zoë@example.com", "ZOË@example.com"),
            ("οδος@example.com", "ΟΔΟΣ@example.com"),
            ("strasse@example.com", "straße@example.com"),
            ("a@bücher.example", "a@xn--bcher-kva.example"),
            ("a@bücher.example", "A@BU\u{308}CHER.example"),
            ("a@例え.example", "a@例え。example"),
        ] {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
    }

    #[test]
    fn q6_other_addresses_have_other_keys() {
        for (one, other) in [
            ("ada@example.com", "a.da@example.com"),
            ("ada@example.com", "ada+shop@example.com"),
            ("ada@example.com", "аda@example.com"),
            ("zoe@example.com", "zoë@example.com"),
            ("mike@example.com", "mıke@example.com"),
            ("a@strasse.example", "a@straße.example"),
            ("ada@example.com", "ada@example.com.example"),
        ] {
            assert_ne!(key(one), key(other), "{one} {other}");
        }
    }

    #[test]
    fn q6_what_is_shown_is_what_was_typed_without_what_nobody_sees() {
        for (typed, shown) in [
            (" Ada@Example.com\u{200b}", "Ada@Example.com"),
            ("Zoe\u{308}@Bücher.example", "Zoë@Bücher.example"),
            ("ａｄａ＠example．com", "ada@example.com"),
        ] {
            assert_eq!(written(typed).as_deref(), Some(shown));
        }
    }

    #[test]
    fn q1_what_is_far_too_long_is_not_worked_on() {
        let long = "ǅ".repeat(100_000);
        assert_eq!(key(&long), long);
        assert_eq!(key(&format!("a@{long}")).len(), 2 + long.len());
    }

    proptest! {
        #[test]
        fn q6_every_way_to_write_an_address_leads_to_its_key(typed in "\\PC{1,12}@[a-zäöü例]{1,8}\\.[a-z]{2,5}") {
            if let Some(address) = Address::parse(&typed) {
                prop_assert_eq!(key(&typed), address.key.clone());
                prop_assert_eq!(key(&address.written), address.key.clone(), "as written");
                prop_assert_eq!(key(&address.key), address.key.clone(), "of itself");
                prop_assert_eq!(key(&address.written.to_uppercase()), key(&address.written.to_uppercase().to_lowercase()));
                let pasted = format!("\u{feff}{}\u{200e} ", address.written.nfd().collect::<String>());
                prop_assert_eq!(key(&pasted), address.key, "pasted and decomposed");
            }
        }

        #[test]
        fn q6_ascii_keys_are_what_lower_case_was(typed in "[ -~]{1,30}@[a-z0-9.-]{1,20}") {
            let old = typed.trim().to_lowercase();
            prop_assume!(!old.contains("xn--"));
            prop_assert_eq!(key(&typed), old);
        }
    }
}
