//! Where a person may be redirected afterwards, by a text that came with the request: only to a path of this origin
//! (RP9, Z4).

use url::Url;

/// Longest accepted path with its query, in bytes.
const MAX_BYTES: usize = 2048;

/// The path and query of `wanted`, as a browser resolves it; `None` if it could lead to another origin.
///
/// Checks the text as received, percent-decoded and as resolved by a browser: only resolving turns `/.//evil.example`
/// into `//evil.example`.
pub fn sanitise(wanted: &str, public_url: &Url) -> Option<String> {
    if wanted.len() > MAX_BYTES || !is_local(wanted) || !is_local(&decoded(wanted)?) {
        return None;
    }
    let resolved = public_url.join(wanted).ok().filter(|url| url.origin() == public_url.origin())?;
    let path = match resolved.query() {
        Some(query) => format!("{}?{query}", resolved.path()),
        None => resolved.path().to_owned(),
    };
    is_local(&path).then_some(path)
}

/// Whether the path starts with exactly one slash and has no character that browsers treat as a slash or remove.
fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(|c: char| c == '\\' || c.is_control())
}

/// Decodes the percent escapes once; `None` when the result isn't UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).ok()?);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shop() -> Url {
        Url::parse("https://shop.example").unwrap()
    }

    #[test]
    fn rp9_a_path_of_ours_is_kept() {
        for path in ["/", "/cart", "/products/lamp?colour=red&n=1", "/a%20b", "/search?q=a%26b", "/a/b/?x=/y"]
        {
            assert_eq!(sanitise(path, &shop()).as_deref(), Some(path));
        }
        assert_eq!(sanitise("/a/../cart#there", &shop()).as_deref(), Some("/cart"));
    }

    #[test]
    fn rp9_anything_that_could_lead_elsewhere_is_refused() {
        let hostile = [
            "",
            "cart",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/%5cevil.example",
            "/%2fevil.example",
            "/%2Fevil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "/.//evil.example",
            "/x/..//evil.example",
            "/%2e//evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/%0d%0aset-cookie:x=y",
            "/a%00b",
            " //evil.example",
            "?next=//evil.example",
            "@evil.example",
            "/%ff",
        ];
        for wanted in hostile {
            assert_eq!(sanitise(wanted, &shop()), None, "{wanted:?}");
        }
        assert_eq!(sanitise(&format!("/{}", "a".repeat(MAX_BYTES)), &shop()), None);
    }

    proptest! {
        #[test]
        fn z4_what_is_accepted_stays_on_the_origin(wanted in r"[/\\%.:@?#a-z0-9\t\n ]{0,40}") {
            if let Some(path) = sanitise(&wanted, &shop()) {
                prop_assert_eq!(shop().join(&path).unwrap().origin(), shop().origin());
                prop_assert!(path.starts_with('/') && !path.starts_with("//"));
                prop_assert_eq!(sanitise(&path, &shop()), Some(path));
            }
        }

        #[test]
        fn z4_no_text_at_all_leaves_the_origin(wanted in "\\PC{0,60}") {
            if let Some(path) = sanitise(&format!("/{wanted}"), &shop()) {
                prop_assert_eq!(shop().join(&path).unwrap().origin(), shop().origin());
            }
        }
    }
}
