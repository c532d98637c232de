//! Files that pages use, such as style sheets. They are part of the program; their path contains a hash of their
//! content, so that browsers can cache them for ever.

use axum::{
    Router,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    routing::get,
};

const FOREVER: &str = "public, max-age=31536000, immutable";

/// A style sheet or an icon.
#[derive(Debug)]
pub struct Asset {
    path: String,
    content: &'static str,
    content_type: &'static str,
}

impl Asset {
    /// A style sheet.
    pub fn css(content: &'static str) -> Self {
        Self::new(content, "css", "text/css; charset=utf-8")
    }

    /// An icon.
    pub fn svg(content: &'static str) -> Self {
        Self::new(content, "svg", "image/svg+xml")
    }

    fn new(content: &'static str, extension: &str, content_type: &'static str) -> Self {
        let hash: String = protocol::secret::hash(content).chars().take(16).collect();
        Self { path: format!("/assets/{hash}.{extension}"), content, content_type }
    }

    /// The path that it is served at.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its route.
    pub fn route<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let (content, content_type) = (self.content, self.content_type);
        Router::new().route(
            &self.path,
            get(async move || ([(CONTENT_TYPE, content_type), (CACHE_CONTROL, FOREVER)], content)),
        )
    }
}
