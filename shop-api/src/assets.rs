//! The style sheet and the icon: in the binary, under a URL that changes with their content, so browsers keep them.

use std::sync::LazyLock;

use axum::{
    Router,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    routing::get,
};

const CSS: &str = include_str!("../assets/shop.css");
const ICON: &str = include_str!("../assets/icon.svg");
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Path of the style sheet.
pub static CSS_PATH: LazyLock<String> = LazyLock::new(|| path(CSS, "css"));
/// Path of the icon.
pub static ICON_PATH: LazyLock<String> = LazyLock::new(|| path(ICON, "svg"));

/// The routes of both.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let css = get(|| async { ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, FOREVER)], CSS) });
    let icon = get(|| async { ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, FOREVER)], ICON) });
    Router::new().route(&CSS_PATH, css).route(&ICON_PATH, icon)
}

fn path(content: &str, extension: &str) -> String {
    let hash: String = protocol::secret::hash(content).chars().take(16).collect();
    format!("/assets/{hash}.{extension}")
}
