//! Style sheet, script and icons, compiled in. Their URLs contain a hash of the content, so that browsers may keep
//! them for good and still see every change.

use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use openssl::sha::sha256;

use crate::paths;

/// The `Cache-Control` header of every asset.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// One file served under `/assets/`.
#[derive(Debug)]
pub struct Asset {
    /// Its content.
    pub bytes: &'static [u8],
    /// Its media type.
    pub content_type: &'static str,
    url: LazyLock<String>,
}

impl Asset {
    /// The absolute path, `/assets/<hash of the content>.<extension>`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// Defines one asset: name, extension, media type.
macro_rules! asset {
    ($(#[$doc:meta])* $name:ident, $file:literal, $extension:literal, $content_type:literal) => {
        $(#[$doc])*
        pub static $name: Asset = Asset {
            bytes: include_bytes!(concat!("../../../assets/", $file)),
            content_type: $content_type,
            url: LazyLock::new(|| url($name.bytes, $extension)),
        };
    };
}

asset!(
    /// The one style sheet of both kinds of realm.
    CSS, "pages.css", "css", "text/css; charset=utf-8"
);
asset!(
    /// Conveniences: show or hide a password, copy recovery codes.
    SCRIPT, "pages.js", "js", "text/javascript; charset=utf-8"
);
asset!(
    /// The icon of customer realms.
    CUSTOMER_ICON, "icon-customer.svg", "svg", "image/svg+xml"
);
asset!(
    /// The icon of staff realms.
    STAFF_ICON, "icon-staff.svg", "svg", "image/svg+xml"
);

/// Every asset there is.
pub static ALL: [&Asset; 4] = [&CSS, &SCRIPT, &CUSTOMER_ICON, &STAFF_ICON];

/// The asset served at `/assets/{file}`, if this build has it.
pub fn find(file: &str) -> Option<&'static Asset> {
    ALL.into_iter().find(|asset| asset.url().strip_prefix(paths::ASSETS) == Some(file))
}

fn url(bytes: &[u8], extension: &str) -> String {
    // Sixteen characters of base64url: 96 bits of the hash.
    let hash: String = URL_SAFE_NO_PAD.encode(sha256(bytes)).chars().take(16).collect();
    format!("{}{hash}.{extension}", paths::ASSETS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_is_found_under_its_own_url_and_nothing_else_is() {
        for asset in ALL {
            let file = asset.url().strip_prefix("/assets/").unwrap();
            assert_eq!(find(file).map(|found| found.bytes), Some(asset.bytes));
        }
        for file in ["", "pages.css", "../pages.css", "0000000000000000.css"] {
            assert!(find(file).is_none(), "{file}");
        }
    }

    #[test]
    fn a_changed_file_gets_another_url() {
        assert_ne!(url(b"a", "css"), url(b"b", "css"));
        assert_eq!(url(b"a", "css").len(), "/assets/.css".len() + 16);
    }

    #[test]
    fn s1_assets_are_small_and_call_no_other_origin() {
        assert!(CSS.bytes.len() < 10 * 1024, "style sheet: {} bytes", CSS.bytes.len());
        assert!(SCRIPT.bytes.len() < 7 * 1024, "script: {} bytes", SCRIPT.bytes.len());
        for asset in [&CSS, &SCRIPT] {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            for banned in ["http:", "https:", "@import", "@font-face", "url(", "eval", "innerHTML"] {
                assert!(!text.contains(banned), "{banned}");
            }
        }
    }
}
