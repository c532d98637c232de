//! Which answers are compressed (S37). The length of a compressed page tells whether text that somebody
//! chose stands in it a second time, so that whoever makes a browser ask again and again could read a secret out of it
//! (BREACH). So an answer is only compressed when it is the same for everybody, or when the request brought no cookie:
//! other sites can make a browser ask for nothing that is this person's then. Tokens are answers to POST.

use axum::{
    extract::Request,
    http::{Method, Response, header},
};
use hyper::body::Body;
use tower_http::{
    CompressionLevel,
    compression::{CompressionLayer, predicate::Predicate},
};

/// A smaller answer goes in one packet in any case.
const WORTH_IT: u64 = 1024;

/// Marks an answer that may be compressed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Harmless;

/// Whether whatever is answered to the request is harmless.
pub(super) fn is_anonymous(request: &Request) -> bool {
    request.method() == Method::GET && !request.headers().contains_key(header::COOKIE)
}

/// Marks the answer if it may be compressed.
pub(super) fn mark<B>(response: &mut Response<B>, is_anonymous: bool) {
    let public = |value: &axum::http::HeaderValue| value.as_bytes().starts_with(b"public");
    if is_anonymous || response.headers().get(header::CACHE_CONTROL).is_some_and(public) {
        response.extensions_mut().insert(Harmless);
    }
}

/// Compresses marked answers with gzip. Brotli would take some percent more off, of little that is kept for a year.
pub(super) fn layer() -> CompressionLayer<Worth> {
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(Worth)
}

/// Text that is long enough. A strong entity tag would stand for two sequences of bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worth;

impl Predicate for Worth {
    fn should_compress<B: Body>(&self, response: &Response<B>) -> bool {
        let headers = response.headers();
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let text = kind.starts_with("text/")
            || kind.contains("json")
            || kind.contains("javascript")
            || kind.contains("svg");
        text && response.extensions().get::<Harmless>().is_some()
            && !headers.contains_key(header::ETAG)
            && response.body().size_hint().upper().is_none_or(|length| length >= WORTH_IT)
    }
}
