//! Decides which answers are compressed (S37). The length of a compressed page shows whether a text that an attacker
//! chose occurs in it a second time. An attacker who makes a browser repeat a request with different texts could read a
//! secret from the page in this way (BREACH). So an answer is only compressed when it is the same for everybody, or
//! when the request is a GET without a cookie: without one, a request caused by another site gets nothing of the
//! person's. Tokens are answers to POST.

use axum::{
    extract::Request,
    http::{Method, Response, header},
};
use hyper::body::Body;
use tower_http::{
    CompressionLevel,
    compression::{CompressionLayer, predicate::Predicate},
};

/// A smaller answer fits into one packet without compression.
const WORTH_IT: u64 = 1024;

/// Marks an answer that may be compressed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Harmless;

/// Whether every answer to the request may be compressed.
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

/// Compresses marked answers with gzip. Brotli would save a few per cent more of files that browsers cache for a year
/// anyway.
pub(super) fn layer() -> CompressionLayer<Worth> {
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(Worth)
}

/// Selects marked answers that are text and long enough. Answers with a strong entity tag are left out: the tag would
/// name two different byte sequences.
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
