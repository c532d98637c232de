//! Files that browsers may keep for good: their URLs contain a hash of the content, so that every change is seen.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use openssl::sha::sha256;

use crate::paths;

/// The `Cache-Control` header of every asset.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";
/// The `Content-Security-Policy` header of every asset. A picture consists of pictures, which it carries itself; opened
/// as a page of its own, it may do nothing.
pub const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; img-src data:; frame-ancestors 'none'; sandbox";

/// What an asset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    StyleSheet,
    Script,
    Picture,
}

impl Kind {
    /// The media type.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::StyleSheet => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
            Self::Picture => "image/svg+xml",
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::StyleSheet => "css",
            Self::Script => "js",
            Self::Picture => "svg",
        }
    }
}

/// One file served under `/assets/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its content.
    pub bytes: Bytes,
    /// What it is.
    pub kind: Kind,
    /// The absolute path, `/assets/<hash of the content>.<extension>`.
    pub url: String,
}

impl Asset {
    pub(super) fn new(kind: Kind, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        // Sixteen characters of base64url: 96 bits of the hash.
        let hash: String = URL_SAFE_NO_PAD.encode(sha256(&bytes)).chars().take(16).collect();
        let url = format!("{}{hash}.{}", paths::ASSETS, kind.extension());
        Self { bytes, kind, url }
    }

    /// Whether it is served at `/assets/{file}`.
    pub fn is(&self, file: &str) -> bool {
        self.url.strip_prefix(paths::ASSETS) == Some(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_gets_another_url() {
        let url = |bytes: &'static [u8]| Asset::new(Kind::StyleSheet, bytes).url;
        assert_ne!(url(b"a"), url(b"b"));
        assert_eq!(url(b"a").len(), "/assets/.css".len() + 16);
    }
}
