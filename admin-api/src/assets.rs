//! The style sheet and the icon.

use std::sync::LazyLock;

use axum::Router;
use web::asset::Asset;

/// The style sheet.
pub static CSS: LazyLock<Asset> = LazyLock::new(|| Asset::css(include_str!("../assets/console.css")));
/// The icon.
pub static ICON: LazyLock<Asset> = LazyLock::new(|| Asset::svg(include_str!("../assets/favicon.svg")));

/// The routes of the style sheet and the icon.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    CSS.route().merge(ICON.route())
}
