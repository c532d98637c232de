//! The paths of this service. Routes, redirects, links in templates and tests take them from here.
//!
//! Paths of the console are relative to `cookie_path`, which is prefixed when a path is sent to a browser. A path with
//! a parameter is a function. With a placeholder such as `"{id}"` as its argument it is the route.

pub use relying_party::paths::{CALLBACK, LOGIN, LOGOUT, SIGNED_OUT};
pub use service::language::PATH as LANGUAGE;

/// The overview.
pub const HOME: &str = "/";
/// The list of content pages.
pub const CONTENT: &str = "/content";
/// The form of a new content page.
pub const NEW_CONTENT: &str = "/content/new";
/// The list of orders.
pub const ORDERS: &str = "/orders";

/// A form that waits for a fresh sign-in.
pub const STEP_UP: &str = "/step-up";
/// The end of the path that changes an order.
pub const STATUS: &str = "/status";

/// The form of a content page.
pub fn content(id: &str) -> String {
    format!("{CONTENT}/{id}")
}

/// An order.
pub fn order(id: &str) -> String {
    format!("{ORDERS}/{id}")
}

/// Changes an order by a form.
pub fn order_status(id: &str) -> String {
    format!("{ORDERS}/{id}{STATUS}")
}

/// The confirmation before an order is changed.
pub fn order_confirm(id: &str) -> String {
    format!("{ORDERS}/{id}/confirm")
}

/// The path of a content page on the storefront.
pub fn storefront_page(slug: &str) -> String {
    format!("/pages/{slug}")
}

/// The API.
pub mod api {
    /// The caller.
    pub const ME: &str = "/api/me";
    /// The content pages.
    pub const CONTENT: &str = "/api/content";
    /// The orders.
    pub const ORDERS: &str = "/api/orders";

    /// A content page.
    pub fn content(id: &str) -> String {
        format!("{CONTENT}/{id}")
    }

    /// Publishes a content page.
    pub fn publish(id: &str) -> String {
        format!("{CONTENT}/{id}/publish")
    }

    /// Unpublishes a content page.
    pub fn unpublish(id: &str) -> String {
        format!("{CONTENT}/{id}/unpublish")
    }

    /// An order.
    pub fn order(id: &str) -> String {
        format!("{ORDERS}/{id}")
    }

    /// Changes an order.
    pub fn order_status(id: &str) -> String {
        format!("{ORDERS}/{id}/status")
    }
}
