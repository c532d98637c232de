//! The style sheet and the icon: in the binary, at addresses that change with their content, so that browsers may
//! keep them for a year.

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

const CSS: &str = include_str!("../assets/console.css");
const ICON: &str = include_str!("../assets/favicon.svg");

/// Path of the style sheet.
pub static CSS_PATH: LazyLock<String> = LazyLock::new(|| path(CSS, "css"));
/// Path of the icon.
pub static ICON_PATH: LazyLock<String> = LazyLock::new(|| path(ICON, "svg"));

/// Serves the style sheet.
pub async fn css() -> Response {
    immutable(CSS, "text/css; charset=utf-8")
}

/// Serves the icon.
pub async fn icon() -> Response {
    immutable(ICON, "image/svg+xml")
}

fn path(content: &str, extension: &str) -> String {
    let hash: String = protocol::secret::hash(content).chars().take(16).collect();
    format!("/assets/{hash}.{extension}")
}

fn immutable(content: &'static str, content_type: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, content).into_response()
}
